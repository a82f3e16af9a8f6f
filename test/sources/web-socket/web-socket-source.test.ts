// ws and wss URLs: sending, reading, when reading stops, and failures.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hey } from "../../support/captured.ts";
import { captureFiles, temporaryDirectory } from "../../support/files.ts";
import { run } from "../../support/io.ts";
import { start } from "../../support/live.ts";
import { authority, local } from "../../support/private-authority.ts";
import { serveProxy } from "../../support/proxy.ts";
import { parseReport } from "../../support/read-report.ts";
import { closedPort, serve, silentPort } from "../../support/server.ts";
import { answering, messagesOf, type Peer, serveWebSocket } from "../../support/web-sockets.ts";

const EVENTS = messagesOf(hey);
const ASK = '{"type":"response.create","model":"gpt-5"}';

async function read(argv: readonly string[], options: Parameters<typeof run>[1] = {}) {
  const { exitCode, stdout, stderr } = await run([...argv, "--json"], options);
  return { exitCode, stderr, report: parseReport(stdout) };
}

describe("A response over a WebSocket", () => {
  test("is requested with a message and read until it is over; then the connection is closed.", async () => {
    const { url, seen } = await serveWebSocket(answering(EVENTS));
    const { exitCode, report, stderr } = await read([`${url}/v1/responses`, "-d", ASK]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(report).toMatchObject({
      source: `${url}/v1/responses`,
      framing: "websocket",
      dialect: "openai-responses",
      verdict: "completed",
      endedBy: "client",
      error: null,
      http: { status: 101 },
      request: { method: "GET", path: "/v1/responses", model: "gpt-5", stream: true },
      responses: [{ text: "hey" }],
      findings: [],
      timing: { silenceAtEndMs: 0 },
    });
    expect(seen[0]?.messages).toEqual([`text:${ASK}`]);
    expect(await seen[0]?.closed).toBe("1000");
  });

  test("may be requested with several messages, also from files and standard input.", async () => {
    const [file = ""] = captureFiles({ "session.json": '{"type":"session.update"}\n' });
    let count = 0;
    const { url, seen } = await serveWebSocket(({ socket }) =>
      socket.on("message", () => {
        count += 1;
        if (count === 3) EVENTS.forEach((event) => socket.send(event));
      }),
    );
    const argv = [url, "-d", `@${file}`, "-d", "@-", "-d", ASK];
    const { exitCode, report } = await read(argv, { stdin: ["plain text"] });
    expect({ exitCode, model: report.request?.model }).toEqual({ exitCode: 0, model: "gpt-5" });
    expect(seen[0]?.messages).toEqual(['text:{"type":"session.update"}\n', "text:plain text", `text:${ASK}`]);
  });

  test("that fails is over too.", async () => {
    const error = JSON.stringify({ type: "error", error: { type: "invalid_request_error", message: "no such model" } });
    const { url } = await serveWebSocket(answering([...EVENTS.slice(0, 2), error]));
    const { exitCode, report } = await read([url, "-d", ASK]);
    expect({ exitCode, verdict: report.verdict, endedBy: report.endedBy }).toEqual({
      exitCode: 3,
      verdict: "failed",
      endedBy: "client",
    });
  });

  test("that is refused with only an error is over after it.", async () => {
    const error = { type: "error", status: 429, error: { type: "usage_limit_reached", message: "no more today" } };
    const { url } = await serveWebSocket(answering([JSON.stringify(error)]));
    const { exitCode, report } = await read([`${url}/v1/responses`, "-d", ASK]);
    expect(report).toMatchObject({
      verdict: "failed",
      endedBy: "client",
      responses: [{ error: { message: "no more today" } }],
    });
    expect(exitCode).toBe(3);
  });

  test("of an unknown dialect is read to the end of the connection.", async () => {
    const { url } = await serveWebSocket(({ socket }) => {
      socket.send('{"tide":"ebb"}');
      socket.send('{"tide":"flood"}', () => socket.close());
    });
    const { exitCode, report } = await read([url]);
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ dialect: "generic", verdict: "ended", events: 2, endedBy: "server" });
  });

  test("can be checked.", async () => {
    const { url } = await serveWebSocket(answering(EVENTS));
    expect((await run(["check", url, "-d", ASK, "--expect", "text=hey"])).exitCode).toBe(0);
    expect((await run(["check", url, "-d", ASK, "--expect", "text=ebb"])).exitCode).toBe(1);
  });

  test("has the same report when its recording is read, whole or redacted.", async () => {
    const { url } = await serveWebSocket(({ socket }) =>
      socket.on("message", () => {
        for (const event of EVENTS) socket.send(Buffer.from(JSON.stringify(JSON.parse(event), null, 2)));
      }),
    );
    const file = join(temporaryDirectory(), "response.ndjson");
    const live = await read([`${url}/v1/responses`, "-d", ASK, "--record", file]);
    const recorded = await read([file]);
    expect(recorded.report).toEqual({ ...live.report, source: file });
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(EVENTS.map((event) => JSON.parse(event)));

    const shared = join(temporaryDirectory(), "shared.ndjson");
    await read([url, "-d", ASK, "--record", shared, "--redact"]);
    expect(readFileSync(shared, "utf8")).not.toContain("hey");
    expect((await read([shared])).report).toMatchObject({
      verdict: "completed",
      framing: "websocket",
      endedBy: "client",
    });
  });
});

