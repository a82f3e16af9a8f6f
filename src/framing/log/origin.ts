// The lines of one origin in a log: where a stream begins among them, what belongs to it, and where it ends.
import { type HttpHead, mayBeStream } from "../../model/http-head.ts";
import { parsePayload } from "../../model/payload.ts";
import type { FramingOptions, OpenStream, StreamSink } from "../framing.ts";
import type { Line } from "../lines.ts";
import { beginsWith, beginsWithField, SPACE } from "./ascii.ts";
import { createLogClock } from "./clock.ts";
import type { LogLineKind } from "./line.ts";
import { readResponseHead } from "../response-head.ts";
import { createSseReader, type SseReader } from "../sse-reader.ts";
import { sse } from "../sse.ts";

export interface Origin {
  /** Takes the content of a line, which is valid during the call, and when it was written. */
  take(line: Line, kind: LogLineKind, atMs: number | null, periodMs: number | null): void;
  end(): void;
}

/** What comes of the lines that are of no stream. */
export interface Rest {
  skipped(): void;
  /** An HTTP response came that no stream has followed yet; its body grows with the lines that follow. */
  answered(answer: Answer): void;
}

export interface Answer {
  readonly http: HttpHead | null;
  body: string;
  /** The body is a whole JSON document. */
  isWhole: boolean;
}

interface OpenedStream {
  readonly sink: StreamSink;
  readonly reader: SseReader;
  /** What its times are measured from: its request, or its first line. */
  readonly startMs: number | null;
  bytes: number;
}

/** A line that may be of a stream that has not begun. */
interface HeldLine {
  readonly line: Line;
  readonly atMs: number | null;
}

/** Names, ids and comments that may stand before the first data. */
const MOST_HELD = 8;
/** Lines of something else that may come between a name and its data. */
const MOST_BETWEEN = 4;
const MOST_HEAD_LINES = 200;
const LONGEST_BODY = 64 * 1024;
const LINE_END = Buffer.from("\n");
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const HEADER = /^[\w-]+:/;

/** Reads the lines of an origin; `open` begins each stream that is found in them. */
export function createOrigin(name: string | null, open: OpenStream, options: FramingOptions, rest: Rest): Origin {
  const clock = createLogClock();
  let stream: OpenedStream | null = null;
  let held: HeldLine[] = [];
  /** Other lines since the last one that is held. */
  let linesBetween = 0;
  /** The head of an HTTP response; what follows it is its body. */
  let head: string[] = [];
  let isInHead = false;
  /** The response of that head, while no stream has begun. */
  let answer: Answer | null = null;
  /** When the last request was sent, if nothing has come of it yet. */
  let requestMs: number | null = null;

  function closeStream(): void {
    if (stream === null) return;
    stream.reader.end(null, stream.bytes);
    stream.sink.close();
    stream = null;
  }

  function skip(): void {
    rest.skipped();
  }

  function dropHeld(): void {
    for (const _ of held) skip();
    held = [];
  }

  function begin(line: Line, atMs: number | null): void {
    const lines = [...held, { line, atMs }];
    held = [];
    const [first = { line, atMs }] = lines;
    const answered = readResponseHead(head);
    // What was answered with an error is another request.
    const http = mayBeStream(answered) ? answered : null;
    const sink = open({ framing: null, wrapping: sse.name, http, place: { name, line: first.line.number } });
    stream = { sink, reader: createSseReader(sink, options), startMs: requestMs ?? first.atMs, bytes: 0 };
    requestMs = null;
    for (const { line, atMs } of lines) give(stream, line, atMs);
  }

  function give(to: OpenedStream, line: Line, atMs: number | null): void {
    to.sink.bytes(line.bytes.subarray(line.start, line.end), null, line.offset);
    to.sink.bytes(LINE_END, null, line.offset + line.end - line.start);
    to.bytes += line.end - line.start + LINE_END.length;
    to.reader.readLine(line, atMs === null || to.startMs === null ? null : atMs - to.startMs);
  }

  /** A line while no stream is open: it may begin one. */
  function watch(line: Line, atMs: number | null): void {
    const isField = beginsWithField(line.bytes, line.start, line.end);
    if (isInHead && takeHeader(line)) return skip();
    const isData = isField && beginsWith(line.bytes, line.start, line.end, DATA);
    if (isData && (held.length > 0 || holdsJson(line))) {
      begin(line, atMs);
    } else if (isField && !isData) {
      held.push({ line: copyOf(line), atMs });
      linesBetween = 0;
      if (held.length > MOST_HELD) {
        held.shift();
        skip();
      }
    } else {
      linesBetween += 1;
      if (line.start === line.end || linesBetween > MOST_BETWEEN) dropHeld();
      skip();
      takeBody(line);
    }
  }

  /** A line of the body of a response that is no stream: what comes behind a whole JSON document is the log's own again. */
  function takeBody(line: Line): void {
    if (answer === null || answer.isWhole || answer.body.length >= LONGEST_BODY) return;
    answer.body += `${line.bytes.toString("utf8", line.start, Math.min(line.end, line.start + LONGEST_BODY))}\n`;
    answer.isWhole = isDocument(answer.body);
  }

  /** A header line, or the empty line that ends a head; false for what is neither. */
  function takeHeader(line: Line): boolean {
    const text = line.bytes.toString("latin1", line.start, Math.min(line.end, line.start + LONGEST_BODY));
    if (text !== "" && HEADER.test(text) && head.length < MOST_HEAD_LINES) {
      head.push(text);
      return true;
    }
    endHead();
    return text === "";
  }

  function endHead(): void {
    isInHead = false;
    const http = readResponseHead(head);
    if (http === null) return;
    answer = { http, body: "", isWhole: false };
    rest.answered(answer);
  }

  return {
    take(line, kind, writtenAtMs, periodMs) {
      const atMs = clock.read(writtenAtMs, periodMs);
      if (kind === "content") {
        if (stream === null) return watch(line, atMs);
        const isOfStream = line.start === line.end || beginsWithField(line.bytes, line.start, line.end);
        return isOfStream ? give(stream, line, atMs) : skip();
      }
      skip();
      if (kind === "noise") return;
      if (kind === "response-head") {
        const text = line.bytes.toString("latin1", line.start, line.end);
        if (isInHead && !text.startsWith("HTTP/")) return void takeHeader(line);
        closeStream();
        isInHead = true;
        head = [text.trimEnd()];
      } else {
        closeStream();
        head = [];
        requestMs = kind === "request" ? atMs : null;
      }
      dropHeld();
      answer = null;
    },
    end() {
      if (isInHead) endHead();
      dropHeld();
      closeStream();
    },
  };
}

/** Whether a text is a JSON object or array, whole. */
function isDocument(text: string): boolean {
  const payload = parsePayload(text);
  return payload.type === "object" || (payload.type === "json" && Array.isArray(payload.value));
}

/** A line that outlives the call that lent it. */
function copyOf({ bytes, start, end, ...place }: Line): Line {
  return { ...place, bytes: Buffer.from(bytes.subarray(start, end)), start: 0, end: end - start };
}

const DATA = "data:";

/** Whether a data line holds JSON: without it, and without a name before it, `data:` may be anything that is printed. */
function holdsJson({ bytes, start, end }: Line): boolean {
  const at = bytes[start + DATA.length] === SPACE ? start + DATA.length + 1 : start + DATA.length;
  return at < end && (bytes[at] === OPENING_BRACE || bytes[at] === OPENING_BRACKET);
}
