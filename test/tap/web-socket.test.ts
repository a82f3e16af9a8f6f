// A WebSocket through a tap is the same as without it: handshake, messages, pings, and how it ends. The server's
// messages are inspected like any stream.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { hey } from "../support/captured.ts";
import { closedPort, listen, serve } from "../support/server.ts";
import { answering, connectWebSocket, messagesOf, type Peer, serveWebSocket } from "../support/web-sockets.ts";
import { type Faults, NO_FAULTS } from "../../src/replay/faults.ts";
import { rawRequest } from "./support/raw-client.ts";
import { tap } from "./support/tap.ts";

const EVENTS = messagesOf(hey);
const ASK = JSON.stringify({ type: "response.create", model: "gpt-5" });
const LAST = EVENTS.length;

async function tapped(greet?: (peer: Peer) => void, options = {}) {
  const server = await serveWebSocket(greet, options);
  const through = await tap(server.origin);
  return { server, ...through, url: through.origin.replace("http", "ws") };
}

describe("The handshake", () => {
  test("arrives with path, query, headers and subprotocols, and the server's response comes back.", async () => {
    const { url, server, reports } = await tapped();
    const headers = { "x-own": "1", authorization: "Bearer sk-very-secret-key" };
    const protocols = ["realtime", "openai-insecure-api-key.sk-other-secret-key"];
    const client = connectWebSocket(`${url}/v1/realtime?model=gpt-realtime`, protocols, { headers });
    const answer = await client.opened;
    expect(client.socket.protocol).toBe("realtime");
    expect(answer.headers["sec-websocket-extensions"]).toBeUndefined();
    client.socket.close(1000);
    await client.closed;
    expect(server.seen[0]?.request).toMatchObject({
      url: "/v1/realtime?model=gpt-realtime",
      headers: {
        "x-own": "1",
        authorization: "Bearer sk-very-secret-key",
        "sec-websocket-protocol": protocols.join(","),
        host: new URL(server.origin).host,
      },
    });
    expect(server.seen[0]?.request.headers["sec-websocket-extensions"]).toBeUndefined();
    const [report] = await reports();
    expect(report).toMatchObject({
      request: { method: "GET", path: "/v1/realtime?model=gpt-realtime", model: "gpt-realtime", stream: true },
      http: { status: 101 },
    });
    expect(JSON.stringify(report)).not.toMatch(/very-secret|other-secret/);
  });

  test("that the upstream refuses is refused with the upstream's response.", async () => {
    const upstream = await serve({ status: 401, statusText: "No", headers: { "x-why": "key" }, body: '{"error":1}' });
    const { port, reports } = await tap(upstream.origin);
    const { head, body, ending } = await rawRequest({ port, head: handshake(), body: "" });
    expect(head[0]).toBe("HTTP/1.1 401 No");
    expect(head).toContain("x-why: key");
    expect({ body: body.toString().replace(/^b\r\n|\r\n0\r\n\r\n$/g, ""), ending }).toEqual({
      body: '{"error":1}',
      ending: "whole",
    });
    expect(await reports()).toMatchObject([{ verdict: "not-a-stream", http: { status: 401 }, endedBy: "server" }]);
  });

  test("keeps its path as sent, after the path of the upstream.", async () => {
    const server = await serveWebSocket();
    const { port } = await tap(`${server.origin}/base`);
    const { head } = await rawRequest({
      port,
      head: ["GET /v1/x%2Fy/../z;a=b?q=%7B HTTP/1.1", ...handshake().slice(1)],
      body: "",
      leaveAfter: 1,
    });
    expect(head[0]).toBe("HTTP/1.1 101 Switching Protocols");
    expect(server.seen[0]?.request.url).toBe("/base/v1/x%2Fy/../z;a=b?q=%7B");
  });

  test("to an unreachable upstream ends with a reset.", async () => {
    const { origin, reports } = await tap(`http://127.0.0.1:${await closedPort()}`);
    await expect(connectWebSocket(origin).opened).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(await reports()).toMatchObject([{ verdict: "transport-error", error: { code: "ECONNREFUSED" } }]);
  });

  test("that is invalid gets HTTP 400.", async () => {
    const { port, reports } = await tapped();
    const head = handshake().filter((line) => !line.startsWith("Sec-WebSocket-Key"));
    expect((await rawRequest({ port, head, body: "" })).head[0]).toBe("HTTP/1.1 400 Bad Request");
    expect(await reports()).toMatchObject([{ error: { code: "WEBSOCKET_HANDSHAKE" } }]);
  });

  test("of a page of another site is refused.", async () => {
    const { url, refusals, server } = await tapped();
    for (const origin of ["https://evil.example", "null"]) {
      await expect(connectWebSocket(url, [], { origin }).opened).rejects.toThrow("403");
    }
    expect(refusals).toEqual(Array(2).fill("a web page of another site requested a WebSocket"));
    for (const origin of ["http://localhost:3000", server.origin, "file://"]) {
      await connectWebSocket(url, [], { origin }).opened;
    }
    expect(server.seen).toHaveLength(3);
  });

  test("can be refused by fault injection.", async () => {
    const server = await serveWebSocket();
    const faults = { ...NO_FAULTS, status: 529 };
    const { origin, reports } = await tap(server.origin, { faults, faulty: 1 });
    await expect(connectWebSocket(origin).opened).rejects.toThrow("529");
    const client = connectWebSocket(origin);
    await client.opened;
    client.socket.close();
    expect((await reports()).at(0)).toMatchObject({ http: { status: 529 } });
  });
});