describe("Headers", () => {
  test("are sent, and keys are shown nowhere.", async () => {
    const key = "sk-very-secret-key";
    const { url, seen } = await serveWebSocket(({ socket }) => {
      socket.send(JSON.stringify({ echo: key }), () => socket.close());
    });
    const protocols = `realtime, openai-insecure-api-key.${key}, openai-beta.realtime-v1`;
    const argv = [`${url}?model=gpt-realtime`, "-H", `Sec-WebSocket-Protocol: ${protocols}`, "--bearer-env", "TOKEN"];
    const { exitCode, stdout } = await run([...argv, "--json"], { env: { TOKEN: "another-secret" } });
    expect(exitCode).toBe(0);
    expect(stdout).not.toMatch(/very-secret|another-secret/);
    expect(parseReport(stdout).request).toMatchObject({
      model: "gpt-realtime",
      headers: { "sec-websocket-protocol": protocols.replace(key, "REDACTED"), authorization: "REDACTED" },
    });
    expect(seen[0]?.request.headers).toMatchObject({
      "sec-websocket-protocol": protocols,
      authorization: "Bearer another-secret",
      "user-agent": "ssescope",
    });
    expect(seen[0]?.request.headers).not.toHaveProperty("accept");
  });

  test("include credentials from the URL.", async () => {
    const { url, seen } = await serveWebSocket(({ socket }) => socket.close());
    const { report } = await read([url.replace("//", "//fox:password@")]);
    expect(seen[0]?.request.headers.authorization).toBe(`Basic ${Buffer.from("fox:password").toString("base64")}`);
    expect(JSON.stringify(report)).not.toContain("password@");
  });
});

describe("A handshake", () => {
  test.each([401, 403, 426, 500])("that gets HTTP %i is not a stream.", async (status) => {
    const body = JSON.stringify({ error: { message: "no" } });
    const { origin } = await serve({ status, headers: { "content-type": "application/json" }, body });
    const { exitCode, report } = await read([origin.replace("http", "ws"), "-d", ASK]);
    expect(exitCode).toBe(7);
    expect(report).toMatchObject({ verdict: "not-a-stream", http: { status }, endedBy: "server" });
  });

  test("with an unreachable or silent server is a network failure.", async () => {
    const refused = await read([`ws://127.0.0.1:${await closedPort()}`]);
    expect(refused).toMatchObject({ exitCode: 6, report: { error: { code: "ECONNREFUSED" } } });
    const silent = await read([`ws://127.0.0.1:${await silentPort()}`, "--head-timeout", "50ms"]);
    expect(silent).toMatchObject({ exitCode: 6, report: { error: { code: "HEAD_TIMEOUT" }, endedBy: "timeout" } });
  });

  test("works with TLS.", async () => {
    const { url } = await serveWebSocket(answering(EVENTS), { tls: local });
    const [file = ""] = captureFiles({ "authority.pem": authority });
    expect((await read([url, "-d", ASK])).report.error?.message).toContain("cannot be verified");
    const trusted = await read([url, "-d", ASK, "--cacert", file]);
    expect(trusted.exitCode).toBe(0);
    expect(trusted.report.timing?.tlsMs).toBeGreaterThan(0);
    const insecure = await read([url, "-d", ASK, "--insecure"]);
    expect(insecure).toMatchObject({ exitCode: 0, stderr: "ssescope: the server's certificate is not verified\n" });
  });

  test("goes through the proxy in the environment, unless the host is excluded.", async () => {
    const plain = await serveWebSocket(answering(EVENTS));
    const secure = await serveWebSocket(answering(EVENTS), { tls: local });
    const proxy = await serveProxy();
    const env = { http_proxy: `http://fox:secret-word@127.0.0.1:${proxy.port}` };
    expect((await read([plain.url, "-d", ASK], { env })).exitCode).toBe(0);
    expect((await read([secure.url, "-d", ASK, "--insecure"], { env })).exitCode).toBe(0);
    const authorization = `Basic ${Buffer.from("fox:secret-word").toString("base64")}`;
    expect(proxy.requests).toEqual([
      { line: `CONNECT 127.0.0.1:${plain.port}`, authorization },
      { line: `CONNECT 127.0.0.1:${secure.port}`, authorization },
    ]);
    for (const none of ["*", "127.0.0.1", `127.0.0.1:${plain.port}`, "x, .0.1"]) {
      expect((await read([plain.url, "-d", ASK], { env: { ...env, no_proxy: none } })).exitCode).toBe(0);
    }
    expect(proxy.requests).toHaveLength(2);
    const refusing = await serveProxy(407);
    const { report } = await read([plain.url], { env: { http_proxy: `127.0.0.1:${refusing.port}` } });
    expect(report.error).toMatchObject({ code: "PROXY_REFUSED", message: expect.stringContaining("407") });
  });
});

