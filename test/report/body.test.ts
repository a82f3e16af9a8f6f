import { describe, expect, test } from "vitest";
import { createBodyHead } from "../../src/report/body.ts";
import { reportOf } from "../support/read-report.ts";
import { run } from "../support/io.ts";

function describeBody(body: string | Uint8Array) {
  const head = createBodyHead();
  head.bytes(Buffer.from(body));
  return head.describe();
}

describe("a body that is no stream", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["nothing", "", "the input is empty"],
    ["white space", " \n\n", "the input is empty"],
    ["an HTML page", "<!doctype html><title>502 Bad\nGateway</title>", "an HTML page: 502 Bad\nGateway"],
    ["an XML document", '<?xml version="1.0"?><Error/>', "an XML or HTML document"],
    ["plain text", "upstream connect error\nmore", "text, not an event stream: upstream connect error"],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "gzip data: decompress it first; curl does with --compressed"],
    ["UTF-16", Buffer.from("\ufeffdata: x", "utf16le"), "text in UTF-16: convert it to UTF-8 first"],
    ["a program", Buffer.from("\u007fELF\u0000\n: no comment\n"), "binary data, not an event stream"],
    [
      "a response document",
      '{"object":"response","id":"resp_1"}',
      "a whole response (OpenAI Responses API), not a stream: was `stream: true` missing in the request?",
    ],
    ["a list", "[1,2]", "a JSON document, not a stream"],
    ["broken JSON", '{"a":', "text that begins like JSON, and is neither JSON nor a stream"],
    ["lines of JSON", '{"a":1}\n{"b":2}', "lines of JSON: leave --framing out, or name ndjson"],
    ["FastAPI's error", '{"detail":"Not authenticated"}', "Not authenticated"],
    ["FastAPI's list of errors", '{"detail":[{"msg":"field required"}]}', '[{"msg":"field required"}]'],
    ["another error", '{"message":"no Route matched"}', "no Route matched"],
  ])("is described: %s", (_, body, message) => {
    expect(describeBody(body)).toEqual({ type: null, code: null, message });
  });

  test.each([
    ['{"error":{"type":"t","code":"c","message":"m"}}', { type: "t", code: "c", message: "m" }],
    ['[{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"m"}}]', { type: null, code: "400", message: "m" }],
    ['{"error":"boom"}', { type: null, code: null, message: "boom" }],
    ['{"error":"boom","message":"other"}', { type: null, code: "boom", message: "other" }],
  ])("gives the error that it words: %s", (body, error) => {
    expect(describeBody(body)).toEqual(error);
  });

  test("is an HTML page even where its style sheet looks like comments", async () => {
    const page = "<html>\n<style>\n:root { --x: 1 }\n</style><title>Oops</title></html>";
    expect(await reportOf(page)).toMatchObject({
      verdict: "not-a-stream",
      exitCode: 7,
      error: { message: "an HTML page: Oops" },
    });
  });
});

test.each(["data", "da", "event: x", ": ping\n", "\n\nid: 1\n", "retry:"])(
  "%j may be the beginning of a stream",
  (body) => {
    expect(describeBody(body)).toBeNull();
  },
);

test("what raw passes through is all of it, also after an event that is too large to be read", async () => {
  const input = `data: ${"x".repeat(5000)}\n\ndata: y\n\n`;
  const { stdout, exitCode } = await run(["--format", "raw", "--max-event-size", "1k"], {
    stdin: [input.slice(0, 3000), input.slice(3000)],
  });
  expect(stdout).toBe(input);
  expect(exitCode).toBe(2);
});
