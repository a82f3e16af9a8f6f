// Chunks of bytes in, wire records out: runs a framing for tests.
import { EventTooLargeError } from "../../../src/errors.ts";
import type { Framing, StreamSink } from "../../../src/framing/framing.ts";
import { ndjson } from "../../../src/framing/ndjson.ts";
import { sse } from "../../../src/framing/sse.ts";
import type { WireDefect, WireEnd, WireEvent, WireRecord } from "../../../src/model/wire.ts";

export type Piece = string | Uint8Array;

export interface Reading {
  readonly records: WireRecord[];
  /** The message of the EventTooLargeError that ended the reading, or null. */
  readonly refusal: string | null;
}

/** A limit that no test input reaches. */
const NO_LIMIT = 2 ** 30;
const SCRIBBLE = 0x78;

/** Reads the chunks; each is overwritten after its push, as the contract of Framer allows. */
export function readUpTo(framing: Framing, maxEventBytes: number, pieces: Iterable<Piece>): Reading {
  const records: WireRecord[] = [];
  const framer = framing.create(() => sinkInto(records), { maxEventBytes, http: null });
  try {
    for (const piece of pieces) {
      const lent = Buffer.from(piece);
      framer.push(lent, null);
      lent.fill(SCRIBBLE);
    }
    framer.end();
  } catch (error) {
    if (!(error instanceof EventTooLargeError)) throw error;
    return { records, refusal: error.message };
  }
  return { records, refusal: null };
}

/** A sink that collects a framing's records. */
export function sinkInto(records: WireRecord[], defects: WireDefect[] = []): StreamSink {
  return {
    bytes() {},
    record: (record) => records.push(record),
    defect: (defect) => defects.push(defect),
    close() {},
  };
}

/** The records of an event stream that arrives in these chunks. */
export function readSse(...pieces: readonly Piece[]): WireRecord[] {
  return readUpTo(sse, NO_LIMIT, pieces).records;
}

/** The records of NDJSON that arrives in these chunks. */
export function readNdjson(...pieces: readonly Piece[]): WireRecord[] {
  return readUpTo(ndjson, NO_LIMIT, pieces).records;
}

export function eventsOf(records: readonly WireRecord[]): WireEvent[] {
  return records.filter((record) => record.type === "event");
}

export function commentsOf(records: readonly WireRecord[]): string[] {
  return records.filter((record) => record.type === "comment").map(({ text }) => text);
}

export function retriesOf(records: readonly WireRecord[]): number[] {
  return records.filter((record) => record.type === "retry").map(({ ms }) => ms);
}

/** The `end` record, which must be the last one and the only one of its type. */
export function endOf(records: readonly WireRecord[]): WireEnd {
  const ends = records.filter((record) => record.type === "end");
  const last = records.at(-1);
  if (ends.length !== 1 || last?.type !== "end") throw new Error("the records do not end in one end record");
  return last;
}
