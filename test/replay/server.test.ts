import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { NO_FAULTS } from "../../src/replay/faults.ts";
import type { Chunk } from "../../src/model/chunk.ts";
import { fileSource } from "../../src/sources/file.ts";
import type { Source } from "../../src/sources/source.ts";
import { hey } from "../support/captured.ts";
import { arrival, jumpingClock } from "../support/clocks.ts";
import { captureFiles, temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { createGate, start } from "../support/live.ts";
import { parseReport } from "../support/read-report.ts";
import { captureOf, serveReplay } from "../support/replay.ts";
import { stillTimers } from "../support/timers.ts";

const tides = fixtureNamed("recorded/tides.sse");

const half = hey.length >> 1;

/** A recording of the first bytes of `hey` with this end; null: it was killed. */
function recordedUpTo(length: number, end: object | null): Source {
  const header = { schema: "ssescope/timing@1", source: "-", startedAt: null, exchange: null, opening: null };
  const chunks = length === 0 ? [] : [{ offset: 0, length, ms: 1 }];
  const lines = [header, ...chunks, ...(end === null ? [] : [end])];
  const [path = ""] = captureFiles({
    "capture.sse": hey.subarray(0, length),
    "capture.sse.timing": lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
  });
  return fileSource(path);
}

/** The same source, and a promise that settles when it is first read to its end. */
function watched(source: Source): { readonly source: Source; readonly isRead: Promise<void> } {
  const { opened: isRead, open: end } = createGate();

  async function* untilEnd(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
    try {
      yield* chunks;
    } finally {
      end();
    }
  }

  const open: Source["open"] = async (signal) => {
    const input = await source.open(signal);
    return { ...input, chunks: untilEnd(input.chunks) };
  };
  return { source: { ...source, open }, isRead };
}

function failed(code: string): object {
  return { end: "failed", ms: 2, heldBackMs: 0, error: { code, message: "it failed" } };
}

/** The body of a response, with status and headers. */
async function fetchFrom(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
}

describe("A capture is served", () => {
  test("byte for byte, at any path and method, with or without a body.", async () => {
    const { origin } = await serveReplay(hey);
    for (const [path, init] of [
      ["/", {}],
      ["/v1/responses", { method: "POST", body: "x".repeat(300_000) }],
      ["/v1beta/models/any:streamGenerateContent?alt=sse&key=k", { method: "POST", body: "{}" }],
      ["/any", { method: "PUT" }],
    ] as const) {
      const { status, headers, body } = await fetchFrom(origin + path, init);
      expect(body.equals(hey)).toBe(true);
      expect([status, headers.get("content-type"), headers.get("cache-control")]).toEqual([
        200,
        "text/event-stream",
        "no-cache",
      ]);
    }
  });

  test("with the recorded status and headers, except those of the connection.", async () => {
    const { origin } = await serveReplay(fileSource(tides.path));
    const { headers, body } = await fetchFrom(origin);
    expect(body.equals(Buffer.from(tides.bytes))).toBe(true);
    expect(headers.get("x-request-id")).toBe("req_5d1f0c7ab2e94c36");
    expect(headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  });

  test("as NDJSON if it is NDJSON, and decompressed.", async () => {
    const ndjson = fixtureNamed("openai-responses/text-lines.ndjson");
    const [compressed = ""] = captureFiles({ "capture.sse.gz": gzipSync(hey) });
    for (const [path, type] of [
      [ndjson.path, "application/x-ndjson"],
      [compressed, "text/event-stream"],
    ] as const) {
      const { origin } = await serveReplay(fileSource(path));
      const { headers, body } = await fetchFrom(origin);
      expect(headers.get("content-type")).toBe(type);
      expect(body.subarray(0, 2).toString()).not.toBe("\u001f\u008b");
    }
  });

  test("with its recorded failure.", async () => {
    const { origin, answers } = await serveReplay(recordedUpTo(half, failed("ECONNRESET")));
    expect(parseReport((await run([origin, "--json"])).stdout).verdict).toBe("transport-error");
    expect(answers).toMatchObject([{ ending: "reset", bytes: half }]);
  });

  test("with that failure, also to a client that reconnects with an unknown id.", async () => {
    const { origin, answers } = await serveReplay(recordedUpTo(half, failed("ECONNRESET")));
    await fetchFrom(origin, { headers: { "last-event-id": "9" } }).catch(() => {});
    await expect.poll(() => answers).toMatchObject([{ ending: "reset" }]);
  });

  test.each([
    ["by Ctrl-C", { end: "interrupted", ms: 2, heldBackMs: 0, error: null }],
    ["by --idle-timeout", failed("IDLE_TIMEOUT")],
    ["by --max-time", failed("MAX_TIME")],
    ["by a kill", null],
  ])("with silence if the recording was stopped %s and not by the server.", async (_, end) => {
    const empty = await serveReplay(recordedUpTo(0, end));
    const nothing = parseReport((await run([empty.origin, "--json", "--idle-timeout", "50ms"])).stdout);
    expect(nothing).toMatchObject({ verdict: "transport-error", error: { code: "IDLE_TIMEOUT" }, bytes: 0 });
    await expect.poll(() => empty.answers).toMatchObject([{ ending: "stalled", bytes: 0 }]);

    const timers = stillTimers();
    const { source, isRead } = watched(recordedUpTo(half, end));
    const { origin, answers } = await serveReplay(source);
    const { stdout, exitCode } = start([origin, "--format", "facts", "--idle-timeout", "1h"]);
    await Promise.all([stdout.holds("response-start"), isRead]);
    await arrival();
    await timers.pass(3_600_000);
    expect(await exitCode).toBe(6);
    const report = parseReport(stdout.text().trimEnd().split("\n").at(-1) ?? "");
    expect(report).toMatchObject({ verdict: "transport-error", error: { code: "IDLE_TIMEOUT" }, bytes: half });
    await expect.poll(() => answers).toMatchObject([{ ending: "stalled", bytes: half }]);
  });

  test("with the requested reset if the recording was stopped by Ctrl-C.", async () => {
    const source = recordedUpTo(half, { end: "interrupted", ms: 2, heldBackMs: 0, error: null });
    const { origin, answers } = await serveReplay(source, { faults: { ...NO_FAULTS, reset: true } });
    await run([origin, "--json"]);
    expect(answers).toMatchObject([{ ending: "reset" }]);
  });

  test("to curl, byte for byte, if curl is installed.", async ({ skip }) => {
    skip(spawnSync("curl", ["--version"]).error !== undefined, "there is no curl");
    const { origin } = await serveReplay(hey);
    const { stdout } = await promisify(execFile)("curl", ["-sN", `${origin}/v1/responses`, "-d", "{}"], {
      encoding: "buffer",
    });
    expect(stdout.equals(hey)).toBe(true);
  });
});

test("A recording of a replayed recording has the same bytes and gaps.", async () => {
  const clock = jumpingClock();
  const { origin } = await serveReplay(fileSource(tides.path), { pace: { speed: 20, gapMs: 0 }, clock });
  const copy = join(temporaryDirectory(), "copy.sse");
  expect((await run([origin, "--record", copy])).exitCode).toBe(0);
  expect(readFileSync(copy).equals(Buffer.from(tides.bytes))).toBe(true);
  const recordedMs = readFileSync(`${tides.path}.timing`, "utf8")
    .split("\n")
    .flatMap((line) => /^\{"offset":.*"ms":(?<ms>[\d.]+)/.exec(line)?.groups?.ms ?? [])
    .map(Number);
  // The wait for the headers comes first.
  const [headMs = 0, ...waitsMs] = clock.waitsMs;
  expect(headMs).toBeCloseTo(311.902 / 20);
  expect(waitsMs).toHaveLength(recordedMs.length);
  let dueMs = headMs;
  for (const [index, waitMs] of waitsMs.entries()) expect((dueMs += waitMs)).toBeCloseTo((recordedMs[index] ?? 0) / 20);
});

describe("Several captures are served", () => {
  test.each([
    [undefined, ["a", "b", "b"]],
    ["last", ["a", "b", "b"]],
    ["repeat", ["a", "b", "a"]],
  ] as const)("in turn, and then %s.", async (succession, names) => {
    const routes = ["a", "b"].map((text) => ({ path: null, capture: captureOf(`data: ${text}\n\n`) }));
    const { origin } = await serveReplay("", { routes, ...(succession !== undefined && { succession }) });
    const bodies = [];
    for (let count = 0; count < 3; count += 1) bodies.push((await fetchFrom(origin)).body.toString());
    expect(bodies).toEqual(names.map((name) => `data: ${name}\n\n`));
  });

  test("by path; other paths get HTTP 404.", async () => {
    const routes = ["/a", "/b"].map((path) => ({ path, capture: captureOf(`data: ${path}\n\n`) }));
    const { origin } = await serveReplay("", { routes });
    expect((await fetchFrom(`${origin}/b?x=1`)).body.toString()).toBe("data: /b\n\n");
    expect((await fetchFrom(`${origin}/a`)).body.toString()).toBe("data: /a\n\n");
    expect((await fetchFrom(`${origin}/c`)).status).toBe(404);
  });

  test("also below a path; the longest path wins.", async () => {
    const routes = ["/v1beta", "/v1beta/models"].map((path) => ({ path, capture: captureOf(`data: ${path}\n\n`) }));
    const { origin } = await serveReplay("", { routes });
    const bodyAt = async (path: string) => (await fetchFrom(origin + path)).body.toString();
    expect(await bodyAt("/v1beta/models/x:streamGenerateContent")).toBe("data: /v1beta/models\n\n");
    expect(await bodyAt("/v1beta/models:list")).toBe("data: /v1beta/models\n\n");
    expect(await bodyAt("/v1beta/interactions")).toBe("data: /v1beta\n\n");
    expect((await fetchFrom(`${origin}/v1betamax`)).status).toBe(404);
  });

  test("in turn, and a client that reconnects continues its own.", async () => {
    const routes = ["a", "b"].map((name) => ({
      path: null,
      capture: captureOf([1, 2].map((id) => `id: ${id}\ndata: ${name}${id}\n\n`).join("")),
    }));
    const { origin } = await serveReplay("", { routes });
    await fetchFrom(origin);
    const { body } = await fetchFrom(origin, { headers: { "last-event-id": "1" } });
    expect(body.toString()).toBe("id: 2\ndata: a2\n\n");
  });
});

describe("A client that reconnects gets", () => {
  const withIds = [1, 2, 3].map((id) => `id: ${id}\ndata: ${id}\n\n`).join("");

  test("the events after its last id, or all if that id is unknown.", async () => {
    const { origin } = await serveReplay(withIds);
    const from = async (id: string) => (await fetchFrom(origin, { headers: { "last-event-id": id } })).body.toString();
    expect(await from("2")).toBe("id: 3\ndata: 3\n\n");
    expect(await from("3")).toBe("");
    expect(await from("9")).toBe(withIds);
  });

  test("the events after its sequence number, by GET.", async () => {
    const { origin } = await serveReplay(hey);
    const { body } = await fetchFrom(`${origin}/v1/responses/resp_1?stream=true&starting_after=5`);
    expect(body.toString()).toBe(hey.toString().slice(hey.indexOf("event: response.content_part.done")));
  });
});

test("A request for an invalid URL is refused, and the next one is served.", async () => {
  const { origin } = await serveReplay(hey);
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  socket.write("GET http://[ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  expect((await fetchFrom(origin)).body.equals(hey)).toBe(true);
});

test("Pages of other origins may read responses with --cors.", async () => {
  const plain = await serveReplay(hey);
  expect((await fetchFrom(plain.origin)).headers.get("access-control-allow-origin")).toBeNull();
  const { origin } = await serveReplay(hey, { cors: true });
  expect((await fetchFrom(origin, { method: "OPTIONS" })).status).toBe(204);
  expect((await fetchFrom(origin)).headers.get("access-control-allow-origin")).toBe("*");
});

test("It ends after --count responses.", async () => {
  const { origin, ended } = await serveReplay(hey, { count: 2 });
  await fetchFrom(origin);
  await fetchFrom(origin);
  await expect(ended).resolves.toBeUndefined();
});

test("It ends at an abort, even with open connections.", async () => {
  const { origin, ended, stop } = await serveReplay(hey, { pace: { speed: 1, gapMs: 3_600_000 } });
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  const closed = new Promise((resolve) => socket.once("close", resolve).on("error", () => {}));
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  await new Promise((resolve) => socket.once("data", resolve));
  stop();
  await expect(ended).resolves.toBeUndefined();
  await closed;
});
