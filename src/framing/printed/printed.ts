// Events that a program printed, line by line: the part of the stream in each line is read like the body that it came
// from, with the line's place in the input.
import { EventTooLargeError, UserError } from "../../errors.ts";
import { createByteBuffer } from "../byte-buffer.ts";
import { createDetectingFramer } from "../detect.ts";
import type { Framer, Framing, FramingOptions, OpenStream, StreamSink } from "../framing.ts";
import { createLineSplitter, type Line } from "../lines.ts";
import { createLogClock } from "../log/clock.ts";
import { type LogLine, readLogLine } from "../log/line.ts";
import { ndjson } from "../ndjson.ts";
import { sse } from "../sse.ts";
import { createDocumentLines } from "./document-lines.ts";
import { type FoundForm, findForm } from "./find-form.ts";
import type { Printed, PrintedForm } from "./form.ts";

const BODY_FRAMINGS = [ndjson, sse] as const;
const LF = 0x0a;

interface PrintedFraming extends Pick<Framing, "name" | "title"> {
  readonly forms: readonly PrintedForm[];
}

export function printedFraming({ name, title, forms }: PrintedFraming): Framing {
  return {
    name,
    title,
    mediaTypes: [],
    detect(head, complete) {
      const found = findForm(forms, Buffer.from(head.buffer, head.byteOffset, head.byteLength), complete);
      return found === null ? null : found !== false;
    },
    create: (open, options) => createPrintedFramer(name, forms, open, options),
  };
}

/** The limit on origins; the streams of further origins are read as one. */
const MOST_ORIGINS = 1000;

interface OriginStream {
  readonly framer: Framer;
  readonly sinks: StreamSink[];
  readonly startMs: number | null;
  /** When its last line was printed. */
  lastMs: number | null;
  /** The last line holds data of an event whose empty line has not come yet. */
  isInData: boolean;
}

