// Divides the bytes of a connection into whole events. Incomplete events are held, because a break may cut them.
import { LimitError } from "../errors.ts";
import { createByteBuffer } from "../framing/byte-buffer.ts";
import { BYTE_ORDER_MARK_BYTES, createLineSplitter, type Line } from "../framing/lines.ts";
import { createSseReader } from "../framing/sse-reader.ts";
import type { WireEnd, WireEvent, WireRecord } from "../model/wire.ts";

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;

export interface WholeEvents {
  /** Takes a chunk; returns the bytes of whole events, valid as long as the chunk is. Throws what `admits` throws. */
  push(chunk: Uint8Array): readonly Uint8Array[];
  /** Ends the connection. */
  end(): ConnectionEnd;
}

/** The state at the end of a connection. */
export interface ConnectionEnd extends Pick<WireEnd, "lastEventId" | "pending"> {
  /** The held bytes of a cut event. */
  readonly rest: Uint8Array;
  /** How many bytes were passed on before. */
  readonly passedBytes: number;
  /** False if an event was too large to hold and was passed on in pieces: then no reconnection is possible. */
  readonly isWhole: boolean;
}

export interface WholeEventsOptions {
  readonly maxEventBytes: number;
  /** Ids stay valid across connections. */
  readonly lastEventId: string;
  /** The bytes continue a stream, so that a byte order mark would be in its middle. */
  readonly isJoined: boolean;
  /** Whether to pass on a whole event. */
  admits(event: WireEvent): boolean;
  /** Called when the stream sets the delay before reconnecting. */
  retry(ms: number): void;
}

/** Divides a connection's bytes at the ends of its events, and at those of comments between them. */
export function createWholeEvents(options: WholeEventsOptions): WholeEvents {
  /** The bytes since the last border. */
  const held = createByteBuffer();
  /** Places are offsets from the start of the connection. */
  let heldFrom = 0;
  let pushed = 0;
  let passedBytes = 0;
  let isWhole = true;
  let end: WireEnd | null = null;

  /** A field of an event that is not yet dispatched has arrived. */
  let isInEvent = false;
  let isAdmitted = true;
  /** Whether the bytes before the last border were passed on; the LF of a CRLF follows its CR. */
  let wasAdmitted = true;
  let isAfterCarriageReturn = false;

  /** The current chunk, and the ranges of it and of `held` to pass on. */
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

  /** Sets a border: the stream can be cut here without loss. */
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

  /** Returns the bytes to pass on, and holds those after the last border. */
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
