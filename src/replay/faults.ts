// What goes wrong on purpose: pieces in, and what is left of them out.
import type { Piece } from "./pieces.ts";

/** Where a stream is cut. */
export interface Cut {
  readonly unit: "events" | "bytes";
  readonly count: number;
}

export interface Faults {
  /** The connection ends after so much; null: it does not. */
  readonly cutAfter: Cut | null;
  /** A cut, and what ends before its time, is a TCP reset, not an end in order. */
  readonly reset: boolean;
  /** After so many events nothing comes any more, and the connection stays open; null: it goes on. */
  readonly stallAfter: number | null;
  /** Events that are left out, by index. */
  readonly drop: ReadonlySet<number>;
  /** Events that come twice. */
  readonly repeat: ReadonlySet<number>;
  /** Bytes that are sent at once; null: as they come. */
  readonly chunkBytes: number | null;
  /** All is sent at once at the end, as by a proxy that buffers. */
  readonly buffer: boolean;
  /** The status of an error that comes in place of the capture; null: none. */
  readonly status: number | null;
}

export const NO_FAULTS: Faults = {
  cutAfter: null,
  reset: false,
  stallAfter: null,
  drop: new Set(),
  repeat: new Set(),
  chunkBytes: null,
  buffer: false,
  status: null,
};

/** How a response ends. */
export type Ending = "complete" | "cut" | "stalled";

/** Whether the capture has to be sent event by event for them. */
export function needsEvents({ cutAfter, stallAfter, drop, repeat }: Faults): boolean {
  return cutAfter?.unit === "events" || stallAfter !== null || drop.size > 0 || repeat.size > 0;
}

/** Whether a client does not get all of a response. */
export function endsEarly({ cutAfter, reset, stallAfter, status }: Faults): boolean {
  return cutAfter !== null || reset || stallAfter !== null || status !== null;
}

/** The options of faults that a response ended without, though it ended by itself: `isShort` says where it did not. */
export function missedFaults(
  { cutAfter, stallAfter, drop, repeat }: Faults,
  isShort: boolean,
  seen: ReadonlySet<number>,
): readonly string[] {
  const missed = (indexes: ReadonlySet<number>): string => [...indexes].filter((index) => !seen.has(index)).join(",");
  const options = {
    "--cut-after": isShort || cutAfter === null ? "" : `${cutAfter.count}${cutAfter.unit === "bytes" ? "b" : ""}`,
    "--stall-after": isShort ? "" : `${stallAfter ?? ""}`,
    "--drop": missed(drop),
    "--repeat": missed(repeat),
  };
  return Object.entries(options).flatMap(([option, value]) => (value === "" ? [] : [`${option} ${value}`]));
}

/** The pieces without those that are left out, and with those that come twice; those that were `seen` are noted. */
export async function* edited(
  pieces: AsyncIterable<Piece>,
  { drop, repeat }: Faults,
  seen: Set<number>,
): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    const index = piece.event?.index ?? -1;
    if (drop.has(index) || repeat.has(index)) seen.add(index);
    if (drop.has(index)) continue;
    yield piece;
    if (repeat.has(index)) yield piece;
  }
}

/** The pieces as far as they are sent; `onEnd` is told where that is not to their end. */
export async function* cutShort(
  pieces: AsyncIterable<Piece>,
  { cutAfter, stallAfter }: Faults,
  onEnd: (ending: Ending) => void,
): AsyncGenerator<Piece> {
  let events = 0;
  let bytes = 0;
  function isOver(): boolean {
    const isCut = cutAfter !== null && (cutAfter.unit === "events" ? events : bytes) >= cutAfter.count;
    const isStalled = stallAfter !== null && events >= stallAfter;
    if (isCut || isStalled) onEnd(isCut ? "cut" : "stalled");
    return isCut || isStalled;
  }
  if (isOver()) return;
  for await (const piece of pieces) {
    const room = cutAfter?.unit === "bytes" ? cutAfter.count - bytes : Infinity;
    const sent = piece.bytes.length > room ? piece.bytes.subarray(0, room) : piece.bytes;
    bytes += sent.length;
    events += piece.event === null ? 0 : 1;
    yield { ...piece, bytes: sent };
    if (isOver()) return;
  }
}

/** The pieces as they come out at the other end of a connection: in other sizes, or all at once at its end. */
export async function* inTransit(pieces: AsyncIterable<Piece>, { chunkBytes, buffer }: Faults): AsyncGenerator<Piece> {
  const held: Uint8Array[] = [];
  let atMs: number | null = null;
  for await (const piece of pieces) {
    ({ atMs } = piece);
    // What is lent is lent until the next piece.
    if (buffer) held.push(Uint8Array.from(piece.bytes));
    else yield* inChunks(piece, chunkBytes);
  }
  if (held.length > 0) yield* inChunks({ bytes: Buffer.concat(held), event: null, atMs }, chunkBytes);
}

function* inChunks(piece: Piece, chunkBytes: number | null): Generator<Piece> {
  if (chunkBytes === null) return yield piece;
  for (let from = 0; from < piece.bytes.length; from += chunkBytes) {
    yield { ...piece, bytes: piece.bytes.subarray(from, from + chunkBytes) };
  }
}
