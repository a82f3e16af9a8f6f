// Lines in, records out, to the letter of WHATWG HTML 9.2:
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import { EventTooLargeError } from "../errors.ts";
import { TextBuffer } from "../model/text-buffer.ts";
import { beginsLikeJson, isWholeEvent } from "../model/payload.ts";
import type { PendingEvent } from "../model/wire.ts";
import type { FramingOptions, StreamSink } from "./framing.ts";
import type { Line } from "./lines.ts";
import { createStrayLines } from "./stray-lines.ts";
import { findInvalidUtf8 } from "./utf-8.ts";

const COLON = 0x3a;
const SPACE = 0x20;
const NUL = "\0";
const DEFAULT_EVENT_NAME = "message";
const LONGEST_FIELD_NAME = "event".length;
/** `retry` counts only where it is made of these alone; the standard says ASCII digits. */
const ASCII_DIGITS = /^[0-9]+$/;

export interface SseReader {
  /** Takes a whole line, without its line end. Throws EventTooLargeError. */
  readLine(line: Line, atMs: number | null): void;
  /** Events so far. */
  readonly events: number;
  /** Nothing is in hand of an event: without blank lines, the line that ends one is the first of the next. */
  readonly isBetweenEvents: boolean;
  /** Counts events that somebody else has read, between two of its own. */
  pass(events: number): void;
  /** Measures what has come of a line so far. Throws EventTooLargeError. */
  checkSize(line: Line): void;
  /** Ends the stream: `rest` is a last line without a line end, `bytes` how many it had in all. */
  end(rest: Line | null, bytes: number): void;
}

/** Reads the lines of one event stream, wherever they come from. `firstId`: the last id of what it goes on from. */
export function createSseReader(
  sink: StreamSink,
  limits: Pick<FramingOptions, "maxEventBytes">,
  firstId = "",
): SseReader {
  // The buffers of the standard.
  let eventName = "";
  /** Null until a data line comes: an event without one is not dispatched. */
  let data: string | null = null;
  /** The data lines after the first, each with the LF before it; most events have none. */
  let moreData: TextBuffer | null = null;
  /** What `lastEventId` becomes at the next blank line; it outlives the event. */
  let idBuffer = firstId;
  let lastEventId = firstId;

  /** An event line behind the data: it names this event, or the next one if another data line follows. */
  let lateName = "";
  /** Offset behind the last data line, and the id that was valid there. */
  let dataEnd = 0;
  let dataId = firstId;
  /** The line of the first event line or id behind the data. */
  let lateLine: { readonly line: number; readonly offset: number } | null = null;
  /** The events in hand have no blank lines between them, and that was reported. */
  let isRunOn = false;
  /** There is a comment among the fields of the event in hand. */
  let hasComment = false;

  /** Where the first field of the event in hand stands; line 0: none was seen yet. */
  let firstLine = 0;
  let firstOffset = 0;
  /** Bytes of the event in hand that are kept, for the limit. */
  let keptBytes = 0;
  let events = 0;

  /** When the line in hand came. */
  let atMs: number | null = null;
  const strays = createStrayLines((record) => sink.record(record, atMs));

  function readLine(line: Line, arrivedAtMs: number | null): void {
    atMs = arrivedAtMs;
    checkSize(line);
    if (line.start === line.end) {
      strays.end();
      dispatch(line.offset + 1);
    } else if (line.bytes[line.start] === COLON) {
      strays.end();
      hasComment = true;
      const text = line.bytes.toString("utf8", line.start + 1, line.end);
      sink.record({ type: "comment", text, line: line.number, offset: line.offset }, atMs);
    } else readField(line, fieldName(line));
  }

  function readField(line: Line, name: FieldName | null): void {
    if (name === null) return strays.add(line); // "Otherwise: the field is ignored."
    strays.end();
    if (firstLine === 0) {
      firstLine = line.number;
      firstOffset = line.offset;
    }
    switch (name) {
      case "data": {
        keptBytes += line.end - line.start;
        const value = readData(line);
        if (data !== null && beginsLikeJson(value) && isWholeEvent(joinData())) separate(lateLine ?? placeOf(line));
        addData(value);
        dataEnd = line.offset + line.end - line.start + 1;
        dataId = idBuffer;
        break;
      }
      case "event": {
        keptBytes += line.end - line.start;
        nameEvent(fieldValue(line, "event"), line);
        break;
      }
      case "id": {
        const value = fieldValue(line, "id");
        if (data !== null) lateLine ??= placeOf(line);
        if (!value.includes(NUL)) idBuffer = value;
        break;
      }
      case "retry": {
        const digits = fieldValue(line, "retry");
        if (!ASCII_DIGITS.test(digits)) break;
        const ms = Math.min(Number(digits), Number.MAX_SAFE_INTEGER);
        sink.record({ type: "retry", ms, line: line.number, offset: line.offset }, atMs);
      }
    }
  }

  /**
   * Dispatches the event in hand, because the data that follows at `next` cannot be of the same event: joined by LF, as the
   * standard does it, two JSON values are none. A name or an id behind the first data is of the second event.
   */
  function separate(next: { readonly line: number; readonly offset: number }): void {
    const [followingName, followingId] = [lateName, idBuffer];
    lateName = "";
    idBuffer = dataId;
    const wasRunOn = isRunOn;
    dispatch(dataEnd);
    eventName = followingName;
    idBuffer = followingId;
    firstLine = next.line;
    firstOffset = next.offset;
    isRunOn = true;
    if (!wasRunOn) sink.defect({ type: "event-not-separated", text: "", index: events, ...next });
  }

  /** An event line behind whole data names the event, or the next one: two names are of two events. */
  function nameEvent(value: string, line: Line): void {
    if (data === null || !isWholeEvent(joinData())) {
      eventName = value;
      lateName = "";
    } else if (eventName === "" && lateName === "") {
      lateName = value;
      lateLine ??= placeOf(line);
    } else {
      separate(lateLine ?? placeOf(line));
      eventName = value;
    }
  }

  function readData(line: Line): string {
    const start = valueStart(line, "data");
    const value = line.bytes.toString("utf8", start, line.end);
    const invalid = findInvalidUtf8(value, line.bytes, start, line.end);
    if (invalid !== null) {
      const offset = line.offset + invalid.at - line.start;
      sink.defect({ type: "invalid-utf8", text: invalid.excerpt, index: events, line: line.number, offset });
    }
    return value;
  }

  function addData(value: string): void {
    if (data === null) data = value;
    else (moreData ??= new TextBuffer()).append(`\n${value}`);
  }

  function joinData(): string {
    if (data === null) return "";
    return moreData === null ? data : data + moreData.toString();
  }

  /** The steps of "dispatch the event", taken at each blank line. */
  function dispatch(endOffset: number): void {
    lastEventId = idBuffer;
    if (data !== null) {
      const event = {
        type: "event",
        event: lateName || eventName || DEFAULT_EVENT_NAME,
        data: joinData(),
        lastEventId,
        index: events,
        line: firstLine,
        offset: firstOffset,
        length: endOffset - firstOffset,
      } as const;
      events += 1;
      sink.record(event, atMs);
    } else if (eventName !== "") {
      const place = { index: events, line: firstLine, offset: firstOffset };
      sink.defect({ type: hasComment ? "event-cut-by-comment" : "event-without-data", text: eventName, ...place });
    }
    eventName = "";
    lateName = "";
    lateLine = null;
    isRunOn = false;
    hasComment = false;
    data = null;
    moreData = null;
    firstLine = 0;
    keptBytes = 0;
  }

  /** Measures each line, whole or as far as it has come, so that the same event is refused at every chunking. */
  function checkSize(line: Line): void {
    if (keptBytes + line.end - line.start <= limits.maxEventBytes) return;
    const place =
      firstLine === 0 ? { line: line.number, offset: line.offset } : { line: firstLine, offset: firstOffset };
    throw new EventTooLargeError(limits.maxEventBytes, place);
  }

  /** What the input ends with and no blank line dispatched; of an unfinished last line, name and data are read. */
  function pendingEvent(rest: Line | null): PendingEvent | null {
    const restName = rest === null ? null : fieldName(rest);
    if (rest !== null && (restName === "data" || restName === "event")) readField(rest, restName);
    else if (rest !== null && restName === null && !mayBecomeField(rest)) strays.add(rest);
    strays.end();
    if (data === null && eventName === "") return null;
    return {
      event: lateName || eventName || DEFAULT_EVENT_NAME,
      data: joinData(),
      line: firstLine,
      offset: firstOffset,
    };
  }

  return {
    readLine,
    get events() {
      return events;
    },
    get isBetweenEvents() {
      return firstLine === 0;
    },
    pass(count) {
      events += count;
    },
    checkSize,
    end(rest, bytes) {
      const pending = pendingEvent(rest);
      sink.record({ type: "end", bytes, events, lastEventId, pending }, atMs);
    },
  };
}

