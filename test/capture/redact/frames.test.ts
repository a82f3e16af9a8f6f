// Binary frames of Amazon Bedrock in a shared copy.
import { expect, test } from "vitest";
import { createCaptureRedactor } from "../../../src/capture/redact/redactor.ts";
import { chunkings } from "../../support/chunkings.ts";
import { chunkFrame, eventFrame, frameOf, framesIn, headerBlock } from "../../support/frames.ts";
import { redact } from "./support/redact.ts";

const MEBIBYTE = 1024 ** 2;

const secret = "Jane, 42";
const message = { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: secret } };
const whole = chunkFrame(message);
/** The payload of the first frame. */
function data(copy: Buffer): { bytes: string } {
  return JSON.parse(framesIn(copy)[0]?.payload ?? "{}");
}

test("Frames keep their length, get correct checksums, and wrap redacted events.", () => {
  const copy = redact([whole]);
  expect(copy.length).toBe(whole.length);
  expect(framesIn(copy)).toMatchObject([{ isRight: true, headers: { ":event-type": "chunk" } }]);
  const inner: unknown = JSON.parse(Buffer.from(data(copy).bytes, "base64").toString());
  expect(inner).toEqual({ ...message, delta: { type: "text_delta", text: "Xxxx, 00" } });
});

test("Frames lose texts in headers, and keep the message type.", () => {
  const headers = headerBlock({
    ":message-type": "error",
    ":error-code": "InternalFailure",
    ":error-message": "Jane did it",
    "x-user": "Jane",
  });
  expect(framesIn(redact([whole, frameOf(headers, "")]))[1]?.headers).toEqual({
    ":message-type": "error",
    ":error-code": "InternalFailure",
    ":error-message": "Xxxx xxx xx",
    "x-user": "Xxxx",
  });
});

test("Frames lose headers of bytes, and all headers that cannot be read.", () => {
  const block = Buffer.concat([Buffer.from([1, 0x61, 6, 0, 4]), Buffer.from("Jane"), Buffer.from([3, 0x4a, 0x61])]);
  const copy = redact([whole, frameOf(block, "{}")]).toString("latin1");
  expect(copy).not.toContain("Ja");
});

test("Frames with a wrong checksum get another wrong one.", () => {
  const wrong = Buffer.concat([
    whole.subarray(0, -1),
    Buffer.from([whole[whole.length - 1] ?? 0]).map((byte) => byte ^ 1),
  ]);
  const [frame] = framesIn(redact([wrong]));
  expect(frame).toMatchObject({ isRight: false });
  expect(frame?.checksum).not.toBe(wrong.readUInt32BE(wrong.length - 4));
});

test("Cut frames reveal nothing.", () => {
  for (let length = 0; length < whole.length; length += 1) {
    const copy = redact([whole, whole.subarray(0, length)]).subarray(whole.length);
    expect(copy.length).toBe(length);
    const base64 = /"bytes":"([A-Za-z0-9+/=]*)/.exec(copy.toString("latin1"))?.[1] ?? "";
    expect(Buffer.from(base64, "base64").toString("latin1")).not.toMatch(/Ja|42/);
  }
});

test("Frames of agents wrap texts, even if these look like events.", () => {
  const bytes = Buffer.from('{"type":"secret","status":"secret"}').toString("base64");
  const copy = redact([eventFrame("chunk", { bytes }), eventFrame("trace", { sessionId: "session-1", trace: {} })], {
    dialect: "bedrock-agent",
  });
  expect(Buffer.from(data(copy).bytes, "base64").toString()).toBe('{"xxxx":"xxxxxx","xxxxxx":"xxxxxx"}');
});

test.each(chunkings)("Everything from a frame that is too large on is opaque: $name", ({ cut }) => {
  const large = chunkFrame({ text: secret.repeat(100) });
  const copy = redact(cut(Buffer.concat([whole, large, whole])), { maxEventBytes: 400 });
  expect(copy.subarray(0, whole.length)).toEqual(redact([whole]));
  const rest = copy.subarray(whole.length);
  expect(rest.subarray(0, 12)).toEqual(large.subarray(0, 12));
  expect(rest.toString("latin1")).toMatch(/"AAAAA":"A+=*"/);
  expect(copy.length).toBe(2 * whole.length + large.length);
});

test("The redactor holds at most one frame.", () => {
  const redactor = createCaptureRedactor({ framing: null, dialect: null, maxEventBytes: MEBIBYTE, http: null });
  let held = 0;
  for (let index = 0; index < 1000; index += 1) held += whole.length - redactor.push(whole).length;
  expect(held).toBe(0);
});
