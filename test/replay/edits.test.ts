// The effect of faults on pieces, without a connection.
import { describe, expect, test } from "vitest";
import {
  cutShort,
  edited,
  type Faults,
  inTransit,
  missedFaults,
  needsEvents,
  NO_FAULTS,
} from "../../src/replay/faults.ts";
import { paced } from "../../src/replay/pace.ts";
import { byEvent, type Piece } from "../../src/replay/pieces.ts";
import { chunkings } from "../support/chunkings.ts";
import { jumpingClock } from "../support/clocks.ts";

const EVENTS = ["data: 0\n\n", ": ping\n\nid: a\ndata: 1\n\n", "event: e\ndata: 2\n\n"];
const CAPTURE = `${EVENTS.join("")}: the end`;

async function* piecesOf(...texts: readonly string[]): AsyncGenerator<Piece> {
  for (const text of texts) yield { bytes: Buffer.from(text), event: null, atMs: null };
}

/** The events of the capture, and the bytes after the last one. */
function events(chunks: readonly Uint8Array[] = [Buffer.from(CAPTURE)]): AsyncIterable<Piece> {
  async function* timed() {
    for (const [atMs, bytes] of chunks.entries()) yield { bytes, atMs };
  }
  return byEvent(timed());
}

async function textsOf(pieces: AsyncIterable<Piece>): Promise<string[]> {
  const texts: string[] = [];
  for await (const { bytes } of pieces) texts.push(Buffer.from(bytes).toString());
  return texts;
}

describe("A capture sent by event", () => {
  test.each(chunkings)("is one piece per event, and one for the bytes after the last, $name", async ({ cut }) => {
    const pieces: (readonly [string, number | undefined])[] = [];
    for await (const { bytes, event } of events(cut(Buffer.from(CAPTURE)))) {
      pieces.push([Buffer.from(bytes).toString(), event?.index]);
    }
    expect(pieces).toEqual([...EVENTS.map((text, index) => [text, index]), [": the end", undefined]]);
  });

  test("has each event at the time when it was complete.", async () => {
    const chunks = ["data: 0\n", "\ndata: 1\n\ndata", ": 2\n\n: end"].map((text) => Buffer.from(text));
    const times: (number | null)[] = [];
    for await (const { atMs } of events(chunks)) times.push(atMs);
    expect(times).toEqual([1, 1, 2, 2]);
  });
});

test.each<[needs: boolean, faults: Partial<Faults>]>([
  [false, {}],
  [false, { cutAfter: { unit: "bytes", count: 1 } }],
  [false, { reset: true, chunkBytes: 1, buffer: true, status: 500 }],
  [true, { cutAfter: { unit: "events", count: 1 } }],
  [true, { stallAfter: 0 }],
  [true, { drop: new Set([1]) }],
  [true, { repeat: new Set([1]) }],
])("Events are needed: %s, for %j", (needs, faults) => {
  expect(needsEvents({ ...NO_FAULTS, ...faults })).toBe(needs);
});

describe("Dropped and repeated", () => {
  test("are only events, by index.", async () => {
    const seen = new Set<number>();
    const faults = { ...NO_FAULTS, drop: new Set([1, 7]), repeat: new Set([2]) };
    expect(await textsOf(edited(events(), faults, seen))).toEqual([EVENTS[0], EVENTS[2], EVENTS[2], ": the end"]);
    expect(await textsOf(edited(piecesOf("a", "b", "c"), faults, new Set()))).toEqual(["a", "b", "c"]);
    expect([...seen].filter((index) => index > 2)).toEqual([]);
    expect(missedFaults(faults, false, seen)).toEqual(["--drop 7"]);
  });
});

/** The pieces sent with a fault, and how they end. */
async function cut(pieces: AsyncIterable<Piece>, faults: Partial<Faults>) {
  const endings: string[] = [];
  const texts = await textsOf(cutShort(pieces, { ...NO_FAULTS, ...faults }, (ending) => endings.push(ending)));
  return { texts, endings };
}

/** The events, after a piece that is not an event. */
async function* withMore(): AsyncGenerator<Piece> {
  yield* piecesOf(": before\n\n");
  yield* events();
}

