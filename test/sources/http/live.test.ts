// Reading a live stream: output as it arrives, silence, and stopping early.
import { place } from "../../support/io.ts";
import { once } from "node:events";
import { createServer } from "node:net";
import { Writable } from "node:stream";
import { createGzip } from "node:zlib";
import { describe, expect, test } from "vitest";
import { main } from "../../../src/cli.ts";
import { hey, heyAfterDelta, heyUntilDelta } from "../../support/captured.ts";
import { createGate, start } from "../../support/live.ts";
import { parseReport } from "../../support/read-report.ts";
import { readWaiting } from "../../support/read-waiting.ts";
import { listen, serve } from "../../support/server.ts";
import { answer, textDelta, event } from "../../support/stream.ts";
import { runProgram } from "../../support/run-program.ts";

const never = new Promise<never>(() => {});

test("A delta is shown before the server sends the next one.", async () => {
  const texts = ["One", ", two", ", three"];
  const pieces = answer(...texts).split(/(?<=\n\n)/);
  const gates = texts.map(createGate);
  let deltas = 0;
  const body = pieces.flatMap((piece) => {
    const gate = piece.startsWith("event: response.output_text.delta") ? gates[deltas++] : undefined;
    return gate === undefined ? [piece] : [piece, gate.opened];
  });
  const { origin } = await serve({ body });
  const { stdout, exitCode } = start([origin]);
  for (const [index, gate] of gates.entries()) {
    await stdout.holds(texts.slice(0, index + 1).join(""));
    expect(stdout.text()).toBe(texts.slice(0, index + 1).join(""));
    gate.open();
  }
  expect(await exitCode).toBe(0);
});

test.each(["events", "wire", "facts", "raw"])("The format %s prints events live too.", async (format) => {
  const gate = createGate();
  const { origin } = await serve({ body: [heyUntilDelta, gate.opened, heyAfterDelta] });
  const { stdout, exitCode } = start([origin, "--format", format]);
  await stdout.holds("hey");
  gate.open();
  expect(await exitCode).toBe(0);
});

test("HTTP chunks that arrive together are one read.", async () => {
  const delta = event(textDelta("a"));
  const packet = `${delta.length.toString(16)}\r\n${delta}\r\n`.repeat(20);
  const gates = [createGate(), createGate()];
  const server = createServer(async (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n${packet}`);
    for (const { opened } of gates) {
      await opened;
      socket.write(packet);
    }
    socket.end("0\r\n\r\n");
  });
  const { stdout, exitCode } = start([`http://127.0.0.1:${await listen(server)}/`, "--format", "facts"]);
  for (const [index, gate] of gates.entries()) {
    await stdout.holds(`"event":${index * 20 + 19}}`);
    gate.open();
  }
  await exitCode;
  const report = parseReport(stdout.text().trimEnd().split("\n").at(-1) ?? "");
  expect(report.timing?.reads).toEqual({ count: 3, eventsPerRead: { p50: 20, max: 20 } });
});

test("A delta of a compressed body is shown before the next one if the server flushes.", async () => {
  const gate = createGate();
  const gzip = createGzip();
  const takeFlushed = async (bytes: Uint8Array): Promise<Buffer> => {
    gzip.write(bytes);
    await new Promise<void>((resolve) => gzip.flush(resolve));
    return readWaiting(gzip);
  };
  const first = await takeFlushed(heyUntilDelta);
  const second = await takeFlushed(heyAfterDelta);
  gzip.end();
  await once(gzip, "readable");
  const rest = readWaiting(gzip);
  const headers = { "content-type": "text/event-stream", "content-encoding": "gzip" };
  const { origin } = await serve({
    headers,
    body: [first, gate.opened, second, rest],
  });
  const { stdout, exitCode } = start([origin]);
  await stdout.holds("hey");
  gate.open();
  expect(await exitCode).toBe(0);
});

describe("An interrupt", () => {
  test("in the middle closes the connection and prints the summary so far.", async () => {
    const server = await serve({ body: [heyUntilDelta, never] });
    const { stdout, stderr, exitCode, interrupt } = start([server.origin]);
    await stdout.holds("hey");
    interrupt();
    expect(await exitCode).toBe(130);
    expect(stdout.text()).toBe("hey");
    expect(stderr.text()).toMatch(/^\n✗ truncated {2}openai-responses {2}exit 130 {2}interrupted\n/);
    expect(stderr.text()).not.toContain("no-terminal");
    await server.requests[0]?.closed;
  });

  test("in the middle of a compressed body ends the same.", async () => {
    const headers = { "content-type": "text/event-stream", "content-encoding": "gzip" };
    const gzip = createGzip();
    gzip.write(heyUntilDelta);
    await new Promise<void>((resolve) => gzip.flush(resolve));
    const server = await serve({ headers, body: [readWaiting(gzip), never] });
    const { stdout, exitCode, interrupt } = start([server.origin]);
    await stdout.holds("hey");
    interrupt();
    expect(await exitCode).toBe(130);
    await server.requests[0]?.closed;
  });

  test("before the response ends the same, and no later source is read.", async () => {
    const asked = createGate();
    const server = await serve(() => {
      asked.open();
      return { body: [never] };
    });
    const { stdout, exitCode, interrupt } = start([server.origin, server.origin, "--json"]);
    await asked.opened;
    interrupt();
    expect(await exitCode).toBe(130);
    expect(parseReport(stdout.text())).toMatchObject({ interrupted: true, exitCode: 130, responses: [] });
    expect(server.requests).toHaveLength(1);
    await server.requests[0]?.closed;
  });
});

test("An event over the size limit closes the connection after the earlier text is shown.", async () => {
  const server = await serve({ body: [hey, event(textDelta("x".repeat(100_000))), never] });
  const { stdout, stderr, exitCode } = start([server.origin, "--max-event-size", "10k"]);
  expect(await exitCode).toBe(2);
  expect(stdout.text()).toBe("hey");
  expect(stderr.text()).toContain("is larger than 10240 bytes");
  await server.requests[0]?.closed;
});

test("If the output is closed, the connection is closed, and that is not a failure.", async () => {
  const server = await serve({ body: [heyUntilDelta, never] });
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" })),
  });
  const { signal } = new AbortController();
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  expect(
    await main([server.origin], {
      stdin: process.stdin,
      stdout,
      stderr,
      env: {},
      ...place,
      runProgram,
      interrupt: signal,
    }),
  ).toBe(0);
  await server.requests[0]?.closed;
});
