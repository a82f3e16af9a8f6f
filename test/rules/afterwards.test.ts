import { expect, test } from "vitest";
import { afterwardRules } from "../../src/rules/afterwards.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { data } from "../support/stream.ts";
import { findingsOf } from "./support/found.ts";

const COHERE = Buffer.from(fixtureNamed("cohere/text.sse").bytes).toString();
const OLLAMA = Buffer.from(fixtureNamed("ollama/chat.ndjson").bytes).toString();
const LAST_LINE = OLLAMA.trimEnd().split("\n").at(-1) ?? "";

test("event-after-end is found where an answer goes on after its end, and once", async () => {
  const late = data(
    JSON.stringify({ type: "content-delta", index: 0, delta: { message: { content: { text: "a" } } } }),
  );
  const findings = await findingsOf(afterwardRules, COHERE + late + late);
  expect(findings).toMatchObject([
    {
      rule: "event-after-end",
      severity: "error",
      seen: "content-delta",
      message: expect.stringContaining("message-end"),
    },
  ]);
});

test("event-after-end is found where an answer of Ollama's ends twice", async () => {
  const events = OLLAMA.trimEnd().split("\n").length;
  expect(await findingsOf(afterwardRules, `${OLLAMA}${LAST_LINE}\n`)).toMatchObject([
    { rule: "event-after-end", event: events },
  ]);
});

test.each([
  ["another answer", COHERE + COHERE],
  [
    "another answer of Ollama's, which is of later",
    Buffer.from(fixtureNamed("ollama/two-answers.ndjson").bytes).toString(),
  ],
  ["an error, which is found as such", `${COHERE}event: error\n${data('{"message":"gone"}')}`],
  ["an event that is not known", COHERE + data('{"type":"tide-warning"}')],
])("event-after-end is not found at %s", async (_, input) => {
  expect(await findingsOf(afterwardRules, input)).toEqual([]);
});
