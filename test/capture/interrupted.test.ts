// Recordings that Ctrl-C ended, read again: what is missing at their end is no fault of the stream.
import { expect, test } from "vitest";
import { run } from "../support/io.ts";
import { eventFrame } from "../support/frames.ts";
import { parseReport } from "../support/read-report.ts";
import { answer, created, stream } from "../support/stream.ts";
import { header, timedCapture } from "./support/timed-capture.ts";

const exchange = {
  request: { method: "POST", url: "https://api.example/v1/chat", headers: {} },
  response: { status: 200, statusText: "OK", headers: { "content-type": "text/event-stream" } },
};

/** A recording of these bytes, which arrived at once, a second before Ctrl-C. Binary frames come from a pipe. */
function interrupted(bytes: Buffer): string {
  const chunks = bytes.length === 0 ? [] : [{ offset: 0, length: bytes.length, ms: 500 }];
  const end = { end: "interrupted", ms: 1500, heldBackMs: 0, error: null };
  return timedCapture(bytes, { ...header, exchange: bytes[0] === 0 ? null : exchange }, ...chunks, end);
}

async function read(bytes: Buffer) {
  const { stdout, exitCode } = await run(["--json", interrupted(bytes)]);
  const { verdict, endedBy, findings } = parseReport(stdout);
  return { verdict, endedBy, exitCode, findings: findings.map(({ rule, message }) => `${rule}: ${message}`) };
}

const STOPPED = "Ctrl-C or another signal ended the recording";
const unfinished = stream(created());
const chatEnd = `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"hey"},"finish_reason":"stop"}]}\n\n`;
const frames = Buffer.concat([
  eventFrame("messageStart", { role: "assistant" }),
  eventFrame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "hey" } }),
]);

test.each([
  [
    "between events",
    Buffer.from(unfinished),
    `no-terminal: ${STOPPED} with no terminal event; the last event is response.created`,
  ],
  [
    "within an event",
    Buffer.from(`${unfinished}event: response.output_text.delta\ndata: {"type":"resp`),
    `no-terminal: ${STOPPED} with no terminal event; the last event is response.created`,
  ],
  [
    "within a binary frame",
    frames.subarray(0, -20),
    `no-terminal: ${STOPPED} with no terminal event; the last event is messageStart`,
  ],
  ["after a comment", Buffer.from(": ping\n\n"), `no-terminal: ${STOPPED} before any response began`],
  ["before anything arrived", Buffer.alloc(0), `no-terminal: ${STOPPED} before any response began`],
])("a recording that Ctrl-C ended %s has no finding but that", async (_, bytes, finding) => {
  expect(await read(bytes)).toEqual({
    verdict: "truncated",
    endedBy: "signal",
    exitCode: 5,
    findings: [finding],
  });
});

test.each([
  ["a whole response", answer("hey")],
  ["a response without its [DONE]", chatEnd],
])("a recording that Ctrl-C ended after %s is complete", async (_, text) => {
  const { verdict, exitCode, findings } = await read(Buffer.from(text));
  expect([verdict, exitCode, findings]).toEqual(["completed", 0, []]);
});

test("a recorded page is no stream, also if Ctrl-C ended the recording", async () => {
  expect(await read(Buffer.from("<html><body>"))).toMatchObject({ verdict: "not-a-stream", exitCode: 7 });
});

test("the summary and check say that the recording was interrupted", async () => {
  const path = interrupted(Buffer.from(unfinished));
  const words = "truncated  recording interrupted, no data for 1.00 s after event 0 (line 1)";
  expect((await run([path])).stderr).toContain(`✗ ${words}`);
  expect((await run(["check", path])).stdout).toContain(`  ${words}`);
});
