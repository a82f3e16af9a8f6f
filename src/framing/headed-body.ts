// A body after HTTP headers, or after their substitute on some platform. Events keep their places in the whole input.
import { type HttpHead, mayBeStream } from "../model/http-head.ts";
import { awsEventstream } from "./aws-eventstream.ts";
import { aiSdkData } from "./ai-sdk-data.ts";
import { createBodyFramer } from "./body.ts";
import { createByteBuffer } from "./byte-buffer.ts";
import { createChunkedBody, type OnChunkFault } from "./chunks.ts";
import { createDetectingFramer } from "./detect.ts";
import type { Framer, FramingOptions, OpenStream, StreamSink } from "./framing.ts";
import { jsonArray } from "./json-array.ts";
import { jsonDocuments } from "./json-documents.ts";
import { ndjson } from "./ndjson.ts";
import { sse } from "./sse.ts";

const BODY_FRAMINGS = [awsEventstream, jsonArray, jsonDocuments, aiSdkData, ndjson, sse] as const;

export interface FoundBody {
  /** The offset of its first byte. */
  readonly start: number;
  /** Status and headers, read from the bytes before it. */
  readonly http: HttpHead | null;
  /** It is in chunked transfer coding. */
  readonly isChunked: boolean;
}

/** Finds the body in the first bytes of an input; null if more are needed. `complete`: `head` is all of the input. */
export type FindBody = (head: Buffer, complete: boolean) => FoundBody | null;

/** Reads the body that `findBody` finds; `name` is the framing that is then reported. */
export function createHeadedFramer(
  name: string,
  findBody: FindBody,
  open: OpenStream,
  options: FramingOptions,
): Framer {
  /** The headers, and the bytes of the body that arrived with them. */
  const held = createByteBuffer();
  let heldAtMs: number | null = null;
  let body: Framer | null = null;
  let sink: StreamSink | null = null;
  /** Events of the body so far, to locate faults of its coding. */
  let events = 0;

  const openBody: OpenStream = (head) => {
    const opened = open({ ...head, framing: name });
    sink = {
      ...opened,
      record(record, atMs) {
        if (record.type === "event") events = record.index + 1;
        opened.record(record, atMs);
      },
      ...(opened.stretch !== undefined && {
        stretch(ahead) {
          const passed = opened.stretch?.(ahead) ?? null;
          if (passed !== null) events = ahead.index + passed.events;
          return passed;
        },
      }),
    };
    return sink;
  };

  const onFault: OnChunkFault = (fault) => sink?.defect({ ...fault, index: events });

  /** Passes the first bytes to the body, once its start is known. */
  function beginBody(complete: boolean): void {
    const bytes = held.view();
    const found = findBody(bytes, complete);
    if (found === null) return;
    const { start, isChunked } = found;
    const http = found.http ?? options.http;
    const bodyOptions = { ...options, http };
    const inner = mayBeStream(http)
      ? createDetectingFramer(() => BODY_FRAMINGS, openBody, bodyOptions)
      : createBodyFramer(openBody, bodyOptions);
    const place = { line: countLines(bytes.subarray(0, start)), offset: start };
    body = isChunked ? createChunkedBody(inner, place, onFault) : inner;
    if (start > 0 && !isChunked) body.moveTo?.(place);
    body.push(bytes.subarray(start), heldAtMs);
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

const LF = 0x0a;

/** The number of the line that contains the byte after these. */
function countLines(bytes: Buffer): number {
  let line = 1;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) line += 1;
  return line;
}
