import { expect, test } from "vitest";
import { askedBy } from "../../../src/sources/web-socket/asked.ts";

test.each([
  [["no JSON", "[1]", "null"], null],
  [['{"type":"response.create","model":"a"}'], "a"],
  [['{"type":"session.update","session":{"model":"b"}}', '{"model":"c"}'], "b"],
  [['{"setup":{"model":"models/d"}}'], "models/d"],
  [['{"type":"response.create","response":{"instructions":"x"}}'], null],
  [[], null],
])("Messages %j request the model %s.", (messages, model) => {
  const asked = askedBy(messages.map((message) => Buffer.from(message)));
  expect(asked).toEqual(model === null ? { stream: true } : { model, stream: true });
});