describe("With injected faults, a server's messages", () => {
  const faults: Record<string, [faults: Partial<Faults>, messages: number, report: object]> = {
    "are cut": [{ cutAfter: { unit: "events", count: 3 } }, 3, { verdict: "truncated", endedBy: "server" }],
    "are cut by a reset": [
      { cutAfter: { unit: "events", count: 3 }, reset: true },
      3,
      { verdict: "transport-error", endedBy: "server-reset" },
    ],
    "are left out": [{ drop: new Set([4]) }, 8, { findingCounts: { "sequence-gap": 1 } }],
    "are repeated": [{ repeat: new Set([4]) }, 10, { endedBy: "server" }],
  };

  test.each(Object.entries(faults))("%s.", async (_, [fault, messages, report]) => {
    const server = await serveWebSocket((peer) => {
      answering(EVENTS)(peer);
      peer.socket.once("message", () => peer.socket.close(1000));
    });
    const { origin, reports } = await tap(server.origin, { faults: { ...NO_FAULTS, ...fault } });
    const client = connectWebSocket(`${origin}/v1/responses`);
    await client.opened;
    client.socket.send(ASK);
    await client.closed;
    expect(client.messages).toHaveLength(messages);
    expect(await reports()).toMatchObject([{ events: messages, ...report }]);
  });

  test("stop until the client gives up.", async () => {
    const server = await serveWebSocket(answering(EVENTS));
    const { origin, reports } = await tap(server.origin, { faults: { ...NO_FAULTS, stallAfter: 3 } });
    const client = connectWebSocket(`${origin}/v1/responses`);
    await client.opened;
    client.socket.send(ASK);
    await client.has(3);
    client.socket.close();
    expect(await reports()).toMatchObject([{ events: 3, endedBy: "client" }]);
  });
});

test("An upgrade to something else is ignored, even with a body, and the request is served.", async () => {
  const upstream = await serve({ body: "data: hey\n\n" });
  const { port } = await tap(upstream.origin);
  const head = [
    "POST /v1/x HTTP/1.1",
    "Connection: Upgrade, HTTP2-Settings, close",
    "Upgrade: h2c",
    "HTTP2-Settings: AA",
  ];
  const { body } = await rawRequest({ port, head, body: "ä".repeat(10) });
  expect(body.toString()).toContain("data: hey");
  expect(upstream.requests[0]).toMatchObject({ method: "POST", url: "/v1/x", body: "ä".repeat(10) });
  expect(upstream.requests[0]?.headers).not.toHaveProperty("upgrade");
});

