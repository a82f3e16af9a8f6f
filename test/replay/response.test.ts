// A response of a replay: its headers, and how it ends.
import { get } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Chunk } from "../../src/model/chunk.ts";
import type { HttpExchange } from "../../src/model/http-head.ts";
import { type Faults, NO_FAULTS } from "../../src/replay/faults.ts";
import { startReplay } from "../../src/replay/server.ts";
import { createTurns } from "../../src/replay/turns.ts";
import type { Input } from "../../src/sources/input.ts";
import type { Source } from "../../src/sources/source.ts";
import { jumpingClock, manualClock } from "../support/clocks.ts";
import { fileSource } from "../../src/sources/file.ts";
import { temporaryDirectory } from "../support/files.ts";
import { captureOf, serveReplay } from "../support/replay.ts";

const EVENTS = [0, 1, 2].map((index) => `data: ${index}\n\n`);

async function* oneChunk(): AsyncGenerator<Chunk> {
  yield { bytes: Buffer.from(EVENTS.join("")), atMs: 0 };
}

/** A recording with all events in one chunk; `input`: its other fields. */
function recording(input: Partial<Input> = {}): Source {
  const timed = { exchange: null, opening: null, closing: () => ({ endMs: 1, heldBackMs: 0 }) };
  return { name: "capture", open: async () => ({ ...timed, chunks: oneChunk(), ...input }) };
}

function exchangeWith(headers: Readonly<Record<string, string>>): HttpExchange {
  return {
    request: { method: "GET", url: "https://example.com/", headers: {} },
    response: { status: 203, statusText: "Odd", headers },
  };
}

async function bodyOf(source: Source, faults: Partial<Faults>): Promise<string> {
  const { origin } = await serveReplay(source, { faults: { ...NO_FAULTS, ...faults } });
  return (await fetch(origin)).text();
}

describe("A recording whose events arrived together can have faults in single events:", () => {
  test.each<[string, Partial<Faults>, string]>([
    ["none", {}, EVENTS.join("")],
    ["dropped", { drop: new Set([1]) }, `${EVENTS[0]}${EVENTS[2]}`],
    ["repeated", { repeat: new Set([1]) }, `${EVENTS[0]}${EVENTS[1]}${EVENTS[1]}${EVENTS[2]}`],
    ["cut off", { cutAfter: { unit: "events", count: 2 } }, `${EVENTS[0]}${EVENTS[1]}`],
  ])("%s.", async (_, faults, body) => {
    expect(await bodyOf(recording(), faults)).toBe(body);
  });
});

test("Invalid headers and an invalid status of a recording are not sent.", async () => {
  const headers = { "bad name": "x", "x-bad": "a\r\nb: c", "access-control-allow-origin": "*", "x-good": "1" };
  const exchange = { ...exchangeWith({}), response: { status: 99, statusText: "Odd", headers } };
  const { origin } = await serveReplay(recording({ exchange }));
  const response = await fetch(origin);
  const names = ["x-bad", "b", "access-control-allow-origin", "x-good"];
  expect([response.status, ...names.map((name) => response.headers.get(name))]).toEqual([200, null, null, null, "1"]);
});

test("A missing capture fails only its own request.", async () => {
  const gone = join(temporaryDirectory(), "gone.sse");
  const routes = [
    { path: "/gone", capture: fileSource(gone) },
    { path: null, capture: recording() },
  ];
  const { origin, failures } = await serveReplay(recording(), { routes });
  const failed = await fetch(`${origin}/gone`);
  expect([failed.status, await failed.text()]).toEqual([500, expect.stringContaining("no such file")]);
  expect(await (await fetch(origin)).text()).toBe(EVENTS.join(""));
  expect(failures).toEqual([expect.stringContaining("gone.sse")]);
});

test("A recorded WebSocket is not served over HTTP.", async () => {
  const exchange = { ...exchangeWith({}), response: { status: 101, statusText: "Switching Protocols", headers: {} } };
  const { origin } = await serveReplay(recording({ exchange }));
  const response = await fetch(`${origin}/v1/responses`);
  expect([response.status, await response.text()]).toEqual([501, expect.stringContaining("a WebSocket")]);
});

