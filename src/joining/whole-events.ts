// The bytes of a connection, in whole events: what a break would cut is held until it is whole.
import { LimitError } from "../errors.ts";
import { createByteBuffer } from "../framing/byte-buffer.ts";
import { BYTE_ORDER_MARK_BYTES, createLineSplitter, type Line } from "../framing/lines.ts";
import { createSseReader } from "../framing/sse-reader.ts";
import type { WireEnd, WireEvent, WireRecord } from "../model/wire.ts";

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;

export interface WholeEvents {
  /** Takes a chunk; gives the bytes that are whole now, valid as long as the chunk is. Throws what `admits` throws. */
  push(chunk: Uint8Array): readonly Uint8Array[];
  /** Says that the connection is over. */
  end(): ConnectionEnd;
}

/** What a connection ends with. */
export interface ConnectionEnd extends Pick<WireEnd, "lastEventId" | "pending"> {
  /** The bytes that were held: of an event that was cut. */
  readonly rest: Uint8Array;
  /** How many bytes went on before. */
  readonly passedBytes: number;
  /** False where an event was too large to be held, and went on in pieces: nothing can be joined to it. */
  readonly isWhole: boolean;
}

export interface WholeEventsOptions {
  readonly maxEventBytes: number;
  /** Ids outlive a connection. */
  readonly lastEventId: string;
  /** What comes goes on after something else: a byte order mark would be in its middle. */
  readonly isJoined: boolean;
  /** Whether an event goes on, once it is whole. */
  admits(event: WireEvent): boolean;
  /** The stream says how long to wait before it is asked for again. */
  retry(ms: number): void;
}

/** Divides a connection's bytes at the ends of its events, and at those of comments between them. */
export function createWholeEvents(options: WholeEventsOptions): WholeEvents {
  /** What came since the last border. */
  const held = createByteBuffer();
  /** Places are counted from the beginning of the connection. */
  let heldFrom = 0;
  let pushed = 0;
  let passedBytes = 0;
  let isWhole = true;
  let end: WireEnd | null = null;

  /** A field of an event that is not dispatched yet has come. */
  let isInEvent = false;
  let isAdmitted = true;
  /** What went on at the last border; the LF of a CRLF is treated as its CR was. */
  let wasAdmitted = true;
  let isAfterCarriageReturn = false;

  /** The chunk in hand: what of it and of `held` goes on. */
  let chunk: Buffer = Buffer.alloc(0);
  let kept: { from: number; to: number }[] = [];
  let border = 0;

  const reader = createSseReader(
    { bytes() {}, record: takeRecord, defect() {}, close() {} },
    options,
    options.lastEventId,
  );
  const lines = createLineSplitter(readLine);

  function takeRecord(record: WireRecord): void {
    if (record.type === "event") isAdmitted = options.admits(record);
    else if (record.type === "retry") options.retry(record.ms);
    else if (record.type === "end") end = record;
  }

  function readLine(line: Line): void {
    if (options.isJoined && line.number === 1 && line.offset === BYTE_ORDER_MARK_BYTES) border = BYTE_ORDER_MARK_BYTES;
    const isBlank = line.start === line.end;
    const isComment = line.bytes[line.start] === COLON;
    const { offset, start, end: lineEnd } = line;
    reader.readLine(line, null);
    if (!isBlank && !isComment) isInEvent = true;
    else if (isBlank || !isInEvent) endAt(offset + lineEnd - start + 1);
  }

  /** Here the stream could be cut without loss. */
  function endAt(place: number): void {
    const index = place - pushed;
    isAfterCarriageReturn = chunk[index - 1] === CR;
    take(isAfterCarriageReturn && chunk[index] === LF ? place + 1 : place, isAdmitted);
    if (border > place) isAfterCarriageReturn = false;
    isInEvent = false;
    wasAdmitted = isAdmitted;
    isAdmitted = true;
  }

  function take(to: number, goesOn: boolean): void {
    const previous = kept.at(-1);
    if (goesOn && previous?.to === border) previous.to = to;
    else if (goesOn) kept.push({ from: border, to });
    border = to;
  }

  function read(): void {
    try {
      lines.push(chunk);
      const rest = lines.rest();
      if (rest !== null) reader.checkSize(rest);
    } catch (error) {
      if (error instanceof LimitError) isWhole = false;
      else {
        held.clear();
        throw error;
      }
    }
  }

  /** Gives what goes on, and holds what comes after the last border. */
  function divide(): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    if (isWhole && border === heldFrom) held.append(chunk);
    else {
      const both = held.length === 0 ? chunk : Buffer.concat([held.view(), chunk]);
      for (const { from, to } of kept) {
        pieces.push(both.subarray(from - heldFrom, to - heldFrom));
        passedBytes += to - from;
      }
      held.clear();
      held.append(both, border - heldFrom);
      heldFrom = border;
    }
    if (held.length > options.maxEventBytes) isWhole = false;
    if (!isWhole) {
      pieces.push(Buffer.from(held.view()));
      held.clear();
    }
    return pieces;
  }

  return {
    push(bytes) {
      if (!isWhole) return [bytes];
      chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      kept = [];
      border = heldFrom;
      if (isAfterCarriageReturn && chunk[0] === LF && held.length === 0) take(pushed + 1, wasAdmitted);
      if (chunk.length > 0) isAfterCarriageReturn = false;
      read();
      pushed += chunk.length;
      return divide();
    },
    end() {
      reader.end(lines.rest(), pushed);
      const { lastEventId = "", pending = null } = end ?? {};
      return { rest: held.view(), passedBytes, isWhole, lastEventId, pending };
    },
  };
}
