// The verdict that is drawn from all that was seen.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { run } from "../support/io.ts";
import { parseReport, reportOf } from "../support/read-report.ts";
import { HANG_UP, serve } from "../support/server.ts";
import { answer, created, data, stream, textDelta } from "../support/stream.ts";

/** The report of what `curl -i` wrote. */
function captured(statusLine: string, headers: readonly string[] = [], body = "") {
  return reportOf([statusLine, ...headers, "", body].join("\r\n"), "--framing", "curl");
}

describe("An HTTP status", () => {
  test("from 300 on is no stream, whatever the body is.", async () => {
    const type = ["content-type: text/event-stream"];
    expect(await captured("HTTP/1.1 299 Odd", type, answer("hey"))).toMatchObject({ verdict: "completed" });
    expect(await captured("HTTP/1.1 300 Multiple Choices", type, answer("hey"))).toMatchObject({
      verdict: "not-a-stream",
      exitCode: 7,
    });
  });

  test.each([
    ["HTTP/1.1 500 Internal Server Error", [], "", "HTTP 500 Internal Server Error"],
    ["HTTP/1.1 500 ", [], "", "HTTP 500"],
    ["HTTP/2 503", [], "<title>Busy</title>", "an XML or HTML document: Busy"],
    ["HTTP/1.1 304 Not Modified", [], "", "HTTP 304 Not Modified"],
    [
      "HTTP/1.1 302 Found",
      ["location: /there"],
      "<html><title>Found</title>",
      "HTTP 302 Found: a redirect to /there, which is not followed",
    ],
  ])(
    "%s %j is said in other words only where there are better ones: %j",
    async (statusLine, headers, body, message) => {
      expect((await captured(statusLine, headers, body)).error?.message).toBe(message);
    },
  );
});

describe("What the network does", () => {
  test("is a verdict of its own, and keeps what came before.", async () => {
    const { origin } = await serve({ body: [stream(created(), textDelta("so far")), HANG_UP] });
    const { exitCode, stdout } = await run([origin, "--json"]);
    expect(exitCode).toBe(6);
    expect(parseReport(stdout)).toMatchObject({
      verdict: "transport-error",
      error: { type: null, code: "UND_ERR_SOCKET" },
      responses: [{ verdict: "truncated", text: "so far" }],
    });
  });

  test("of a stream in no known dialect has times, and no response.", async () => {
    const { origin } = await serve({ body: data("one") + data("two") });
    const { stdout } = await run([origin, "--json"]);
    expect(parseReport(stdout)).toMatchObject({ verdict: "ended", events: 2, responses: [] });
    expect(parseReport(stdout).timing?.reads.count).toBeGreaterThan(0);
  });

  test("to send nothing as a stream leaves the framing open.", async () => {
    const { origin } = await serve({ body: "" });
    const { exitCode, stdout } = await run([origin, "--json"]);
    expect(exitCode).toBe(7);
    const message = "HTTP 200 (text/event-stream) with an empty body: no event came";
    expect(parseReport(stdout)).toMatchObject({ framing: null, error: { message } });
    expect(await reportOf("", "--framing", "sse")).toMatchObject({ framing: "sse", verdict: "not-a-stream" });
  });
});

test("Compressed data of which nothing can be read is no stream.", async () => {
  const header = gzipSync(answer("hey")).subarray(0, 10);
  expect(await reportOf([header])).toMatchObject({
    verdict: "not-a-stream",
    exitCode: 7,
    bytes: 0,
    error: { message: expect.stringContaining("gzip") },
  });
  const beginning = gzipSync(answer("hey")).subarray(0, 200);
  expect(await reportOf([beginning])).toMatchObject({ verdict: "truncated", exitCode: 5, error: null });
});

test("An interrupt before anything came is not taken for an empty input.", async () => {
  const { exitCode, stdout } = await run(["--json"], { stdin: ["<html>"], interrupt: AbortSignal.abort() });
  expect(exitCode).toBe(130);
  expect(parseReport(stdout)).toMatchObject({ verdict: "truncated", exitCode: 130, interrupted: true, error: null });
});

describe("A JSON document in no known dialect", () => {
  test.each([
    ["one line", '{"a":1}', "ndjson"],
    ["an array", '[{"a":1},{"b":2}]', "json-array"],
  ])("is no stream, unless the user says so: %s.", async (_, document, framing) => {
    expect(await reportOf(document)).toMatchObject({ verdict: "not-a-stream", framing: null, dialect: null });
    expect(await reportOf(document, "--framing", framing)).toMatchObject({ verdict: "ended", framing });
  });

  test("of several lines is a stream.", async () => {
    expect(await reportOf('{"a":1}\n{"b":2}\n')).toMatchObject({ verdict: "ended", framing: "ndjson", events: 2 });
  });
});

test.each([": ping\n\n", "retry: 100\n\n"])("A stream without an event is truncated: %j", async (input) => {
  expect(await reportOf(input)).toMatchObject({ verdict: "truncated", exitCode: 5, events: 0, error: null });
});
