// What `curl -i` prints: status line and headers, then the body, which is read like any other.
import { mayBeStream } from "../model/http-head.ts";
import { createBodyFramer } from "./body.ts";
import { createByteBuffer } from "./byte-buffer.ts";
import type { Framer, Framing, FramingOptions, OpenStream, StreamSink } from "./framing.ts";
import { createDetectingFramer } from "./detect.ts";
import { jsonArray } from "./json-array.ts";
import { ndjson } from "./ndjson.ts";
import { isStatusLine, readResponseHead } from "./response-head.ts";
import { sse } from "./sse.ts";

const BODY_FRAMINGS = [jsonArray, ndjson, sse] as const;
const PROTOCOL = "HTTP/";
/** As much of a status line as tells: `HTTP/1.1 200`. */
const DETECTION_BYTES = "HTTP/1.1 200".length;
/** A head that is longer is none: servers allow 8 to 64 KiB. */
const MOST_HEAD_BYTES = 256 * 1024;

export const curl: Framing = {
  name: "curl",
  title: "what curl -i prints: status and headers, then the body",
  mediaTypes: [],
  detect(head, complete) {
    const text = Buffer.from(head.subarray(0, DETECTION_BYTES)).toString("latin1");
    if (!complete && text.length < DETECTION_BYTES && mayBeginHead(text)) return null;
    return isStatusLine(text.split(/[\r\n]/, 1)[0] ?? "");
  },
  create: createCurlFramer,
};

function createCurlFramer(open: OpenStream, options: FramingOptions): Framer {
  /** The head, and what came with it of the body. */
  const held = createByteBuffer();
  let heldAtMs: number | null = null;
  let body: Framer | null = null;

  /** Gives the body its first bytes, once the end of the last head is known. */
  function beginBody(complete: boolean): void {
    const text = held.view().toString("latin1");
    const found = findBody(text, complete || held.length > MOST_HEAD_BYTES);
    if (found === null) return;
    const http = readResponseHead(found.head) ?? options.http;
    const lines = text.slice(0, found.start).split("\n").length - 1;
    const openBody: OpenStream = (head) => moved(open({ ...head, framing: curl.name }), lines, found.start);
    const bodyOptions = { ...options, http };
    body = mayBeStream(http)
      ? createDetectingFramer(BODY_FRAMINGS, openBody, bodyOptions)
      : createBodyFramer(openBody, bodyOptions);
    body.push(held.view().subarray(found.start), heldAtMs);
    held.clear();
  }

  return {
    push(bytes, atMs) {
      if (body !== null) return body.push(bytes, atMs);
      heldAtMs = atMs;
      held.append(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      beginBody(false);
    },
    end() {
      if (body === null) beginBody(true);
      body?.end();
    },
  };
}

interface FoundBody {
  /** Where it begins in the text. */
  readonly start: number;
  /** The lines of the head before it. */
  readonly head: readonly string[];
}

/** The body after the last head: those of a proxy, of a redirect, of `100 Continue` may come first. Null: not yet known. */
function findBody(text: string, complete: boolean): FoundBody | null {
  let start = 0;
  let head: readonly string[] = [];
  for (;;) {
    const rest = text.slice(start);
    if (!complete && rest.length < PROTOCOL.length && mayBeginHead(rest)) return null;
    if (!rest.startsWith(PROTOCOL)) return { start, head };
    const end = /\r?\n\r?\n/.exec(rest);
    if (end === null && !complete) return null;
    head = rest.slice(0, end?.index).split(/\r?\n/);
    start = end === null ? text.length : start + end.index + end[0].length;
  }
}

function mayBeginHead(text: string): boolean {
  return PROTOCOL.startsWith(text.slice(0, PROTOCOL.length));
}

/** What is found in a body, at its place in the whole. */
function moved(sink: StreamSink, lines: number, bytes: number): StreamSink {
  const move = <Placed extends { readonly line: number; readonly offset: number }>(placed: Placed): Placed => ({
    ...placed,
    line: placed.line + lines,
    offset: placed.offset + bytes,
  });
  return {
    ...sink,
    record(record, atMs) {
      if (record.type !== "end") return sink.record(move(record), atMs);
      const pending = record.pending === null ? null : move(record.pending);
      sink.record({ ...record, bytes: record.bytes + bytes, pending }, atMs);
    },
    defect: (defect) => sink.defect(move(defect)),
    ...(sink.stretch !== undefined && { stretch: (ahead) => sink.stretch?.(move(ahead)) ?? null }),
  };
}
