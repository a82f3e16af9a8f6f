// Lines in, records out, exactly as WHATWG HTML 9.2 defines:
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import { EventTooLargeError } from "../errors.ts";
import { beginsLikeJson } from "../model/payload.ts";
import { decodeUtf8 } from "../model/decode-utf-8.ts";
import { type PendingEvent, UNNAMED_EVENT } from "../model/wire.ts";
import { createDataLines, type OwnLine } from "./data-lines.ts";
import type { FramingOptions, StreamSink } from "./framing.ts";
import type { Line } from "./lines.ts";
import { type FieldName, fieldName, fieldValue, mayBecomeField, retryMs, valueStart } from "./sse-fields.ts";
import { createStrayLines } from "./stray-lines.ts";
import { findInvalidUtf8 } from "./utf-8.ts";

const COLON = 0x3a;
const NUL = "\0";

export interface SseReader {
  /** Takes a whole line, without its line end. Throws EventTooLargeError. */
  readLine(line: Line, atMs: number | null): void;
  /** Events so far. */
  readonly events: number;
  /** No event has begun. Without blank lines, the line that ends an event is the first of the next. */
  readonly isBetweenEvents: boolean;
  /** Counts events that were read elsewhere, between two events of this reader. */
  pass(events: number): void;
  /** Checks the size of an unfinished line. Throws EventTooLargeError. */
  checkSize(line: Line): void;
  /** Ends the stream: `rest` is a last line without a line end, `bytes` the total size. */
  end(rest: Line | null, bytes: number): void;
}

/**
 * Reads the lines of one event stream, from any source. `firstId`: the last id of the stream that this one continues.
 */
