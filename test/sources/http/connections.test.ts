// Connecting to a server: TLS, HTTP/2, proxies, and timing.
import { createSecureServer } from "node:http2";
import { readFileSync } from "node:fs";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createConnector } from "../../../src/sources/http/connector.ts";
import { notEnded } from "../../../src/sources/http/connection-end.ts";
import { readNetwork } from "../../../src/sources/http/network.ts";
import { hey } from "../../support/captured.ts";
import { captureFiles, temporaryDirectory } from "../../support/files.ts";
import { run } from "../../support/io.ts";
import { authority, local, other } from "../../support/private-authority.ts";
import { serveProxy } from "../../support/proxy.ts";
import { parseReport } from "../../support/read-report.ts";
import { closedPort, listen, serve } from "../../support/server.ts";

const OPTIONS = {
  connectTimeoutMs: 10_000,
  headTimeoutMs: null,
  idleTimeoutMs: null,
  maxTimeMs: null,
  retries: 0,
  caFile: null,
  insecure: false,
  http2: false,
  locationTrusted: false,
};

async function errorOf(...argv: readonly string[]) {
  const { exitCode, stdout } = await run([...argv, "--json"]);
  expect(exitCode).toBe(6);
  return parseReport(stdout).error;
}

describe("TLS", () => {
  test("with a private authority is refused unless the authority is trusted.", async () => {
    const { origin } = await serve({ body: hey }, { tls: local });
    const [file = ""] = captureFiles({ "authority.pem": authority });
    expect((await errorOf(origin))?.message).toContain("cannot be verified");
    const { exitCode, stdout, stderr } = await run([origin, "--json", "--cacert", file]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const { timing } = parseReport(stdout);
    expect(timing?.connectMs).toBeGreaterThan(0);
    expect(timing?.tlsMs).toBeGreaterThan(0);
    expect(timing?.ttfbMs).toBeGreaterThanOrEqual((timing?.connectMs ?? 0) + (timing?.tlsMs ?? 0));
  });

  test("with a wrong name is refused, even from a trusted authority; --insecure warns.", async () => {
    const { origin } = await serve({ body: hey }, { tls: other });
    const [file = ""] = captureFiles({ "authority.pem": authority });
    expect(await errorOf(origin, "--cacert", file)).toMatchObject({
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
      message: expect.stringContaining("the server's certificate is for another name"),
    });
    const { exitCode, stderr } = await run([origin, "--json", "--insecure"]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe("ssescope: the server's certificate is not verified\n");
  });

  test.each([
    ["that does not exist", "no-such.pem", "no such file"],
    ["without a certificate", "package.json", "contains no certificate"],
  ])("authorities in a file %s are wrong usage.", async (_, file, message) => {
    const { exitCode, stderr } = await run(["https://127.0.0.1:1/", "--cacert", file]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

test("--http2 uses HTTP/2.", async () => {
  const versions: string[] = [];
  const server = createSecureServer({ ...local, allowHTTP1: true }, (request, response) => {
    versions.push(request.httpVersion);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(hey);
  });
  const port = await listen(server);
  for (const options of [[], ["--http2"]]) {
    const { exitCode, stdout } = await run([`https://127.0.0.1:${port}/`, "--insecure", "-q", ...options]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "hey" });
  }
  expect(versions).toEqual(["1.1", "2.0"]);
});

test("A connection without TLS is timed.", async () => {
  const { origin } = await serve({ body: hey });
  const { timing } = parseReport((await run([origin, "--json"])).stdout);
  expect(timing?.tlsMs).toBeNull();
  expect(timing?.connectMs).toBeGreaterThan(0);
  expect(timing?.ttfbMs).toBeGreaterThan(timing?.connectMs ?? Infinity);
});

describe("A proxy in the environment", () => {
  test("tunnels to https, and its password is sent and never shown.", async () => {
    const { origin, port } = await serve({ body: hey }, { tls: local });
    const proxy = await serveProxy();
    const env = { https_proxy: `http://me:proxy-password@127.0.0.1:${proxy.port}` };
    const { exitCode, stdout, stderr } = await run([origin, "--json", "--insecure"], { env });
    expect(exitCode).toBe(0);
    const authorization = `Basic ${Buffer.from("me:proxy-password").toString("base64")}`;
    expect(proxy.requests).toEqual([{ line: `CONNECT 127.0.0.1:${port}`, authorization }]);
    expect(stdout + stderr).not.toContain("proxy-password");
    const { timing } = parseReport(stdout);
    expect(timing?.connectMs).toBeGreaterThan(0);
    expect(timing?.tlsMs).toBeGreaterThan(0);
    expect(timing?.ttfbMs).toBeGreaterThan((timing?.connectMs ?? Infinity) + (timing?.tlsMs ?? 0));
  });

  test("has its credentials hidden in a stream that echoes them, and in the recording.", async () => {
    const credentials = Buffer.from("me:proxy-password").toString("base64");
    const { origin } = await serve({ body: `data: {"you":"proxy-password","sent":"Basic ${credentials}"}\n\n` });
    const proxy = await serveProxy();
    const env = { http_proxy: `http://me:proxy-password@127.0.0.1:${proxy.port}` };
    const path = join(temporaryDirectory(), "capture.sse");
    const { stdout } = await run([origin, "--format", "raw", "--record", path], { env });
    expect(stdout).toBe('data: {"you":"REDACTED","sent":"Basic REDACTED"}\n\n');
    expect(readFileSync(path, "utf8")).toBe(stdout);
  });

  test("forwards http requests, even if its URL has no scheme.", async () => {
    const { origin } = await serve({ body: hey });
    const proxy = await serveProxy();
    const env = { HTTP_PROXY: `127.0.0.1:${proxy.port}` };
    const { exitCode, stdout } = await run([`${origin}/v1`, "--json"], { env });
    expect(exitCode).toBe(0);
    expect(parseReport(stdout).timing?.connectMs).toBeGreaterThan(0);
    expect(parseReport(stdout).timing?.tlsMs).toBeNull();
    expect(proxy.requests).toEqual([{ line: `GET ${origin}/v1`, authorization: null }]);
  });

  test("is not used for hosts in no_proxy.", async () => {
    const { origin } = await serve({ body: hey });
    const proxy = await serveProxy();
    const env = { http_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: "127.0.0.1" };
    expect((await run([origin], { env })).exitCode).toBe(0);
    expect(proxy.requests).toEqual([]);
  });

  test("that refuses has its own error code.", async () => {
    const proxy = await serveProxy(403);
    const env = { https_proxy: `http://me:proxy-password@127.0.0.1:${proxy.port}` };
    const { exitCode, stdout } = await run(["https://api.example/v1", "--json"], { env });
    expect(exitCode).toBe(6);
    expect(parseReport(stdout).error).toEqual({
      type: null,
      code: "PROXY_REFUSED",
      message: "the proxy refused the connection: HTTP 403",
    });
  });

  test("that closes the connection or is silent in place of a tunnel is an error after one attempt.", async () => {
    for (const [answers, code] of [
      [false, "CONNECT_TIMEOUT"],
      [true, "PROXY_CLOSED"],
    ] as const) {
      let asked = 0;
      const proxy = createTcpServer((socket) => {
        socket.on("error", () => {});
        socket.on("data", () => {
          asked += 1;
          if (answers) socket.end();
        });
      });
      const env = { https_proxy: `http://me:secret-word@127.0.0.1:${await listen(proxy)}` };
      const limit = answers ? "60s" : "0.2s";
      const { exitCode, stdout } = await run(["https://api.example/v1", "--json", "--connect-timeout", limit], { env });
      expect(exitCode).toBe(6);
      expect(parseReport(stdout).error?.code).toBe(code);
      // A time limit may run out before the proxy is asked.
      expect(answers ? [1] : [0, 1]).toContain(asked);
    }
  });

  test("is used by its origin, whatever path its URL has.", async () => {
    const { origin } = await serve({ body: hey });
    const proxy = await serveProxy();
    const env = { http_proxy: `http://127.0.0.1:${proxy.port}/some/path?x=1` };
    expect((await run([`${origin}/v1`], { env })).exitCode).toBe(0);
    expect(proxy.requests).toHaveLength(1);
  });

  test("that is unreachable is mentioned in the error.", async () => {
    const env = { http_proxy: `http://127.0.0.1:${await closedPort()}` };
    const { stdout } = await run(["http://api.example/v1", "--json"], { env });
    expect(parseReport(stdout).error?.message).toBe(
      "the connection was refused (api.example; a proxy is set in the environment)",
    );
  });

  test("that is not a URL is wrong usage, and is not shown.", async () => {
    const { exitCode, stderr } = await run(["http://api.example/v1"], { env: { http_proxy: "socks5://secret@x" } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("the proxy in the environment variable http_proxy is not an http or https URL");
    expect(stderr).not.toContain("secret");
  });
});

/** Connects to this machine by its name; returns the error. */
async function connectTo(typedHost: string): Promise<Error | null> {
  const { port } = await serve({ body: hey });
  const network = await readNetwork(OPTIONS, {});
  const connect = createConnector(network, typedHost, { tcpAtMs: null, tunnelAtMs: null, tlsAtMs: null }, notEnded());
  return new Promise<Error | null>((resolve) => {
    connect({ hostname: "localhost", protocol: "http:", port: String(port) }, (error, socket) => {
      socket?.destroy();
      resolve(error);
    });
  });
}

describe("safety 15: a host from a redirect that resolves to this machine", () => {
  test("is not connected to.", async () => {
    expect(await connectTo("example.com")).toMatchObject({ code: "LOCAL_ADDRESS" });
  });

  test("is connected to if the user named it, or this machine.", async () => {
    for (const typed of ["localhost", "127.0.0.1"]) expect(await connectTo(typed)).toBeNull();
  });
});

describe("Invalid HTTP", () => {
  test.each([
    ["from the first byte on", "HELLO I AM NOT HTTP\r\n\r\n"],
    [
      "in the middle of a body",
      `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n9\r\ndata: x\n\n\r\nno length\r\n`,
    ],
  ])("is a network error, %s.", async (_, answer) => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(answer));
    });
    const { exitCode, stdout } = await run([`http://127.0.0.1:${await listen(server)}/`, "--json"]);
    expect(exitCode).toBe(6);
    const { verdict, error } = parseReport(stdout);
    expect(verdict).toBe("transport-error");
    expect(error).toMatchObject({ code: "INVALID_HTTP" });
  });
});
