// Properties of every event stream, tested on thousands of random ones.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sse } from "../../src/framing/sse.ts";
import { cutAtSizes, cutEvenly } from "./support/cuts.ts";
import { anyBytes, grammarBytes, pieceSizes } from "./support/grammar.ts";
import { endOf, eventsOf, readSse, readUpTo } from "./support/read-records.ts";
import { scripts, serialize } from "./support/serialize.ts";
import { tried } from "../support/exhaustive.ts";

const RUNS = tried(200, 1000);
const SMALLEST_LIMIT = 3;
const LARGEST_LIMIT = 40;
const LINE_END_BYTES = new Set([0x0a, 0x0d]);

const streams = [
  { kind: "arbitrary bytes", bytes: anyBytes },
  { kind: "bytes made of the grammar's tokens", bytes: grammarBytes },
];

describe.each(streams)("for $kind", ({ bytes }) => {
  test("safety 10: the records are the same at any chunking", () => {
    fc.assert(
      fc.property(bytes, pieceSizes, (bytes, sizes) => {
        const records = readSse(bytes);
        expect(readSse(...cutAtSizes(bytes, sizes))).toEqual(records);
        expect(readSse(...cutEvenly(bytes, 1))).toEqual(records);
      }),
      { numRuns: RUNS },
    );
  });

  test("under a small size limit too, the records and the refusal are the same at any chunking", () => {
    fc.assert(
      fc.property(bytes, pieceSizes, fc.integer({ min: SMALLEST_LIMIT, max: LARGEST_LIMIT }), (bytes, sizes, limit) => {
        expect(readUpTo(sse, limit, cutAtSizes(bytes, sizes))).toEqual(readUpTo(sse, limit, [bytes]));
      }),
      { numRuns: RUNS },
    );
  });

  test("the end counts every byte and every event, and events are in order within the input", () => {
    fc.assert(
      fc.property(bytes, (bytes) => {
        const records = readSse(bytes);
        const events = eventsOf(records);
        expect(endOf(records)).toMatchObject({ bytes: bytes.length, events: events.length });
        let free = 0;
        for (const { offset, length } of events) {
          expect(offset).toBeGreaterThanOrEqual(free);
          expect(length).toBeGreaterThan(0);
          free = offset + length;
        }
        expect(free).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: RUNS },
    );
  });
});

test("a written stream is read back, with each record at its place", () => {
  fc.assert(
    fc.property(scripts, pieceSizes, (script, sizes) => {
      const { bytes, records } = serialize(script);
      expect(readSse(bytes)).toEqual(records);
      expect(readSse(...cutAtSizes(bytes, sizes))).toEqual(records);
    }),
    { numRuns: RUNS },
  );
});

test("data is decoded like the standard's decoder does, also if its UTF-8 is invalid", () => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  fc.assert(
    fc.property(fc.oneof(anyBytes, grammarBytes), pieceSizes, (bytes, sizes) => {
      const value = bytes.filter((byte) => !LINE_END_BYTES.has(byte));
      const stream = Buffer.concat([Buffer.from("data: "), value, Buffer.from("\n\n")]);
      const events = eventsOf(readSse(...cutAtSizes(stream, sizes)));
      expect(events.map(({ data }) => data)).toEqual([decoder.decode(value)]);
    }),
    { numRuns: RUNS },
  );
});
