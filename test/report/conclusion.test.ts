// The verdict that is derived from everything that was seen.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { newCapture } from "../capture/support/timed-capture.ts";
import { run } from "../support/io.ts";
import { parseReport, reportOf } from "../support/read-report.ts";
import { HANG_UP, RESET, serve } from "../support/server.ts";
import { answer, created, data, errorEvent, stream, textDelta } from "../support/stream.ts";

/** The report of the output of `curl -i`. */
function captured(statusLine: string, headers: readonly string[] = [], body = "") {
  return reportOf([statusLine, ...headers, "", body].join("\r\n"), "--framing", "curl");
}

/** A response of Chat Completions, with or without its end marker. */
function chat(hasDone: boolean): string {
  const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "m" };
  const choice = { index: 0, delta: { role: "assistant", content: "hey" }, finish_reason: "stop" };
  return data(JSON.stringify({ ...head, choices: [choice] })) + (hasDone ? data("[DONE]") : "");
}

describe("An HTTP status", () => {
  test("from 300 on is not a stream, whatever the body is.", async () => {
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
    "%s %j has a description of its own only if the body gives none: %j",
    async (statusLine, headers, body, message) => {
      expect((await captured(statusLine, headers, body)).error?.message).toBe(message);
    },
  );
});

describe("A network failure", () => {
  test("has its own verdict, and keeps what arrived before.", async () => {
    const { origin } = await serve({ body: [stream(created(), textDelta("so far")), HANG_UP] });
    const { exitCode, stdout } = await run([origin, "--json"]);
    expect(exitCode).toBe(6);
    expect(parseReport(stdout)).toMatchObject({
      verdict: "transport-error",
      error: { type: null, code: "UND_ERR_SOCKET" },
      responses: [{ verdict: "truncated", text: "so far" }],
    });
  });

  test.each<[string, string, typeof RESET | typeof HANG_UP, string]>([
    ["a terminal event", answer("hey"), RESET, "completed"],
    ["a terminal event, cleanly but too early", answer("hey"), HANG_UP, "completed"],
    ["[DONE], which the protocol requires", chat(true), RESET, "completed"],
    ["an error", stream(created(), errorEvent("overloaded", "busy")), RESET, "failed"],
  ])("after %s is a warning, not a failure.", async (_, body, end, verdict) => {
    const { origin } = await serve({ body: [body, end] });
    const report = parseReport((await run([origin, "--json"])).stdout);
    expect(report).toMatchObject({ verdict });
    const found = report.findings.filter(({ rule }) => rule === "break-after-end");
    expect(found).toMatchObject([{ severity: "warning" }]);
    // The operating system determines how a reset is reported.
    expect(found[0]?.message).toMatch(
      /^after the response ended: the (?:connection was reset|server closed the connection before the body was complete)/,
    );
  });

  test("after a response has ended, but before [DONE], is a failure.", async () => {
    const { origin } = await serve({ body: [chat(false), RESET] });
    expect((await run([origin, "--json"])).exitCode).toBe(6);
  });

  test("after the end of one response, in the next one, is a failure.", async () => {
    const { origin } = await serve({ body: [answer("hey") + stream(created({ id: "resp_2" })), RESET] });
    expect((await run([origin, "--json"])).exitCode).toBe(6);
  });

  test("in a stream of unknown dialect leaves times, but no response.", async () => {
    const { origin } = await serve({ body: data("one") + data("two") });
    const { stdout } = await run([origin, "--json"]);
    expect(parseReport(stdout)).toMatchObject({ verdict: "ended", events: 2, responses: [] });
    expect(parseReport(stdout).timing?.reads.count).toBeGreaterThan(0);
  });

  test("before any data leaves the framing open.", async () => {
    const { origin } = await serve({ body: "" });
    const { exitCode, stdout } = await run([origin, "--json"]);
    expect(exitCode).toBe(7);
    const message = "HTTP 200 (text/event-stream) with an empty body: no events";
    expect(parseReport(stdout)).toMatchObject({ framing: null, error: { message } });
    expect(await reportOf("", "--framing", "sse")).toMatchObject({ framing: "sse", verdict: "not-a-stream" });
  });
});

test("Compressed data that cannot be read is not a stream.", async () => {
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

test("An interrupt before any data is not reported as an empty input.", async () => {
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

describe("HTTP 202 without a body", () => {
  const accepted = { status: 202, headers: {}, body: "" };
  const notification = '{"jsonrpc":"2.0","method":"notifications/initialized"}';

  test.each([notification, `[${notification}]`])("is not an error if MCP requires it: %s", async (body) => {
    const { origin } = await serve(accepted);
    const path = newCapture();
    const { exitCode, stdout } = await run([origin, "--json", "-d", body, "--record", path]);
    expect(exitCode).toBe(0);
    expect(parseReport(stdout)).toMatchObject({
      verdict: "ended",
      error: null,
      http: { status: 202, isJsonRpc: true },
    });
    expect((await run([path])).exitCode).toBe(0);
    expect((await run(["check", path])).exitCode).toBe(0);
  });

  test.each(['{"model":"m","stream":true}', "[]", "no json"])("is not a stream elsewhere: %s", async (body) => {
    const { origin } = await serve(accepted);
    expect((await run([origin, "-d", body])).exitCode).toBe(7);
  });

  test("is not a stream with another status, or with a body.", async () => {
    const empty = await serve({ ...accepted, status: 200 });
    expect((await run([empty.origin, "-d", notification])).exitCode).toBe(7);
    const page = await serve({ ...accepted, body: "<html>" });
    expect((await run([page.origin, "-d", notification])).exitCode).toBe(7);
  });
});
