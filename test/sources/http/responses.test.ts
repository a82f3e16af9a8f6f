// The results of different responses and failures of a server.
import { createServer as createTcpServer } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { hey, heyUntilDelta } from "../../support/captured.ts";
import { run } from "../../support/io.ts";
import { cert, key } from "../../support/localhost-self-signed.ts";
import { parseReport } from "../../support/read-report.ts";
import { closedPort, HANG_UP, listen, RESET, serve, type Answer } from "../../support/server.ts";

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const HTML_TYPE = { "content-type": "text/html" };
const QUOTA = { error: { message: "You exceeded your current quota.", type: "insufficient_quota", code: "quota" } };

/** Reads a response in every way: text with summary, the line of --quiet, and the report. */
async function read(answer: Answer) {
  const { origin } = await serve(answer);
  const shown = await run([origin]);
  const quiet = await run([origin, "--quiet"]);
  const json = await run([origin, "--json"]);
  const report = parseReport(json.stdout);
  expect([quiet.exitCode, json.exitCode, report.exitCode]).toEqual(Array(3).fill(shown.exitCode));
  return { ...shown, quiet: quiet.stderr, report };
}

test("A stream from a server is read like a file.", async () => {
  const { exitCode, stdout, stderr, report } = await read({ body: hey });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "hey" });
  expect(stderr).toMatch(/^\n✓ completed {2}openai-responses\n/);
  expect(report).toMatchObject({
    verdict: "completed",
    bytes: hey.length,
    events: 9,
    findings: [],
    http: { status: 200, statusText: "OK", contentType: "text/event-stream", location: null },
  });
});

describe("An error status is not a stream, and the server's message is shown:", () => {
  test.each([
    [401, JSON.stringify(QUOTA)],
    [429, JSON.stringify(QUOTA, null, 2)],
    [500, `${JSON.stringify(QUOTA)}\n`],
  ])("%i with a JSON error.", async (status, body) => {
    const { exitCode, stderr, quiet, report } = await read({ status, headers: JSON_TYPE, body });
    expect(exitCode).toBe(7);
    expect(stderr).toContain(`http      ${status}`);
    expect(stderr).toContain("quota: You exceeded your current quota.");
    expect(quiet).toContain("not-a-stream: quota: You exceeded your current quota.");
    expect(report).toMatchObject({ verdict: "not-a-stream", error: QUOTA.error, http: { status } });
  });

  test("502 with an HTML page, whose title is shown.", async () => {
    const body = "<html>\n<head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    const { exitCode, stdout, report } = await read({ status: 502, headers: HTML_TYPE, body });
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: "" });
    expect(report.error?.message).toBe("an HTML page: 502 Bad Gateway");
  });

  test("404 with plain text.", async () => {
    const answer = { status: 404, headers: { "content-type": "text/plain" }, body: "no such route\nat all" };
    const { exitCode, report } = await read(answer);
    expect(exitCode).toBe(7);
    expect(report.error?.message).toBe("text, not an event stream: no such route");
  });

  test("503 with an empty body; the status is the message.", async () => {
    const { exitCode, quiet, report } = await read({ status: 503, statusText: "Overloaded", body: "" });
    expect(exitCode).toBe(7);
    expect(report.error?.message).toBe("HTTP 503 Overloaded");
    expect(quiet).toMatch(/not-a-stream: HTTP 503 Overloaded\n$/);
  });

  test("500 with a whole stream, which is still a failure.", async () => {
    const { exitCode, quiet, report } = await read({ status: 500, body: hey });
    expect(exitCode).toBe(7);
    expect(report.error?.message).toBe("HTTP 500 Internal Server Error");
    expect(quiet).toContain("HTTP 500 Internal Server Error");
  });
});