describe("The headers of a recording", () => {
  test("are sent, except those of its connection, its encoding and its keys.", async () => {
    const exchange = exchangeWith({
      "content-type": "text/x-odd",
      "x-request-id": "req_1",
      "x-key": "a REDACTED b",
      connection: "close",
      "content-encoding": "gzip",
      "content-length": "9999",
      date: "Thu, 01 Jan 1970 00:00:00 GMT",
      "keep-alive": "timeout=9",
      "set-cookie": "session=1",
      trailer: "x-later",
      "transfer-encoding": "gzip",
      upgrade: "h2c",
    });
    const { origin } = await serveReplay(recording({ exchange }), { headers: { "x-request-id": "given" } });
    const response = await fetch(origin);
    expect(response.status).toBe(203);
    expect(await response.text()).toBe(EVENTS.join(""));
    const { date: _date, ...headers } = Object.fromEntries(response.headers);
    expect(headers).toEqual({
      "content-type": "text/x-odd",
      "x-request-id": "given",
      connection: "keep-alive",
      "keep-alive": "timeout=5",
      "transfer-encoding": "chunked",
    });
    expect(_date).not.toContain("1970");
  });

  test("are sent at their recorded time, before the first byte.", async () => {
    const clock = manualClock();
    const late: AsyncGenerator<Chunk> = (async function* () {
      await clock.wait(1000, new AbortController().signal);
      yield { bytes: Buffer.from("data: late\n\n"), atMs: 1000 };
    })();
    const opening = { connectMs: null, tlsMs: null, headMs: 80 };
    const source = recording({ exchange: exchangeWith({ "x-early": "yes" }), opening, chunks: late });
    const { origin } = await serveReplay(source, { clock, pace: { speed: 2, gapMs: 0 } });
    const asked = fetch(origin);
    await clock.awaited();
    await clock.advance(40);
    const response = await asked;
    expect(response.headers.get("x-early")).toBe("yes");
    const body = response.text();
    await clock.advance(2000);
    expect(await body).toBe("data: late\n\n");
  });
});

describe("A response ends", () => {
  test("as aborted if its client leaves, without a warning about faults not reached.", async () => {
    const clock = manualClock();
    const faults = { ...NO_FAULTS, drop: new Set([2]), cutAfter: { unit: "events", count: 3 } as const };
    const { origin, answers } = await serveReplay(EVENTS.join(""), { clock, faults, pace: { speed: 1, gapMs: 500 } });
    const client = new AbortController();
    const response = await fetch(origin, { signal: client.signal });
    await clock.awaited();
    client.abort();
    await expect(response.text()).rejects.toThrow("aborted");
    await expect.poll(() => answers).toMatchObject([{ ending: "aborted", bytes: 9, missed: [] }]);
  });

  test("by a cut even if its recording was stopped by the client.", async () => {
    const faults = { ...NO_FAULTS, cutAfter: { unit: "events", count: 1 } as const };
    const { origin, answers } = await serveReplay(recording({ wasLeft: () => true }), { faults });
    expect(await (await fetch(origin)).text()).toBe(EVENTS[0]);
    await expect.poll(() => answers).toMatchObject([{ ending: "cut" }]);
  });

  test("in a stall even with --reset, and reports no fault that is placed after it.", async () => {
    const faults = { ...NO_FAULTS, stallAfter: 1, reset: true, cutAfter: { unit: "events", count: 9 } as const };
    const { origin, answers } = await serveReplay(EVENTS.join(""), { faults });
    const client = new AbortController();
    const { body } = await fetch(origin, { signal: client.signal });
    const { value } = (await body?.getReader().read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).toBe(EVENTS[0]);
    client.abort();
    await expect.poll(() => answers).toMatchObject([{ ending: "stalled", missed: [] }]);
  });

  test("together with the server if reading its capture throws an unexpected error.", async () => {
    const broken: AsyncGenerator<Chunk> = (async function* () {
      yield { bytes: Buffer.from("data: 0\n\n"), atMs: 0 };
      throw new Error("a bug");
    })();
    const { origin, ended } = await serveReplay(recording({ chunks: broken }));
    await fetch(origin)
      .then(
        (response) => response.text(),
        () => null,
      )
      .catch(() => null);
    await expect(ended).rejects.toThrow("a bug");
  });
});

