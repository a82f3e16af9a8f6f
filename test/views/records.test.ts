// The machine-readable formats: wire, facts, report.
import { describe, expect, test } from "vitest";
import { run } from "../support/io.ts";
import { parseRecords, parseReport } from "../support/read-report.ts";
import { answer, created, stream } from "../support/stream.ts";

const formats = ["wire", "facts", "report"];

describe("wire", () => {
  test("has the records of the parser, and the end of the input", async () => {
    const input = ": hi\nretry: 10\nid: 7\nevent: a\ndata: x\ndata: y\n\ndata: cut";
    const { stdout } = await run(["--format", "wire"], { stdin: [input] });
    expect(parseRecords(stdout)).toEqual([
      { type: "comment", text: " hi", line: 1, offset: 0 },
      { type: "retry", ms: 10, line: 2, offset: 5 },
      { type: "event", event: "a", data: "x\ny", lastEventId: "7", index: 0, line: 2, offset: 5, length: 42 },
      {
        type: "end",
        bytes: input.length,
        events: 1,
        lastEventId: "7",
        pending: { event: "message", data: "cut", line: 8, offset: 47 },
      },
    ]);
  });

  test("does not interpret: an event of a known dialect is its data", async () => {
    const { stdout } = await run(["--format", "wire"], { stdin: [stream(created())] });
    const [first] = parseRecords(stdout);
    expect(first).toMatchObject({ event: "response.created", data: expect.stringContaining('"sequence_number":0') });
  });
});

describe("facts", () => {
  test("have the index of their event, and the report comes last", async () => {
    const { stdout } = await run(["--format", "facts"], { stdin: [answer("hey")] });
    const records = parseRecords(stdout);
    const report = parseReport(JSON.stringify(records.at(-1)));
    expect(records.slice(0, -1)).toMatchObject([
      { type: "response-start", event: 0 },
      { type: "item-start", event: 1 },
      { type: "part-start", event: 2 },
      { type: "text-delta", text: "hey", event: 3 },
      { type: "text-end", event: 4 },
      { type: "part-end", event: 5 },
      { type: "item-end", event: 6 },
      { type: "response-update", event: 7 },
      { type: "usage-reported", event: 7 },
      { type: "response-end", event: 7 },
    ]);
    expect(report.responses[0]?.text).toBe("hey");
  });
});

describe("report", () => {
  test("is one JSON document, indented for readability", async () => {
    const { stdout } = await run(["--format", "report"], { stdin: [answer("hey")] });
    expect(stdout.startsWith('{\n  "schema": "ssescope/report@1",\n')).toBe(true);
    expect(stdout.endsWith("\n}\n")).toBe(true);
    expect(parseReport(stdout)).toMatchObject({ source: "-", verdict: "completed", responses: [{ text: "hey" }] });
  });

  test("is also written for an input that is not a stream", async () => {
    const { stdout } = await run(["--format", "report"], { stdin: [] });
    expect(parseReport(stdout)).toMatchObject({ verdict: "not-a-stream", exitCode: 7, events: 0, responses: [] });
  });
});

test.each(formats)("%s has no summary", async (format) => {
  expect((await run(["--format", format], { stdin: [answer("hey")] })).stderr).toBe("");
});

test.each(formats)("%s never has colour", async (format) => {
  const { stdout } = await run(["--format", format, "--color", "always"], { stdin: [answer("hey")] });
  expect(stdout).not.toContain("\u001b");
});