describe("Status 200 proves nothing:", () => {
  test.each([JSON.stringify(QUOTA), JSON.stringify(QUOTA, null, 2)])(
    "a JSON error is not a stream: %j.",
    async (body) => {
      const { exitCode, report } = await read({ headers: JSON_TYPE, body });
      expect(exitCode).toBe(7);
      expect(report).toMatchObject({ verdict: "not-a-stream", error: QUOTA.error });
    },
  );

  test("an HTML page is not a stream.", async () => {
    const { exitCode, stdout, report } = await read({ headers: HTML_TYPE, body: "<!DOCTYPE html><p>Log in</p>" });
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: "" });
    expect(report.error?.message).toBe("an HTML page");
  });

  test("an empty body is not a stream.", async () => {
    const { exitCode, report } = await read({ body: "" });
    expect(exitCode).toBe(7);
    expect(report.error?.message).toBe("HTTP 200 (text/event-stream) with an empty body: no events");
  });

  test("a body that ends cleanly, but before the terminal event, is truncated.", async () => {
    const { exitCode, stdout, report } = await read({ body: heyUntilDelta });
    expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: "hey" });
    expect(report).toMatchObject({ verdict: "truncated", error: null });
    expect(report.findings.map(({ rule }) => rule)).toEqual(["no-terminal"]);
  });
});

test.each([[{ "content-type": "text/plain" }], [JSON_TYPE], [{}]])(
  "A stream with the wrong headers %j gets a finding, and keeps its verdict.",
  async (headers) => {
    const { exitCode, stdout, report } = await read({ headers, body: hey });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "hey" });
    expect(report.findings).toMatchObject([{ rule: "content-type", severity: "warning" }]);
  },
);

test("A content type with parameters and capitals is valid.", async () => {
  const { report } = await read({ headers: { "content-type": "Text/Event-Stream; charset=UTF-8" }, body: hey });
  expect(report.findings).toEqual([]);
});