describe("Messages", () => {
  test("arrive as text or binary, with pings and pongs, both ways and in order.", async () => {
    const { url, server } = await tapped(({ socket }) => {
      socket.send("text ä");
      socket.send(Buffer.from("binary"));
      socket.send("");
      socket.ping("p1");
      socket.pong("p2");
    });
    const client = connectWebSocket(url);
    await client.opened;
    await client.has(5);
    expect(client.messages).toEqual(["text:text ä", "binary:binary", "text:", "ping:p1", "pong:p2"]);
    client.socket.send(Buffer.from([1, 2]));
    client.socket.ping("q1");
    client.socket.pong("q2");
    client.socket.send("last");
    client.socket.close(4001, "enough");
    await client.closed;
    expect(server.seen[0]?.messages).toEqual(["binary:\u0001\u0002", "ping:q1", "pong:q2", "text:last"]);
    expect(await server.seen[0]?.closed).toBe("4001 enough");
  });

  test("in fragments are joined, also if server and client offer compression.", async () => {
    const { url, server } = await tapped(
      ({ socket }) => {
        socket.send("one ", { fin: false });
        socket.send("two ", { fin: false });
        socket.send("three", { fin: true });
      },
      { isCompressed: true },
    );
    const client = connectWebSocket(url, [], { perMessageDeflate: true });
    await client.has(1);
    expect(client.messages).toEqual(["text:one two three"]);
    client.socket.send("a", { fin: false });
    client.socket.send("b", { fin: true });
    client.socket.close();
    await client.closed;
    expect(server.seen[0]?.messages).toEqual(["text:ab"]);
  });

  test("are held back while the other side does not read.", async () => {
    const part = "x".repeat(1024 * 1024);
    const { url } = await tapped(({ socket }) => {
      for (let count = 0; count < 64; count += 1) socket.send(part);
    });
    const client = connectWebSocket(url);
    await client.opened;
    client.socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = client.messages.length;
    client.socket.resume();
    await client.has(64);
    expect(before).toBeLessThan(64);
  });
});

describe("The stream", () => {
  test("of a response is inspected like one of Server-Sent Events.", async () => {
    const { url, reports } = await tapped(answering(EVENTS));
    const client = connectWebSocket(`${url}/v1/responses`);
    await client.opened;
    client.socket.send(ASK);
    await client.has(LAST);
    client.socket.close(1000);
    expect(await reports()).toMatchObject([
      {
        framing: "websocket",
        dialect: "openai-responses",
        verdict: "completed",
        exitCode: 0,
        endedBy: "client",
        error: null,
        events: LAST,
        request: { method: "GET", path: "/v1/responses", model: "gpt-5", stream: true },
        responses: [{ text: "hey" }],
        findings: [],
      },
    ]);
  });

  test("of Gemini's Live API can be binary messages with several lines.", async () => {
    const events = [
      { setupComplete: {} },
      { serverContent: { modelTurn: { parts: [{ text: "he" }] } } },
      { serverContent: { modelTurn: { parts: [{ text: "y" }] } } },
      {
        serverContent: { turnComplete: true },
        usageMetadata: { promptTokenCount: 2, responseTokenCount: 1, totalTokenCount: 3 },
      },
    ];
    const { url, reports } = await tapped(({ socket }) =>
      socket.once("message", () => {
        for (const event of events) socket.send(Buffer.from(`${JSON.stringify(event, null, 2)}\n`));
      }),
    );
    const client = connectWebSocket(
      `${url}/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent`,
    );
    await client.opened;
    client.socket.send(JSON.stringify({ setup: { model: "models/gemini-live" } }));
    await client.has(events.length);
    client.socket.close();
    expect(await reports()).toMatchObject([
      {
        dialect: "gemini-live",
        verdict: "completed",
        request: { model: "models/gemini-live" },
        responses: [{ text: "hey", usage: { totalTokens: 3 } }],
        findings: [],
      },
    ]);
  });

  test("with a message over the event limit is inspected up to it, and fully relayed.", async () => {
    const large = JSON.stringify({ type: "response.output_text.delta", delta: "x".repeat(2 * 1024 * 1024) });
    const { url, reports } = await tapped(answering([...EVENTS.slice(0, 2), large, ...EVENTS.slice(2)]));
    const client = connectWebSocket(url);
    await client.opened;
    client.socket.send(ASK);
    await client.has(LAST + 1);
    client.socket.close();
    expect(await reports()).toMatchObject([{ verdict: "truncated", exitCode: 2, events: 2 }]);
  });

  test("of 200 concurrent WebSockets do not mix.", async () => {
    const { url, reports } = await tapped(({ socket, request }) =>
      socket.on("message", () => EVENTS.forEach((event) => socket.send(event.replaceAll("hey", request.url ?? "")))),
    );
    const clients = Array.from({ length: 200 }, async (_, number) => {
      const client = connectWebSocket(`${url}/${number}`);
      await client.opened;
      client.socket.send(ASK);
      await client.has(LAST);
      client.socket.close();
      await client.closed;
    });
    await Promise.all(clients);
    const all = await reports();
    expect(all).toHaveLength(200);
    for (const { request, responses, verdict } of all) {
      expect([verdict, responses[0]?.text]).toEqual(["completed", request?.path]);
    }
  });
});

