// This parser compared with the independent eventsource-parser 3.1.1. Its known deviations from the standard are named
// here and removed; nothing else is.
import { createParser } from "eventsource-parser";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sse } from "../../src/framing/sse.ts";
import type { WireDefect } from "../../src/model/wire.ts";
import { cutAtSizes } from "./support/cuts.ts";
import { grammarBytes, pieceSizes } from "./support/grammar.ts";
import { commentsOf, eventsOf, readSse, retriesOf, sinkInto } from "./support/read-records.ts";
import { sseCases } from "./support/sse-cases.ts";
import { tried } from "../support/exhaustive.ts";

const SEED = 20_261_122;
const STREAMS = tried(600, 3000);
const LF = 0x0a;
const CR = 0x0d;
const LINE_END = /\r\n|\r|\n/;

interface Dispatched {
  readonly event: string;
  readonly data: string;
  readonly lastEventId: string;
}

interface Heard {
  readonly events: readonly Dispatched[];
  readonly comments: readonly string[];
  readonly retries: readonly number[];
}

/**
 * Difference: it holds back a CR at the end of a chunk until a later line end, in case LF follows; the end of the input
 * does not release it. So it receives the text up to the last line end, plus an LF if that is a CR: part of the same
 * line end, without further meaning. The text that it does not receive is a line without an end, which neither may act
 * on.
 */
function piecesForPeer(bytes: Buffer, sizes: readonly number[]): Uint8Array[] {
  const lastLineEnd = Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR));
  const pieces = cutAtSizes(bytes.subarray(0, lastLineEnd + 1), sizes);
  return bytes[lastLineEnd] === CR ? [...pieces, Buffer.of(LF)] : pieces;
}

function hearPeer(bytes: Buffer, sizes: readonly number[]): Heard {
  const events: Dispatched[] = [];
  const comments: string[] = [];
  const retries: number[] = [];
  // Difference: by design, the caller must keep ids from event to event.
  let lastEventId = "";
  const parser = createParser({
    onEvent({ id, event, data }) {
      lastEventId = id ?? lastEventId;
      events.push({ event: event ?? "message", data, lastEventId });
    },
    onComment: (text) => comments.push(text),
    // Difference: it passes on any number; ours stop at the largest safe integer.
    onRetry: (ms) => retries.push(Math.min(ms, Number.MAX_SAFE_INTEGER)),
  });
  const decoder = new TextDecoder();
  for (const piece of piecesForPeer(bytes, sizes)) parser.feed(decoder.decode(piece, { stream: true }));
  return { events, comments, retries };
}

function hearOurs(bytes: Buffer, sizes: readonly number[]): Heard {
  const records = readSse(...cutAtSizes(bytes, sizes));
  return {
    events: eventsOf(records).map(({ event, data, lastEventId }) => ({ event, data, lastEventId })),
    // Difference: it strips one space from a comment; ours strips nothing.
    comments: commentsOf(records).map((text) => (text.startsWith(" ") ? text.slice(1) : text)),
    retries: retriesOf(records),
  };
}

function isSeparated(bytes: Buffer): boolean {
  const defects: WireDefect[] = [];
  const framer = sse.create(() => sinkInto([], defects), { maxEventBytes: Infinity, http: null });
  framer.push(bytes, null);
  framer.end();
  return defects.some(({ type }) => type === "event-not-separated");
}

/**
 * Difference: it loses the id of a block without data. Counts the events before the first such block, whose ids are
 * comparable.
 */
function countEventsBeforeLostId(bytes: Buffer): number {
  let events = 0;
  let hasId = false;
  let hasData = false;
  for (const line of new TextDecoder().decode(bytes).split(LINE_END)) {
    if (line === "") {
      if (hasData) events += 1;
      else if (hasId) return events;
      hasId = false;
      hasData = false;
    } else {
      hasId ||= line === "id" || line.startsWith("id:");
      hasData ||= line === "data" || line.startsWith("data:");
    }
  }
  return events;
}

function withoutId({ event, data }: Dispatched): unknown {
  return { event, data };
}

/** The output of both parsers, as far as it is comparable. */
function hearBoth(bytes: Buffer, ourSizes: readonly number[], peerSizes: readonly number[]): [unknown, unknown] {
  const count = countEventsBeforeLostId(bytes);
  const comparable = (heard: Heard): unknown => ({
    ...heard,
    events: heard.events.map((event, index) => (index < count ? event : withoutId(event))),
  });
  return [comparable(hearOurs(bytes, ourSizes)), comparable(hearPeer(bytes, peerSizes))];
}

describe("safety 11: eventsource-parser 3.1.1 and this parser give the same events", () => {
  test.each(sseCases)("in the case: $name", ({ input, chunkSizes }) => {
    for (const sizes of [[], chunkSizes ?? []]) {
      const [ours, peer] = hearBoth(input, sizes, sizes);
      expect(ours).toEqual(peer);
    }
  });

  const streams = fc.sample(fc.tuple(grammarBytes, pieceSizes, pieceSizes), { numRuns: STREAMS, seed: SEED });

  // Difference: events that no blank line separates, each with whole JSON, are read one by one and reported.
  const compared = streams.filter(([bytes]) => !isSeparated(bytes));

  test(`in most of ${STREAMS} random streams, each cut in two random ways`, () => {
    expect(compared.length).toBeGreaterThan(STREAMS * 0.8);
    for (const [bytes, ourSizes, peerSizes] of compared) {
      const [ours, peer] = hearBoth(bytes, ourSizes, peerSizes);
      expect(ours).toEqual(peer);
    }
  });

  test("and most of those streams have events, and the ids of many are compared", () => {
    const speaking = streams.filter(([bytes]) => hearOurs(bytes, []).events.length > 0);
    const withIds = streams.filter(([bytes]) =>
      hearOurs(bytes, [])
        .events.slice(0, countEventsBeforeLostId(bytes))
        .some(({ lastEventId }) => lastEventId !== ""),
    );
    expect(speaking.length).toBeGreaterThan(STREAMS / 2);
    expect(withIds.length).toBeGreaterThan(STREAMS / 10);
  });
});