function createPrintedFramer(
  name: string,
  forms: readonly PrintedForm[],
  open: OpenStream,
  options: FramingOptions,
): Framer {
  /** The bytes before the form was known. */
  const held = createByteBuffer();
  let found: FoundForm | null = null;
  const streams = new Map<string, OriginStream>();
  const clock = createLogClock();
  /** JSON over several lines, and its first line. */
  const document = createDocumentLines();
  let opened: { readonly line: Line; readonly read: LogLine } | null = null;
  let skippedLines = 0;
  let hasStream = false;
  /** The beginning of the input, shown if it contains no stream. */
  let beginning: Buffer = EMPTY;

  function begin(origin: string, line: number, atMs: number | null): OriginStream {
    const sinks: StreamSink[] = [];
    const openHere: OpenStream = (head) => {
      hasStream = true;
      const place = { name: origin === "" ? null : origin, line };
      const sink = open({ ...head, framing: name, place, ...(found !== null && { instead: found.form.instead }) });
      sinks.push(sink);
      return sink;
    };
    const framer = createDetectingFramer(() => BODY_FRAMINGS, openHere, options);
    const stream = { framer, sinks, startMs: atMs, lastMs: null, isInData: false };
    streams.set(origin, stream);
    return stream;
  }

  function endStream(origin: string): void {
    const stream = streams.get(origin);
    if (stream === undefined) return;
    streams.delete(origin);
    stream.framer.end();
    for (const sink of stream.sinks) sink.close();
  }

  /** Passes the text of a line to its stream; each line of the text gets the place of the printed line. */
  function give({ framer }: OriginStream, body: string, line: Line, atMs: number | null): void {
    const bytes = Buffer.from(body);
    for (let start = 0; start < bytes.length;) {
      const lineFeed = bytes.indexOf(LF, start);
      const end = lineFeed === -1 ? bytes.length : lineFeed + 1;
      // The rest of the text is placed at the end of the printed line, so an event is as long as its line.
      const offset = start === 0 ? line.offset : line.offset + line.end - line.start;
      framer.moveTo?.({ line: line.number, offset });
      framer.push(bytes.subarray(start, end), atMs);
      start = end;
    }
  }

  function takeLine(line: Line): void {
    if (found === null) return;
    if (line.end - line.start > options.maxEventBytes) throw tooLarge(line);
    const { form, shape } = found;
    const read = readLogLine(line.bytes, line.start, line.end);
    const isMark = form.of !== "line" && read.kind !== "content";
    if (isMark && read.kind !== "noise" && !document.isOpen) endStream(read.origin);
    const isWhole = form.of === "line" || isMark;
    const [start, end] = isWhole ? [line.start, line.end] : [read.start, read.end];
    const text = line.bytes.toString("utf8", start, end);
    if (document.isOpen) {
      const whole = document.add(text);
      if (whole !== null && opened !== null) takeText(whole, opened.line, opened.read);
    } else if (form.opensDocument?.(text) === true) {
      document.open(text);
      // A line is valid only during the call; of this one, only the place is needed later.
      opened = { line: { ...line, bytes: EMPTY, start: 0, end: line.end - line.start }, read };
    } else if (isMark) skippedLines += 1;
    else takeText(text, line, read);

    function takeText(text: string, line: Line, read: LogLine): void {
      const printed = form.read(text, shape);
      if (printed !== null && printed.shape === shape) return takePrinted(printed, line, read);
      const stream = streams.get(read.origin);
      if (text !== "" || form.keepsEmptyLines !== true || stream?.isInData !== true) skippedLines += 1;
      else takeEmptyLine(stream, line);
    }
  }

  function takePrinted(printed: Printed, line: Line, read: LogLine): void {
    const { atMs: recordedMs = null } = printed;
    const atMs = clock.read(recordedMs ?? read.atMs, recordedMs === null ? read.periodMs : null);
    const origin = streams.has(read.origin) || streams.size < MOST_ORIGINS ? read.origin : "";
    const stream = streams.get(origin) ?? begin(origin, line.number, atMs);
    const elapsedMs = atMs === null || stream.startMs === null ? null : Math.max(atMs - stream.startMs, 0);
    give(stream, printed.body, line, elapsedMs);
    stream.lastMs = elapsedMs;
    stream.isInData = printed.body.startsWith("data:") && !printed.body.endsWith("\n\n");
  }

  /** Takes the empty line of a chunk that was printed with its line ends, as `print("chunk:", text)` does. */
  function takeEmptyLine(stream: OriginStream, line: Line): void {
    give(stream, "\n", line, stream.lastMs);
    stream.isInData = false;
  }

  const lines = createLineSplitter(takeLine, "lf");

  function checkSize(): void {
    const rest = lines.rest();
    if (rest === null || rest.end - rest.start <= options.maxEventBytes) return;
    throw tooLarge(rest);
  }

  function tooLarge({ number, offset }: Line): EventTooLargeError {
    return new EventTooLargeError(options.maxEventBytes, { line: number, offset });
  }

  /** Reads the held bytes once their form is known; `complete`: no more will come. */
  function beginForm(complete: boolean): void {
    const form = findForm(forms, held.view(), complete);
    if (form === null) return;
    // The user named this framing, but no line has one of its forms.
    found = form === false ? { form: NO_FORM, shape: "" } : form;
    const bytes = Buffer.from(held.view());
    beginning = bytes.subarray(0, KEPT_BYTES);
    held.clear();
    lines.push(bytes);
  }

  /** Reports an input without a stream. */
  function openNone(): void {
    // Only the user's choice selected this framing.
    if (found?.form === NO_FORM && lines.totalBytes > 0) throw misfit(name);
    const instead = found !== null && { instead: found.form.instead };
    const sink = open({ framing: name, wrapping: null, http: options.http, place: null, ...instead });
    sink.bytes(beginning);
    sink.record({ type: "end", bytes: lines.totalBytes, events: 0, lastEventId: "", pending: null }, null);
  }

  return {
    push(bytes) {
      if (found === null) {
        held.append(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
        if (bytes.includes(LF) || held.length > LONGEST_HELD) beginForm(false);
        return;
      }
      lines.push(bytes);
      checkSize();
    },
    end() {
      if (found === null) beginForm(true);
      const rest = lines.rest();
      if (rest !== null) takeLine(rest);
      for (const origin of streams.keys()) endStream(origin);
      if (!hasStream) openNone();
    },
    skipped: () => ({ skippedLines }),
  };
}

function misfit(name: string): UserError {
  return new UserError(
    `no line matches the framing ${name}`,
    "leave --framing out to have it detected, or name another",
  );
}

const EMPTY = Buffer.alloc(0);
const KEPT_BYTES = 4096;
const LONGEST_HELD = 64 * 1024;
const NO_FORM: PrintedForm = { of: "line", instead: "", read: () => null };