/** Captures served in turn, each containing its name. */
function inTurn(...names: readonly string[]) {
  return { routes: names.map((name) => ({ path: null, capture: captureOf(`data: ${name}\n\n`) })) };
}

async function bodyAt(url: string, init: RequestInit = {}): Promise<string> {
  return (await fetch(url, init)).text();
}

describe("A request", () => {
  test("gets one capture after the other, and then the last again.", async () => {
    const { origin } = await serveReplay("", inTurn("a", "b", "c"));
    const bodies: string[] = [];
    for (let index = 0; index < 4; index += 1) bodies.push(await bodyAt(origin));
    expect(bodies).toEqual(["a", "b", "c", "c"].map((name) => `data: ${name}\n\n`));
  });

  test("that resumes before any response gets the first capture.", async () => {
    const { origin } = await serveReplay("", inTurn("a", "b"));
    expect(await bodyAt(origin, { headers: { "last-event-id": "7" } })).toBe("data: a\n\n");
  });

  test("with an empty last id gets the whole capture.", async () => {
    const { origin } = await serveReplay(EVENTS.join(""));
    const body = await new Promise<string>((resolve) => {
      get(origin, { headers: { "last-event-id": "" } }, (response) => {
        let text = "";
        response.on("data", (piece: Buffer) => (text += piece.toString())).on("end", () => resolve(text));
      });
    });
    expect(body).toBe(EVENTS.join(""));
  });

  test("with a method other than GET gets the whole capture, whatever number it has.", async () => {
    const numbered = [0, 1].map((number) => `data: {"sequence_number":${number}}\n\n`);
    const { origin } = await serveReplay(numbered.join(""));
    expect(await bodyAt(`${origin}/v1?starting_after=0`)).toBe(numbered[1]);
    expect(await bodyAt(`${origin}/v1?starting_after=0`, { method: "POST" })).toBe(numbered.join(""));
    expect(await bodyAt(`${origin}/v1?starting_after=x`)).toBe(numbered.join(""));
  });

  test.each(["HEAD", "OPTIONS"])("with %s takes no turn.", async (method) => {
    const { origin, answers } = await serveReplay("", inTurn("a", "b"));
    const response = await fetch(origin, { method });
    expect(response.status).toBe(204);
    expect(await bodyAt(origin)).toBe("data: a\n\n");
    await expect.poll(() => answers).toMatchObject([{ status: 204, capture: null }, { capture: "capture" }]);
  });
});

describe("A server", () => {
  test("ends at once if it was already interrupted.", async () => {
    const { ended } = await startReplay(
      {
        program: createTurns([], null),
        host: "127.0.0.1",
        port: 0,
        pace: { speed: 1, gapMs: 0 },
        faults: NO_FAULTS,
        faulty: 0,
        headers: {},
        cors: false,
        count: 1,
        clock: jumpingClock(),
        onAnswer: () => {},
        onFailure: () => {},
      },
      AbortSignal.abort(),
    );
    await expect(ended).resolves.toBeUndefined();
  });

  test("reports the address where it cannot listen.", async () => {
    // An address reserved for documentation (RFC 5737).
    await expect(serveReplay("", { host: "192.0.2.1" })).rejects.toThrow("cannot listen on 192.0.2.1:0");
    const { origin } = await serveReplay("");
    const port = Number(new URL(origin).port);
    await expect(serveReplay("", { port })).rejects.toThrow(`port ${port} is in use on 127.0.0.1`);
  });
});