describe("Network failures are distinguished from protocol failures:", () => {
  test("a refused connection.", async () => {
    const { exitCode, stdout, stderr } = await run([`http://127.0.0.1:${await closedPort()}/v1`]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
    expect(stderr).toContain("ECONNREFUSED: the connection was refused");
  });

  test.each([
    { how: "reset in the middle", end: RESET },
    { how: "closed before the body is whole", end: HANG_UP },
  ] as const)("a connection that is $how; the text so far is shown.", async ({ end }) => {
    const { origin } = await serve({ body: [heyUntilDelta, end] });
    const { exitCode, stdout, stderr } = await run([origin]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "hey" });
    expect(stderr).toContain("transport-error");
    expect(stderr).not.toContain("no-terminal");
  });

  test("a connection that is closed without a response.", async () => {
    const { origin } = await serve(HANG_UP);
    const { exitCode, stderr } = await run([origin]);
    expect(exitCode).toBe(6);
    expect(stderr).toContain("the server closed the connection without a response");
  });

  test("an untrusted certificate.", async () => {
    const { origin } = await serve({ body: hey }, { tls: { key, cert } });
    const { exitCode, stdout, stderr } = await run([origin]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
    expect(stderr).toContain("DEPTH_ZERO_SELF_SIGNED_CERT: the server's certificate is self-signed");
  });

  test("https:// to a server that does not speak TLS.", async () => {
    const { port } = await serve({ body: hey });
    const { exitCode, stderr } = await run([`https://127.0.0.1:${port}`, "--quiet"]);
    expect(exitCode).toBe(6);
    expect(stderr).toContain("did you mean http://?");
  });
});

describe("A compressed body", () => {
  test.each([
    ["gzip", gzipSync(hey)],
    ["x-gzip", gzipSync(hey)],
    ["GZIP", gzipSync(hey)],
    ["deflate", deflateSync(hey)],
    ["deflate", deflateRawSync(hey)],
    ["br", brotliCompressSync(hey)],
    ["identity", hey],
  ])("is read: %s.", async (coding, body) => {
    const headers = { "content-type": "text/event-stream", "content-encoding": coding };
    const { exitCode, stdout, report } = await read({ headers, body });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "hey" });
    expect(report).toMatchObject({ bytes: hey.length, findings: [] });
    expect(report.http?.contentEncoding).toBe(coding === "identity" ? undefined : coding);
  });

  test("is mentioned in the summary, and an expectation can check it.", async () => {
    const headers = { "content-type": "text/event-stream", "content-encoding": "gzip" };
    const { origin } = await serve({ headers, body: gzipSync(hey) });
    expect((await run([origin])).stderr).toContain("http      200 OK, compressed with gzip");
    expect((await run(["check", origin, "--expect", "http.contentEncoding=null"])).exitCode).toBe(1);
  });

  // Node.js has zstd since 22.15: https://nodejs.org/docs/latest-v22.x/api/zlib.html
  const unknown = process.versions.zstd === undefined ? "zstd" : "compress";

  test.each([
    [unknown, hey, `the content coding ${unknown} is not supported`],
    ["gzip, br", hey, "the content coding gzip, br is not supported"],
  ])("with an unknown coding is a transport error: %s.", async (coding, body, message) => {
    const headers = { "content-type": "text/event-stream", "content-encoding": coding };
    const { exitCode, stderr } = await read({ headers, body });
    expect(exitCode).toBe(6);
    expect(stderr.replace(/\s+/g, " ")).toContain(message);
  });

  test.each([
    ["gzip", gzipSync(hey)],
    ["deflate", deflateSync(hey)],
    ["deflate", deflateRawSync(hey)],
    ["br", brotliCompressSync(hey)],
  ])("that ends too early gets a finding: %s.", async (coding, whole) => {
    const headers = { "content-type": "text/event-stream", "content-encoding": coding };
    const { report } = await read({ headers, body: whole.subarray(0, -12) });
    expect(report).toMatchObject({ verdict: expect.stringMatching(/completed|truncated/), error: null });
    expect(report.findings.map(({ rule }) => rule)).toContain("truncated-compression");
  });

  test("that does not match its coding is not a stream.", async () => {
    const { exitCode, report } = await read({ headers: { "content-encoding": "gzip" }, body: hey });
    expect(exitCode).toBe(7);
    expect(report.error?.message).toContain("the gzip data is damaged");
  });

  test("that the network cuts is a transport error.", async () => {
    const headers = { "content-type": "text/event-stream", "content-encoding": "gzip" };
    const { exitCode, report } = await read({ headers, body: [gzipSync(hey).subarray(0, -12), RESET] });
    expect(exitCode).toBe(6);
    expect(report.error?.code).toMatch(/^(?:ECONNRESET|UND_ERR_SOCKET)$/);
    expect(report.findings.map(({ rule }) => rule)).not.toContain("truncated-compression");
  });
});

test.each(["http://", "http://[::1/", "https://exa mple/", "http://127.0.0.1:99999/"])(
  "%s is not a URL: wrong usage.",
  async (url) => {
    const { exitCode, stdout, stderr } = await run([url]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("the URL is invalid");
  },
);

test.each(["ftp", "file", "wss+unix", "FTP"])("%s:// is not read: wrong usage.", async (scheme) => {
  const { exitCode, stdout, stderr } = await run([`${scheme}://127.0.0.1/x`]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain(`cannot read ${scheme.toLowerCase()}: URLs`);
});

test.each(["http", "ws"])("A status that cannot be one is a fault of the transport, over %s, too.", async (scheme) => {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end("HTTP/1.1 000 Nothing\r\ncontent-length: 0\r\n\r\n"));
  });
  const port = await listen(server);
  const { exitCode, stdout } = await run([`${scheme}://127.0.0.1:${port}/`, "--json"]);
  expect(exitCode).toBe(6);
  expect(parseReport(stdout)).toMatchObject({ verdict: "transport-error", http: null });
});
