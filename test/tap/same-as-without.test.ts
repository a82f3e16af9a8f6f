// A client sees the same through a tap as without it: headers, bytes, chunks, and how the response ends. The report
// says who ended it.
import { describe, expect, test } from "vitest";
import { NO_FAULTS, type Faults } from "../../src/replay/faults.ts";
import { captures, named, withoutCaptures } from "../support/captures.ts";
import { chosenFixtures, fixtureNamed } from "../support/fixtures.ts";
import { serveReplay } from "../support/replay.ts";
import { HANG_UP, serve } from "../support/server.ts";
import { rawRequest, type RawResponse } from "./support/raw-client.ts";
import { tap } from "./support/tap.ts";

const hey = fixtureNamed("openai-responses/hey.sse").bytes;
/** A file of records holds several streams. */
const streams = chosenFixtures.filter(({ name }) => /^(?!records\/).*\.(?:sse|ndjson)$/.test(name));

async function bothWays(capture: Uint8Array, faults: Partial<Faults> = {}) {
  const upstream = await serveReplay(capture, { faults: { ...NO_FAULTS, ...faults } });
  const tapped = await tap(upstream.origin);
  const direct = await rawRequest({ port: Number(new URL(upstream.origin).port) });
  const through = await rawRequest({ port: tapped.port });
  return { direct, through, reports: await tapped.reports() };
}

/** The network may cut a chunk, so that the tap sees two pieces; the tap never joins two chunks. */
function expectSame(through: RawResponse, direct: RawResponse): void {
  expect({ ...through, chunkEnds: [] }).toEqual({ ...direct, chunkEnds: [] });
  expect(through.chunkEnds).toEqual(expect.arrayContaining([...direct.chunkEnds]));
}

/** Whether a replay sent the bytes of a capture; it wraps NDJSON as the API does. */
function isAsRecorded(name: string, { body }: RawResponse, bytes: Uint8Array): boolean {
  return name.endsWith(".ndjson") || body.equals(bytes);
}

test.each(named(streams))("A fixture passes unchanged: %s", async (name, { bytes }) => {
  const { direct, through, reports } = await bothWays(bytes);
  expectSame(through, direct);
  expect(isAsRecorded(name, through, bytes)).toBe(true);
  expect(reports.map(({ endedBy, bytes: seen }) => [endedBy, seen])).toEqual([["server", through.body.length]]);
});

test("A capture passes unchanged.", async ({ skip }) => {
  skip(...withoutCaptures);
  for (const { name, bytes } of captures) {
    const { direct, through } = await bothWays(bytes);
    expectSame(through, direct);
    expect(isAsRecorded(name, through, bytes)).toBe(true);
  }
});

describe("A fault passes unchanged", () => {
  const faults: Record<string, [faults: Partial<Faults>, endedBy: string, verdict: string]> = {
    "a cut": [{ cutAfter: { unit: "events", count: 3 } }, "server", "truncated"],
    "a cut within an event": [{ cutAfter: { unit: "bytes", count: 777 } }, "server", "truncated"],
    "a reset": [{ cutAfter: { unit: "events", count: 3 }, reset: true }, "server-reset", "transport-error"],
    "a reset within an event": [
      { cutAfter: { unit: "bytes", count: 777 }, reset: true },
      "server-reset",
      "transport-error",
    ],
    "a reset before the first event": [
      { cutAfter: { unit: "events", count: 0 }, reset: true },
      "server-reset",
      "transport-error",
    ],
    "a missing event": [{ drop: new Set([4]) }, "server", "completed"],
    "a repeated event": [{ repeat: new Set([4]) }, "server", "completed"],
    "small chunks": [{ chunkBytes: 5 }, "server", "completed"],
    "a buffer": [{ buffer: true }, "server", "completed"],
    "an HTTP error": [{ status: 529 }, "server", "not-a-stream"],
  };
  test.each(Object.entries(faults))("%s", async (_, [fault, endedBy, verdict]) => {
    const { direct, through, reports } = await bothWays(hey, fault);
    expectSame(through, direct);
    expect(reports).toMatchObject([{ endedBy, verdict }]);
  });

  test("a connection that closes before the response", async () => {
    const upstream = await serve(HANG_UP);
    const tapped = await tap(upstream.origin);
    expect(await rawRequest({ port: tapped.port })).toMatchObject({ head: [], ending: "closed" });
    expect(await tapped.reports()).toMatchObject([{ endedBy: "server", request: { path: "/v1/responses" } }]);
  });

  test("a body that ends early", async () => {
    const upstream = await serve({ body: ["data: 1\n\n", HANG_UP] });
    const tapped = await tap(upstream.origin);
    expect(await rawRequest({ port: tapped.port })).toMatchObject({
      body: Buffer.from("data: 1\n\n"),
      ending: "closed",
    });
    expect(await tapped.reports()).toMatchObject([{ endedBy: "server", verdict: "transport-error" }]);
  });

  test("an unreachable upstream", async () => {
    const tapped = await tap("http://127.0.0.1:1");
    expect(await rawRequest({ port: tapped.port })).toMatchObject({ ending: "reset" });
    expect(await tapped.reports()).toMatchObject([
      { endedBy: null, verdict: "transport-error", request: { method: "POST", path: "/v1/responses", exchange: 1 } },
    ]);
  });
});

describe("A client that leaves", () => {
  test.each([1, 300, 900, 2000])("after %i bytes leaves no request open.", async (leaveAfter) => {
    const rest = new Promise(() => {});
    const upstream = await serve({ body: [hey.subarray(0, 2500), rest] });
    const tapped = await tap(upstream.origin);
    await rawRequest({ port: tapped.port, leaveAfter });
    await upstream.requests[0]?.closed;
    const [report] = await tapped.reports();
    expect(report).toMatchObject({ endedBy: "client", verdict: "transport-error", error: { code: "CLIENT_CLOSED" } });
  });
});
