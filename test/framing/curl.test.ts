// Output of `curl -i`: reads the headers, passes the body to the framing that fits, and keeps the places of the whole.
import { describe, expect, test } from "vitest";
import { chunkings } from "../support/chunkings.ts";
import { run } from "../support/io.ts";
import { parseReport, reportOf } from "../support/read-report.ts";
import { answer } from "../support/stream.ts";

const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nx-request-id: req_1\r\n\r\n";

describe("status and headers", () => {
  test("are read, and the body is read as a stream", async () => {
    const report = await reportOf(HEAD + answer("hey"));
    expect(report).toMatchObject({
      framing: "curl",
      dialect: "openai-responses",
      verdict: "completed",
      http: { status: 200, statusText: "OK", contentType: "text/event-stream; charset=utf-8", location: null },
    });
    expect(report.responses[0]?.text).toBe("hey");
  });

  test.each(chunkings)("give the same report when they arrive $name", async ({ cut }) => {
    const bytes = Buffer.from(HEAD + answer("hey"));
    const { stdout } = await run(["--json"], { stdin: cut(bytes) });
    expect(parseReport(stdout)).toEqual(await reportOf(HEAD + answer("hey")));
  });

  test("of HTTP/2 have no reason phrase, and LF alone may end their lines", async () => {
    const report = await reportOf(`HTTP/2 200\ncontent-type: text/event-stream\n\n${answer("hey")}`);
    expect(report).toMatchObject({ verdict: "completed", http: { status: 200, statusText: "" } });
  });

  test("are the last ones, if those of a proxy, an interim response or a redirect come first", async () => {
    const before = [
      "HTTP/1.1 200 Connection established\r\n\r\n",
      "HTTP/1.1 100 Continue\r\n\r\n",
      "HTTP/1.1 307 Temporary Redirect\r\nlocation: https://example.com/v1?key=abc\r\n\r\n",
    ];
    const report = await reportOf(before.join("") + HEAD + answer("hey"));
    expect(report).toMatchObject({ verdict: "completed", http: { status: 200, statusText: "OK" } });
  });
});

test("places count from the first line of the headers", async () => {
  const body = 'data: {"type":"response.created","sequence_number":0,"response":{"id":"r"}}\n\n';
  const { stdout } = await run(["--format", "wire"], { stdin: [HEAD + body] });
  const [event, end]: unknown[] = stdout
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(event).toMatchObject({ line: 5, offset: HEAD.length, index: 0 });
  expect(end).toMatchObject({ type: "end", bytes: HEAD.length + body.length });
});

test("places in a stream that is cut in the middle of its text also count from the headers", async () => {
  const whole = answer(...Array.from({ length: 20 }, () => "a"));
  const lastAt = whole.lastIndexOf("event: response.output_text.delta");
  const { findings } = await reportOf(HEAD + whole.slice(0, whole.indexOf("event: response.output_text.done")));
  const line = (HEAD + whole.slice(0, lastAt)).split("\n").length;
  expect(findings).toMatchObject([{ rule: "no-terminal", line, offset: HEAD.length + lastAt }]);
});

test("an HTTP error is not a stream, and its body explains the error", async () => {
  const body = '{"error":{"type":"invalid_request_error","code":"invalid_api_key","message":"Incorrect API key"}}';
  const { exitCode, stdout } = await run(["--json"], {
    stdin: [`HTTP/2 401\r\ncontent-type: application/json\r\n\r\n${body}`],
  });
  expect(parseReport(stdout)).toMatchObject({
    verdict: "not-a-stream",
    http: { status: 401 },
    error: { code: "invalid_api_key" },
    events: 0,
  });
  expect(exitCode).toBe(7);
});

test("the target of a redirect is shown without possible keys", async () => {
  const report = await reportOf("HTTP/1.1 302 Found\r\nLocation: https://user:pw@example.com/v1?key=abc#x\r\n\r\n");
  expect(report.http?.location).toBe("https://example.com/v1");
  expect(report.verdict).toBe("not-a-stream");
});

test.each([
  ["truncated headers", "HTTP/1.1 200 OK\r\ncontent-ty"],
  ["only a status line", "HTTP/1.1 200 OK"],
  ["headers without a body", HEAD],
])("%s has no stream", async (_, input) => {
  expect(await reportOf(input)).toMatchObject({ framing: null, verdict: "not-a-stream", http: { status: 200 } });
});

test("an invalid status does not begin headers", async () => {
  expect(await reportOf("HTTP/1.1 099 Less\r\n\r\ndata: {}\n\n")).toMatchObject({ http: null });
});

test("text that begins with HTTP is not read as headers", async () => {
  expect(await reportOf("HTTP is a protocol\n")).toMatchObject({ http: null, verdict: "not-a-stream" });
});

test("a body of JSON lines is also read", async () => {
  const lines = '{"type":"response.created","sequence_number":0,"response":{"id":"r"}}\n';
  const report = await reportOf(`HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\n\r\n${lines}`);
  expect(report).toMatchObject({ framing: "curl", dialect: "openai-responses", events: 1 });
});