describe("Cut short", () => {
  test.each<[string, Faults["cutAfter"], string[], string[]]>([
    ["before anything", { unit: "bytes", count: 0 }, [], ["cut"]],
    ["within a piece", { unit: "bytes", count: 4 }, ["abc", "d"], ["cut"]],
    ["at the end of a piece", { unit: "bytes", count: 3 }, ["abc"], ["cut"]],
    ["at the end of all", { unit: "bytes", count: 6 }, ["abc", "def"], ["cut"]],
    ["after the end", { unit: "bytes", count: 7 }, ["abc", "def"], []],
    ["never", null, ["abc", "def"], []],
  ])("by bytes, %s.", async (_, cutAfter, texts, endings) => {
    expect(await cut(piecesOf("abc", "def"), { cutAfter })).toEqual({ texts, endings });
  });

  test("by events; bytes between them do not count.", async () => {
    const after = [": before\n\n", ...EVENTS];
    expect(await cut(withMore(), { cutAfter: { unit: "events", count: 2 } })).toEqual({
      texts: after.slice(0, 3),
      endings: ["cut"],
    });
    expect(await cut(withMore(), { stallAfter: 1 })).toEqual({ texts: after.slice(0, 2), endings: ["stalled"] });
    expect(await cut(withMore(), { stallAfter: 0 })).toEqual({ texts: [], endings: ["stalled"] });
    expect(await cut(withMore(), { stallAfter: 4 })).toEqual({ texts: [...after, ": the end"], endings: [] });
    expect(await cut(withMore(), { stallAfter: 1, cutAfter: { unit: "events", count: 1 } })).toMatchObject({
      endings: ["cut"],
    });
  });
});

function transit(faults: Partial<Faults>, ...texts: readonly string[]): Promise<string[]> {
  return textsOf(inTransit(piecesOf(...texts), { ...NO_FAULTS, ...faults }));
}

describe("In transit, pieces", () => {
  test("become chunks of a size, each piece by itself.", async () => {
    expect(await transit({ chunkBytes: 2 }, "abcd", "efg")).toEqual(["ab", "cd", "ef", "g"]);
  });

  test("become one at the end, or chunks of that; no pieces stay no pieces.", async () => {
    expect(await transit({ buffer: true }, "abc", "de")).toEqual(["abcde"]);
    expect(await transit({ buffer: true, chunkBytes: 4 }, "abc", "de")).toEqual(["abcd", "e"]);
    expect(await transit({ buffer: true })).toEqual([]);
  });
});

describe("Faults placed after the end", () => {
  const faults: Faults = {
    ...NO_FAULTS,
    cutAfter: { unit: "bytes", count: 9 },
    stallAfter: 8,
    drop: new Set([1, 6, 7]),
    repeat: new Set([5]),
  };

  test("are named as options, only with the events that were not sent.", () => {
    const missed = ["--cut-after 9b", "--stall-after 8", "--drop 6,7", "--repeat 5"];
    expect(missedFaults(faults, false, new Set([1]))).toEqual(missed);
    expect(missedFaults(faults, true, new Set([1, 5]))).toEqual(["--drop 6,7"]);
    expect(missedFaults({ ...faults, cutAfter: { unit: "events", count: 3 } }, false, new Set([1, 5, 6, 7]))).toEqual([
      "--cut-after 3",
      "--stall-after 8",
    ]);
    expect(missedFaults(NO_FAULTS, false, new Set())).toEqual([]);
  });
});

/** Pieces with these times. */
async function* timed(...times: readonly (number | null)[]): AsyncGenerator<Piece> {
  for (const atMs of times) yield { bytes: Buffer.from("x"), event: null, atMs };
}

/** The waits in ms between pieces at a speed. */
async function waitsFor(pieces: AsyncIterable<Piece>, speed: number): Promise<readonly number[]> {
  const clock = jumpingClock();
  await textsOf(paced(pieces, { speed, gapMs: 30 }, clock, 0, new AbortController().signal));
  return clock.waitsMs;
}

describe("The pace of pieces", () => {
  test("is the recording's, multiplied by the speed; without times, a gap before each piece except the first.", async () => {
    expect(await waitsFor(timed(0, 100, 100, 250), 1)).toEqual([100, 150]);
    expect(await waitsFor(timed(0, 100, 100, 250), 2)).toEqual([50, 75]);
    expect(await waitsFor(timed(0, 100, 100, 250), Infinity)).toEqual([]);
    expect(await waitsFor(timed(null, null, null), 1)).toEqual([30, 30]);
  });

  test("ends at an abort.", async () => {
    const pieces = paced(timed(5, 5), { speed: 1, gapMs: 0 }, jumpingClock(), 0, AbortSignal.abort());
    expect(await textsOf(pieces)).toEqual([]);
  });
});