describe("The end", () => {
  const ends: Record<string, [end: (peer: Peer) => void, seen: RegExp, report: object]> = {
    cleanly: [({ socket }) => socket.close(1000, "bye"), /^1000 bye$/, { endedBy: "server", verdict: "truncated" }],
    "without a code": [({ socket }) => socket.close(), /^1005$/, { endedBy: "server", verdict: "truncated" }],
    "with an error": [
      ({ socket }) => socket.close(1011, "overloaded"),
      /^1011 overloaded$/,
      { endedBy: "server", error: { code: "WEBSOCKET_1011", message: expect.stringContaining("overloaded") } },
    ],
    "with a code of the application": [
      ({ socket }) => socket.close(4003),
      /^4003$/,
      { endedBy: "server", error: { code: "WEBSOCKET_4003" } },
    ],
    "without a close frame": [
      ({ transport }) => transport.end(),
      /^1006$/,
      { endedBy: "server-reset", error: { code: "WEBSOCKET_1006" } },
    ],
    "with a reset": [
      ({ transport }) => transport.resetAndDestroy(),
      /^1006$/,
      { endedBy: "server-reset", error: { code: "ECONNRESET" } },
    ],
  };
  test.each(Object.entries(ends))("by the server %s reaches the client and the report.", async (_, row) => {
    const [end, seen, report] = row;
    const { url, reports } = await tapped((peer) => {
      answering(EVENTS.slice(0, 4))(peer);
      // A reset that arrives with data looks like a clean end, so wait until the client has the data.
      peer.socket.once("pong", () => end(peer));
    });
    const client = connectWebSocket(url);
    await client.opened;
    client.socket.send(ASK);
    await client.has(4);
    client.socket.pong();
    expect(await client.closed).toMatch(seen);
    expect(client.messages).toHaveLength(4);
    expect(await reports()).toMatchObject([{ ...report, events: 4 }]);
  });

  test.each([0, 1, 4, LAST])("by the client after %i messages leaves nothing open.", async (count) => {
    const { url, reports, server } = await tapped(answering(EVENTS));
    const client = connectWebSocket(url);
    await client.opened;
    client.socket.send(ASK);
    await client.has(count);
    client.socket.terminate();
    const [report] = await reports();
    expect(report).toMatchObject({ endedBy: "client" });
    expect(await server.seen[0]?.closed).toMatch(/^1006/);
  });

  test("by a client that sent nothing is not a failure.", async () => {
    const { url, reports } = await tapped();
    const client = connectWebSocket(url);
    await client.opened;
    client.socket.close();
    expect(await reports()).toMatchObject([{ verdict: "ended", exitCode: 0, endedBy: "client", error: null }]);
  });

  test("by a client that sent a request and got nothing is a failure.", async () => {
    const { url, reports } = await tapped();
    const client = connectWebSocket(url);
    await client.opened;
    client.socket.send(ASK);
    client.socket.close();
    expect(await reports()).toMatchObject([{ verdict: "transport-error", error: { code: "CLIENT_CLOSED" } }]);
  });

  test("by a client that got an error keeps the error's verdict.", async () => {
    const error = { type: "error", status: 429, error: { type: "usage_limit_reached", message: "no more today" } };
    const { url, reports } = await tapped(answering([JSON.stringify(error)]));
    const client = connectWebSocket(url);
    await client.opened;
    client.socket.send(ASK);
    await client.has(1);
    client.socket.close();
    expect(await reports()).toMatchObject([{ verdict: "failed", endedBy: "client", events: 1 }]);
  });

  test("by a client that does not wait for the response reaches the upstream.", async () => {
    const upstream = await serve({ body: [new Promise(() => {})] });
    const { port, reports } = await tap(upstream.origin);
    const socket = connect(port, "127.0.0.1");
    socket.write([...handshake(), `Host: 127.0.0.1:${port}`, "", ""].join("\r\n"));
    await once(socket, "data");
    socket.destroy();
    expect(await reports()).toMatchObject([{ endedBy: "client" }]);
    await upstream.requests[0]?.closed;
  });

  test("by a client before the handshake is answered reaches the upstream.", async () => {
    const silent = createServer();
    const asked = once(silent, "connection");
    const { port, reports } = await tap(`http://127.0.0.1:${await listen(silent)}`);
    const socket = connect(port, "127.0.0.1");
    socket.write([...handshake(), `Host: 127.0.0.1:${port}`, "", ""].join("\r\n"));
    const [connection] = await asked;
    socket.on("error", () => {}).end();
    expect(await reports()).toMatchObject([{ endedBy: "client", verdict: "transport-error" }]);
    connection.resume();
    if (!connection.closed) await once(connection, "close");
  });
});

function handshake(): string[] {
  return [
    "GET /v1/responses HTTP/1.1",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
}