const FIELD_NAMES = ["data", "event", "id", "retry"] as const;
type FieldName = (typeof FIELD_NAMES)[number];

/** The field that a line sets, or null for one that the standard ignores. Looks at its first six bytes at most. */
function fieldName({ bytes, start, end }: Line): FieldName | null {
  const limit = Math.min(end, start + LONGEST_FIELD_NAME + 1);
  let nameEnd = start;
  while (nameEnd < limit && bytes[nameEnd] !== COLON) nameEnd += 1;
  const name = bytes.toString("latin1", start, nameEnd);
  return FIELD_NAMES.find((known) => known === name) ?? null;
}

/** Whether a line that the input ends in is a comment, or the beginning of a field's name. */
function mayBecomeField({ bytes, start, end }: Line): boolean {
  if (start === end || bytes[start] === COLON) return true;
  const text = bytes.toString("latin1", start, Math.min(end, start + LONGEST_FIELD_NAME + 1));
  return FIELD_NAMES.some((name) => name.startsWith(text));
}

function placeOf({ number, offset }: Line): { readonly line: number; readonly offset: number } {
  return { line: number, offset };
}

/** "Collect the characters after the first colon; if value starts with a space, remove it." No colon: empty. */
function fieldValue(line: Line, name: FieldName): string {
  return line.bytes.toString("utf8", valueStart(line, name), line.end);
}

function valueStart({ bytes, start, end }: Line, name: FieldName): number {
  const afterColon = start + name.length + 1;
  if (afterColon >= end) return end;
  return bytes[afterColon] === SPACE ? afterColon + 1 : afterColon;
}
