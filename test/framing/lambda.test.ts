// The prelude of a Lambda function: it describes the response, and the body after it is read.
import { expect, test } from "vitest";
import { lambda } from "../../src/framing/lambda.ts";
import { reportOf } from "../support/read-report.ts";

const NULS = "\0".repeat(8);
const PRELUDE = '{"statusCode":200,"headers":{"Content-Type":"text/event-stream"}}';

test("a prelude gives status and type, and places of events count from its start", async () => {
  const report = await reportOf(`${PRELUDE}${NULS}data: {"a":1}\n\ndata: x`);
  expect(report).toMatchObject({
    framing: "lambda",
    events: 1,
    http: { status: 200, contentType: "text/event-stream" },
    pending: { line: 3 },
  });
});

test("a prelude with an error status makes the body an error", async () => {
  const report = await reportOf(`{"statusCode":502,"headers":{}}${NULS}{"message":"no upstream"}`);
  expect(report).toMatchObject({ verdict: "not-a-stream", error: { message: "no upstream" }, http: { status: 502 } });
});

function detect(text: string, complete = false): boolean | null {
  return lambda.detect(Buffer.from(text), complete);
}

test("detection waits only for the bytes after the prelude", () => {
  expect(detect(PRELUDE + NULS)).toBe(true);
  expect(detect("{")).toBeNull();
  expect(detect(PRELUDE)).toBeNull();
  for (const text of ['{"id":', "data:", `${PRELUDE}\n`]) expect(detect(text)).toBe(false);
  expect(detect(PRELUDE, true)).toBe(false);
});
