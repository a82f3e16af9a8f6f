// Responses that end early, for every way to delimit a body: the client sees the same end with a tap as without it, and
// the report says who ended it. Reading the URL directly must give the same report.
import { createServer } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { NO_FAULTS } from "../../src/replay/faults.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { listen, serve } from "../support/server.ts";
import { rawRequest } from "./support/raw-client.ts";
import { tap } from "./support/tap.ts";

const EVENT = 'data: {"choices":[{"index":0,"delta":{"content":"High"},"finish_reason":null}]}\n\n';
const CHUNK = `${EVENT.length.toString(16)}\r\n${EVENT}\r\n`;

/** How a server delimits its body, and the part that it sends. */
const LENGTHS = {
  "in chunks": ["Transfer-Encoding: chunked", CHUNK],
  "in chunks, before it closes": ["Connection: close\r\nTransfer-Encoding: chunked", CHUNK],
  "of a stated length": ["Content-Length: 9999", EVENT],
  "of a stated length, before it closes": ["Connection: close\r\nContent-Length: 9999", EVENT],
  "until it closes": ["Connection: close", EVENT],
} as const;

/** Sends the beginning of a response, and then ends the connection. */
async function serveBroken([length, body]: readonly [string, string], isReset: boolean): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n${length}\r\n\r\n${body}`);
      setTimeout(() => (isReset ? socket.resetAndDestroy() : socket.end()), 100);
    });
  });
  return listen(server);
}

describe.each(Object.entries(LENGTHS))("A body %s", (name, sent) => {
  test("that is reset.", async () => {
    const port = await serveBroken(sent, true);
    const tapped = await tap(`http://127.0.0.1:${port}`);
    expect((await rawRequest({ port: tapped.port })).ending).toBe("reset");
    const report = { verdict: "transport-error", endedBy: "server-reset", error: { code: "ECONNRESET" } };
    expect(await tapped.reports()).toMatchObject([report]);
    expect(parseReport((await run([`http://127.0.0.1:${port}`, "--json"])).stdout)).toMatchObject(report);
  });

  test("that is cut by a clean close.", async () => {
    const port = await serveBroken(sent, false);
    const tapped = await tap(`http://127.0.0.1:${port}`);
    const { ending, body } = await rawRequest({ port: tapped.port });
    expect([ending, body.toString()]).toEqual([name === "until it closes" ? "whole" : "closed", EVENT]);
    expect(await tapped.reports()).toMatchObject([{ endedBy: "server" }]);
    const { verdict } = parseReport((await run([`http://127.0.0.1:${port}`, "--json"])).stdout);
    expect(verdict).toBe(name === "until it closes" ? "truncated" : "transport-error");
  });
});

test.each([304, 302])("HTTP %i is not a failure: the program handles it.", async (status) => {
  const server = createServer((socket) => {
    socket.once("data", () =>
      socket.end(`HTTP/1.1 ${status} Any\r\nContent-Length: ${status === 304 ? 50 : 0}\r\n\r\n`),
    );
  });
  const tapped = await tap(`http://127.0.0.1:${await listen(server)}`);
  const { head } = await rawRequest({ port: tapped.port });
  expect(head[0]).toBe(`HTTP/1.1 ${status} Any`);
  expect(await tapped.reports()).toMatchObject([{ verdict: "ended", exitCode: 0 }]);
});

test("A client of HTTP/1.0 gets no trailers.", async () => {
  const server = createServer((socket) => {
    socket.once("data", () =>
      socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: x-t\r\n\r\n${CHUNK}0\r\nx-t: 1\r\n\r\n`),
    );
  });
  const tapped = await tap(`http://127.0.0.1:${await listen(server)}`);
  const { head, body } = await rawRequest({ port: tapped.port, head: ["GET / HTTP/1.0"] });
  expect([head[0], body.toString()]).toEqual(["HTTP/1.1 200 OK", EVENT]);
});

test("A request with a whole URL is forwarded by its path; a tunnel is refused.", async () => {
  const upstream = await serve({ body: EVENT });
  const { port, refusals } = await tap(upstream.origin);
  await rawRequest({ port, head: [`GET http://127.0.0.1:${port}/v1/x?y HTTP/1.1`] });
  const refused = await rawRequest({ port, head: ["CONNECT api.example:443 HTTP/1.1"], body: "" });
  expect(upstream.requests.map(({ url }) => url)).toEqual(["/v1/x?y"]);
  expect(refused.head[0]).toBe("HTTP/1.1 405 Method Not Allowed");
  expect(refusals).toEqual(["this is not a proxy; use it as the base URL of the API"]);
});

test.each(["gzip", "br"])("Faults count the events of a body in %s.", async (coding) => {
  const events = [0, 1, 2].map((index) => `data: ${index}\n\n`);
  const body = coding === "gzip" ? gzipSync(events.join("")) : brotliCompressSync(events.join(""));
  const upstream = await serve({ headers: { "content-type": "text/event-stream", "content-encoding": coding }, body });
  const { origin } = await tap(upstream.origin, { faults: { ...NO_FAULTS, drop: new Set([1]) } });
  const response = await fetch(origin);
  expect([response.headers.get("content-encoding"), await response.text()]).toEqual([null, `${events[0]}${events[2]}`]);
});