export function createSseReader(
  sink: StreamSink,
  limits: Pick<FramingOptions, "maxEventBytes">,
  firstId = "",
): SseReader {
  // The buffers of the standard.
  let eventName = "";
  const data = createDataLines();
  /** The value of `lastEventId` from the next blank line on; it outlives the event. */
  let idBuffer = firstId;
  let lastEventId = firstId;

  /** An event line after the data: it names this event, or the next one if another data line follows. */
  let lateName = "";
  /** The id that was valid at the last data line. */
  let dataId = firstId;
  /** The line of the first event line or id after the data. */
  let lateLine: { readonly line: number; readonly offset: number } | null = null;
  /** The stream writes names after the data, so a name there does not belong to the next event. */
  let namesFollow = false;
  /** The current events have no blank lines between them, and that was reported. */
  let isRunOn = false;
  /** There is a comment among the fields of the current event. */
  let hasComment = false;

  /** Where the first field of the current event is; line 0: none yet. */
  let firstLine = 0;
  let firstOffset = 0;
  /** Bytes of the current event that count towards the limit. */
  let keptBytes = 0;

  /** When the current line arrived. */
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

  function begin(line: number, offset: number): void {
    firstLine = line;
    firstOffset = offset;
    reader.isBetweenEvents = false;
  }

  function readField(line: Line, name: FieldName | null): void {
    if (name === null) return strays.add(line); // "Otherwise: the field is ignored."
    strays.end();
    if (firstLine === 0) begin(line.number, line.offset);
    switch (name) {
      case "data": {
        const value = readData(line);
        if (!data.isEmpty()) {
          if (beginsLikeJson(value) && data.isWhole()) separate(line);
          else goOn();
        }
        keptBytes += line.end - line.start;
        data.add(value, line.number, line.offset, line.offset + line.end - line.start + 1);
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
        if (!data.isEmpty()) lateLine ??= placeOf(line);
        if (!value.includes(NUL)) idBuffer = value;
        break;
      }
      case "retry": {
        const ms = retryMs(line);
        if (ms !== null) sink.record({ type: "retry", ms, line: line.number, offset: line.offset }, atMs);
      }
    }
  }

  /**
   * Dispatches the current event, because the data in `line` cannot belong to it: joined by LF, as the standard
   * requires, two JSON values are not JSON. A name or an id between the two belongs to the second event, unless the
   * stream has its names after the data.
   */
  function separate(line: Line): void {
    // As in `{"type":"response.created", …}` and then `event: response.created`.
    namesFollow ||= lateName !== "" && data.joined().includes(`"${lateName}"`);
    const next = namesFollow ? placeOf(line) : (lateLine ?? placeOf(line));
    const [followingName, followingId] = namesFollow ? ["", idBuffer] : [lateName, idBuffer];
    if (!namesFollow) {
      lateName = "";
      idBuffer = dataId;
    }
    const wasRunOn = isRunOn;
    dispatch(data.end());
    eventName = followingName;
    idBuffer = followingId;
    begin(next.line, next.offset);
    isRunOn = true;
    if (!wasRunOn) sink.defect({ type: "event-not-separated", text: "", index: reader.events, ...next });
  }

  /** More data of the current event follows: fields between the two data lines belong to this event. */
  function goOn(): void {
    eventName = lateName || eventName;
    lateName = "";
    lateLine = null;
  }

  /** An event line after whole data names the event, or the next one: two names belong to two events. */
  function nameEvent(value: string, line: Line): void {
    if (data.isEmpty() || !data.isWhole()) {
      eventName = value;
      lateName = "";
    } else if (eventName === "" && lateName === "") {
      lateName = value;
      lateLine ??= placeOf(line);
    } else {
      separate(line);
      eventName = value;
    }
  }

  function readData(line: Line): string {
    const start = valueStart(line, "data");
    const value = decodeUtf8(line.bytes, start, line.end);
    const invalid = findInvalidUtf8(value, line.bytes, start, line.end);
    if (invalid !== null) {
      const offset = line.offset + invalid.at - line.start;
      sink.defect({ type: "invalid-utf8", text: invalid.excerpt, index: reader.events, line: line.number, offset });
    }
    return value;
  }

  /** The steps of "dispatch the event", taken at each blank line. */
  function dispatch(endOffset: number): void {
    const own = data.takeOwnLine();
    if (own !== null) divide(own);
    lastEventId = idBuffer;
    if (!data.isEmpty()) {
      const event = {
        type: "event",
        event: lateName || eventName || UNNAMED_EVENT,
        data: data.joined(),
        lastEventId,
        index: reader.events,
        line: firstLine,
        offset: firstOffset,
        length: endOffset - firstOffset,
      } as const;
      reader.events += 1;
      sink.record(event, atMs);
    } else if (eventName !== "") {
      const place = { index: reader.events, line: firstLine, offset: firstOffset };
      sink.defect({ type: hasComment ? "event-cut-by-comment" : "event-without-data", text: eventName, ...place });
    }
    namesFollow ||= lateName !== "";
    eventName = "";
    lateName = "";
    lateLine = null;
    isRunOn = false;
    hasComment = false;
    data.clear();
    firstLine = 0;
    reader.isBetweenEvents = true;
    keptBytes = 0;
  }

  /** Dispatches the event that was unfinished before its last data line, and begins another event with that line. */
  function divide({ text, line, offset }: OwnLine): void {
    dispatch(offset);
    begin(line, offset);
    data.add(text, line, offset, offset);
    sink.defect({ type: "event-not-separated", text: "", index: reader.events, line, offset });
  }

  /** Checks each line, whole or as far as it has arrived, so that the same event is refused at every chunking. */
  function checkSize(line: Line): void {
    if (keptBytes + line.end - line.start <= limits.maxEventBytes) return;
    const place =
      firstLine === 0 ? { line: line.number, offset: line.offset } : { line: firstLine, offset: firstOffset };
    throw new EventTooLargeError(limits.maxEventBytes, place);
  }

  /** The event that no blank line dispatched before the end; of an unfinished last line, name and data are read. */
  function pendingEvent(rest: Line | null): PendingEvent | null {
    const restName = rest === null ? null : fieldName(rest);
    if (rest !== null && (restName === "data" || restName === "event")) readField(rest, restName);
    else if (rest !== null && restName === null && !mayBecomeField(rest)) strays.add(rest);
    strays.end();
    if (data.isEmpty() && eventName === "") return null;
    return {
      event: lateName || eventName || UNNAMED_EVENT,
      data: data.joined(),
      line: firstLine,
      offset: firstOffset,
    };
  }

  const reader: { -readonly [Key in keyof SseReader]: SseReader[Key] } = {
    readLine,
    events: 0,
    isBetweenEvents: true,
    pass(count) {
      reader.events += count;
    },
    checkSize,
    end(rest, bytes) {
      const pending = pendingEvent(rest);
      sink.record({ type: "end", bytes, events: reader.events, lastEventId, pending }, atMs);
    },
  };
  return reader;
}

function placeOf({ number, offset }: Line): { readonly line: number; readonly offset: number } {
  return { line: number, offset };
}
