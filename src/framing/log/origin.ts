// The lines of one origin in a log: where a stream begins, which lines belong to it, and where it ends.
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
  /** Takes the content of a line, which is valid during the call, and the time at which it was written. */
  take(line: Line, kind: LogLineKind, atMs: number | null, periodMs: number | null): void;
  end(): void;
}

/** Receives the lines that belong to no stream. */
export interface Rest {
  skipped(): void;
  /** An HTTP response arrived that no stream has followed yet; its body grows with the lines that follow. */
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
  /** The origin of its times: its request, or its first line. */
  readonly startMs: number | null;
  bytes: number;
}

/** A line that may belong to a stream that has not begun. */
interface HeldLine {
  readonly line: Line;
  readonly atMs: number | null;
}

/** The limit on names, ids and comments before the first data. */
const MOST_HELD = 8;
/** The limit on other lines between a name and its data. */
const MOST_BETWEEN = 4;
const MOST_HEAD_LINES = 200;
const LONGEST_BODY = 64 * 1024;
const LINE_END = Buffer.from("\n");
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const HEADER = /^[\w-]+:/;

/** Reads the lines of an origin; `open` begins each stream found in them. */
export function createOrigin(name: string | null, open: OpenStream, options: FramingOptions, rest: Rest): Origin {
  const clock = createLogClock();
  let stream: OpenedStream | null = null;
  let held: HeldLine[] = [];
  /** Other lines since the last held one. */
  let linesBetween = 0;
  /** The headers of an HTTP response, which its body follows. */
  let head: string[] = [];
  let isInHead = false;
  /** The response with those headers, until a stream begins. */
  let answer: Answer | null = null;
  /** When the last request was sent, if no response has followed yet. */
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
    // An error response belongs to another request.
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

  /** Takes a line while no stream is open: it may begin one. */
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

  /**
   * Takes a line of the body of a response that is not a stream; after a whole JSON document, lines are the log's own.
   */
  function takeBody(line: Line): void {
    if (answer === null || answer.isWhole || answer.body.length >= LONGEST_BODY) return;
    answer.body += `${line.bytes.toString("utf8", line.start, Math.min(line.end, line.start + LONGEST_BODY))}\n`;
    answer.isWhole = isDocument(answer.body);
  }

  /** Takes a header line, or the empty line that ends the headers; false for any other line. */
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

/** Whether a text is a complete JSON object or array. */
function isDocument(text: string): boolean {
  const payload = parsePayload(text);
  return payload.type === "object" || (payload.type === "json" && Array.isArray(payload.value));
}

/** A copy of a line that stays valid after the call. */
function copyOf({ bytes, start, end, ...place }: Line): Line {
  return { ...place, bytes: Buffer.from(bytes.subarray(start, end)), start: 0, end: end - start };
}

const DATA = "data:";

/** Whether a data line holds JSON: without JSON and without a name before it, `data:` may be any printed text. */
function holdsJson({ bytes, start, end }: Line): boolean {
  const at = bytes[start + DATA.length] === SPACE ? start + DATA.length + 1 : start + DATA.length;
  return at < end && (bytes[at] === OPENING_BRACE || bytes[at] === OPENING_BRACKET);
}