describe("A connection", () => {
  const ends: Record<string, [end: (peer: Peer) => void, report: object]> = {
    "1011": [
      ({ socket }) => socket.close(1011, "overloaded"),
      { error: { code: "WEBSOCKET_1011" }, endedBy: "server" },
    ],
    "4001": [({ socket }) => socket.close(4001), { error: { code: "WEBSOCKET_4001" }, endedBy: "server" }],
    "1006": [({ transport }) => transport.end(), { error: { code: "WEBSOCKET_1006" }, endedBy: "server-reset" }],
    "1000": [({ socket }) => socket.close(1000), { error: null, endedBy: "server", verdict: "truncated" }],
    garbage: [({ transport }) => transport.write("not a frame"), { error: { code: "INVALID_WEBSOCKET" } }],
  };
  test.each(Object.entries(ends))("that ends with %s within a response is reported.", async (_, [end, expected]) => {
    const { url } = await serveWebSocket((peer) => {
      const [first = "", ...rest] = EVENTS.slice(0, 4);
      peer.socket.once("message", () => {
        for (const event of rest) peer.socket.send(event);
        peer.socket.send(first, () => end(peer));
      });
    });
    const { report } = await read([url, "-d", ASK]);
    expect(report).toMatchObject({ ...expected, events: 4 });
  });

  test("without messages ends with a timeout.", async () => {
    const { url, seen } = await serveWebSocket();
    for (const option of ["idle-timeout", "max-time"]) {
      const { exitCode, report } = await read([url, `--${option}`, "60ms"]);
      expect(exitCode).toBe(6);
      expect(report).toMatchObject({ error: { code: option.toUpperCase().replace("-", "_") }, endedBy: "timeout" });
    }
    for (const { closed } of seen) expect(await closed).toBe("1000");
  });

  test("is closed cleanly on Ctrl-C.", async () => {
    const { url, seen } = await serveWebSocket(({ socket }) => socket.send('{"type":"session.created"}'));
    const { exitCode, interrupt, stdout } = start([url, "--format", "raw"]);
    await stdout.holds("session.created");
    interrupt();
    expect(await exitCode).toBe(130);
    expect(await seen[0]?.closed).toBe("1000");
  });

  test("with a message over --max-event-size stops at that message.", async () => {
    const large = JSON.stringify({ type: "response.output_text.delta", delta: "x".repeat(5000) });
    const { url } = await serveWebSocket(answering([...EVENTS.slice(0, 2), large, ...EVENTS.slice(2)]));
    const { exitCode, report } = await read([url, "-d", ASK, "--max-event-size", "2kb"]);
    expect(exitCode).toBe(2);
    expect(report).toMatchObject({ verdict: "truncated", events: 2 });
    expect(report.error?.message).toContain("the event at line 3");
  });
});

test.each([
  [["-X", "POST"], "--request is for http URLs"],
  [["-d", '{"a":'], "does not parse"],
])("%j are refused for a WebSocket.", async (options, message) => {
  const { exitCode, stderr } = await run(["ws://127.0.0.1:1/", ...options]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
