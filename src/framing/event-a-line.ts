// Framings with one event per line: the framing reads a line, and lines that hold no event are stray. A last line
// without a line end counts as whole, because none of these framings requires one.
import { EventTooLargeError } from "../errors.ts";
import { decodeUtf8 } from "../model/decode-utf-8.ts";
import type { WireEvent } from "../model/wire.ts";
import type { Framer, FramingOptions, OpenStream } from "./framing.ts";
import { createLineSplitter, type Line } from "./lines.ts";
import { createStrayLines } from "./stray-lines.ts";
import { findInvalidUtf8 } from "./utf-8.ts";

/** Only the first byte of a CRLF counts, as in every event's length. */
const LINE_END_BYTES = 1;

/** The content of a line: the event type, and where its data begins and ends in the line's bytes. */
export interface LineEvent extends Pick<WireEvent, "event"> {
  readonly start: number;
  readonly end: number;
}

/** Reads a line; null if it is blank, "stray" if it is not an event. */
export type ReadLine = (line: Line) => LineEvent | "stray" | null;

/** The framer of the framing `name`, whose lines `read` reads. Throws EventTooLargeError for a line over the limit. */
export function createLineEventFramer(
  name: string,
  read: ReadLine,
  open: OpenStream,
  { maxEventBytes, http }: FramingOptions,
): Framer {
  const sink = open({ framing: name, wrapping: name, http, place: null });
  let events = 0;
  let atMs: number | null = null;
  const strays = createStrayLines((record) => sink.record(record, atMs));
  let chunk: Buffer = Buffer.alloc(0);
  /** False if an event of the chunk might be too large. */
  let takesStretches = false;
  const lines = createLineSplitter((line, next) => {
    checkSize(line);
    const before = events;
    readLine(line, LINE_END_BYTES);
    if (events > before && takesStretches) readStretch(next, line.number + 1);
  });

  /** Skips the events that the sink takes all at once. */
  function readStretch(from: number, line: number): void {
    const stretch = sink.stretch?.({ bytes: chunk, from, index: events, line, offset: lines.totalBytes + from });
    if (stretch === undefined || stretch === null) return;
    events += stretch.events;
    lines.pass(stretch.bytes, stretch.lines);
  }

  /** Checks each line, whole or as far as it has arrived, so that the same line is refused at every chunking. */
  function checkSize({ start, end, number, offset }: Line): void {
    if (end - start > maxEventBytes) throw new EventTooLargeError(maxEventBytes, { line: number, offset });
  }

  function readLine(line: Line, lineEndBytes: number): void {
    const held = read(line);
    if (held === null) return;
    if (held === "stray") return strays.add(line);
    strays.end();
    const { event, start, end } = held;
    const data = decodeUtf8(line.bytes, start, end);
    const place = { index: events, line: line.number, offset: line.offset };
    const invalid = findInvalidUtf8(data, line.bytes, start, end);
    if (invalid !== null) {
      const offset = line.offset + invalid.at - line.start;
      sink.defect({ type: "invalid-utf8", text: invalid.excerpt, ...place, offset });
    }
    events += 1;
    const length = line.end - line.start + lineEndBytes;
    sink.record({ type: "event", event, data, lastEventId: "", ...place, length }, atMs);
  }

  return {
    push(bytes, arrivedAtMs) {
      atMs = arrivedAtMs;
      chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      takesStretches = sink.stretch !== undefined && bytes.length <= maxEventBytes;
      sink.bytes(bytes, atMs, lines.totalBytes);
      lines.push(chunk);
      const rest = lines.rest();
      if (rest !== null) checkSize(rest);
    },
    moveTo: (place) => lines.moveTo(place),
    end() {
      const rest = lines.rest();
      if (rest !== null) readLine(rest, 0);
      strays.end();
      sink.record({ type: "end", bytes: lines.totalBytes, events, lastEventId: "", pending: null }, atMs);
    },
  };
}
