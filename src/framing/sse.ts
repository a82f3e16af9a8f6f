// Server-Sent Events, from bytes to the letter of WHATWG HTML 9.2:
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import { EventTooLargeError } from "../errors.ts";
import { createTextBuffer, type TextBuffer } from "../text-buffer.ts";
import type { PendingEvent, WireRecord } from "../wire.ts";
import type { Framer, Framing, FramingLimits } from "./framing.ts";
import { createLineSplitter, type Line } from "./lines.ts";

const COLON = 0x3a;
const SPACE = 0x20;
const NUL = "\0";
const DEFAULT_EVENT_NAME = "message";
const LONGEST_FIELD_NAME = "event".length;
/** `retry` counts only where it is made of these alone; the standard says ASCII digits. */
const ASCII_DIGITS = /^[0-9]+$/;

export const sse: Framing = {
  name: "sse",
  title: "Server-Sent Events, text/event-stream",
  // The last resort of the guess: any text is a legal event stream, if an empty one.
  guess: () => true,
  create: createSseParser,
};

function createSseParser(emit: (record: WireRecord) => void, limits: FramingLimits): Framer {
  // The buffers of the standard.
  let eventName = "";
  /** Null until a data line comes: an event without one is not dispatched. */
  let data: string | null = null;
  /** The data lines after the first, each with the LF before it; most events have none. */
  let moreData: TextBuffer | null = null;
  /** What `lastEventId` becomes at the next blank line; it outlives the event. */
  let idBuffer = "";
  let lastEventId = "";

  /** Where the first field of the event in hand stands; line 0: none was seen yet. */
  let firstLine = 0;
  let firstOffset = 0;
  /** Bytes of the event in hand that are kept, for the limit. */
  let keptBytes = 0;
  let events = 0;

  const lines = createLineSplitter(readLine);

  function readLine(line: Line): void {
    checkSize(line);
    if (line.start === line.end) dispatch(line.offset + 1);
    else if (line.bytes[line.start] === COLON) {
      const text = line.bytes.toString("utf8", line.start + 1, line.end);
      emit({ type: "comment", text, line: line.number, offset: line.offset });
    } else readField(line);
  }

  function readField(line: Line): void {
    if (firstLine === 0) {
      firstLine = line.number;
      firstOffset = line.offset;
    }
    switch (fieldName(line)) {
      case "data":
        keptBytes += line.end - line.start;
        addData(fieldValue(line, "data"));
        break;
      case "event":
        keptBytes += line.end - line.start;
        eventName = fieldValue(line, "event");
        break;
      case "id": {
        const value = fieldValue(line, "id");
        if (!value.includes(NUL)) idBuffer = value;
        break;
      }
      case "retry": {
        const digits = fieldValue(line, "retry");
        if (!ASCII_DIGITS.test(digits)) break;
        const ms = Math.min(Number(digits), Number.MAX_SAFE_INTEGER);
        emit({ type: "retry", ms, line: line.number, offset: line.offset });
        break;
      }
      case null: // "Otherwise: the field is ignored."
    }
  }

  function addData(value: string): void {
    if (data === null) data = value;
    else (moreData ??= createTextBuffer()).append(`\n${value}`);
  }

  function joinData(): string {
    if (data === null) return "";
    return moreData === null ? data : data + moreData.toString();
  }

  /** The steps of "dispatch the event", taken at each blank line. */
  function dispatch(endOffset: number): void {
    lastEventId = idBuffer;
    if (data !== null) {
      emit({
        type: "event",
        event: eventName || DEFAULT_EVENT_NAME,
        data: joinData(),
        lastEventId,
        index: events,
        line: firstLine,
        offset: firstOffset,
        length: endOffset - firstOffset,
      });
      events += 1;
    }
    eventName = "";
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
  function pendingEvent(): PendingEvent | null {
    const rest = lines.rest();
    const restName = rest === null ? null : fieldName(rest);
    if (rest !== null && (restName === "data" || restName === "event")) readField(rest);
    if (data === null && eventName === "") return null;
    return { event: eventName || DEFAULT_EVENT_NAME, data: joinData(), line: firstLine, offset: firstOffset };
  }

  return {
    push(bytes) {
      lines.push(bytes);
      const rest = lines.rest();
      if (rest !== null) checkSize(rest);
    },
    end() {
      emit({ type: "end", bytes: lines.totalBytes, events, lastEventId, pending: pendingEvent() });
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

/** "Collect the characters after the first colon; if value starts with a space, remove it." No colon: empty. */
function fieldValue({ bytes, start, end }: Line, name: FieldName): string {
  let valueStart = start + name.length + 1;
  if (valueStart < end && bytes[valueStart] === SPACE) valueStart += 1;
  return valueStart >= end ? "" : bytes.toString("utf8", valueStart, end);
}
