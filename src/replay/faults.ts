// Fault injection: pieces in; edited, cut or regrouped pieces out.
import type { Piece } from "./pieces.ts";

/** Where a stream is cut. */
export interface Cut {
  readonly unit: "events" | "bytes";
  readonly count: number;
}

export interface Faults {
  /** Ends the connection after this much; null: it stays open. */
  readonly cutAfter: Cut | null;
  /** Ends the response with a TCP reset instead of a clean close. */
  readonly reset: boolean;
  /** Sends nothing after this many events, but keeps the connection open; null: no stall. */
  readonly stallAfter: number | null;
  /** Indexes of events to leave out. */
  readonly drop: ReadonlySet<number>;
  /** Indexes of events to send twice. */
  readonly repeat: ReadonlySet<number>;
  /** Bytes per write; null: as recorded. */
  readonly chunkBytes: number | null;
  /** Sends everything at once at the end, like a buffering proxy. */
  readonly buffer: boolean;
  /** The HTTP error status to send in place of the capture; null: none. */
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

/** Whether these faults need the capture sent event by event. */
export function needsEvents({ cutAfter, stallAfter, drop, repeat }: Faults): boolean {
  return cutAfter?.unit === "events" || stallAfter !== null || drop.size > 0 || repeat.size > 0;
}

/** Whether the client gets only part of the response. */
export function endsEarly({ cutAfter, reset, stallAfter, status }: Faults): boolean {
  return cutAfter !== null || reset || stallAfter !== null || status !== null;
}

/** The fault options that never took effect because the response ended first; `isShort`: a fault ended it. */
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

/** Drops and repeats events; adds the indexes of affected events to `seen`. */
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

/** Yields pieces up to a cut or stall; calls `onEnd` if one comes before the end. */
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

/** Regroups the bytes: into chunks of `chunkBytes`, or all at once at the end. */
export async function* inTransit(pieces: AsyncIterable<Piece>, { chunkBytes, buffer }: Faults): AsyncGenerator<Piece> {
  const held: Uint8Array[] = [];
  let atMs: number | null = null;
  for await (const piece of pieces) {
    ({ atMs } = piece);
    // A piece's bytes are valid only until the next piece.
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
