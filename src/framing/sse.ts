// Server-Sent Events: the lines of the input are one stream.
import type { HttpHead } from "../model/http-head.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "./framing.ts";
import { createLineSplitter } from "./lines.ts";
import { beginsWith } from "./log/ascii.ts";
import { createSseReader } from "./sse-reader.ts";
import { framingNames } from "./framing-names.ts";

/** An input that begins with one of these is a bare stream: no other framing accepts it. */
const FIELDS = ["event:", "data:"];

/** Whether an input is a stream by its first field alone, as most are. A message of a WebSocket may begin so, too. */
export function isBareStream(head: Uint8Array, http: HttpHead | null): boolean {
  return http === null && FIELDS.some((field) => beginsWith(head, 0, head.length, field));
}

export const sse: Framing = {
  name: framingNames.sse,
  title: "Server-Sent Events, text/event-stream",
  mediaTypes: ["text/event-stream"],
  // The last resort of detection: any text is a legal event stream, if an empty one.
  detect: () => true,
  create: createSseFramer,
};

function createSseFramer(open: OpenStream, options: FramingOptions): Framer {
  const sink = open({ framing: sse.name, wrapping: sse.name, http: options.http, place: null });
  const reader = createSseReader(sink, options);
  let chunk: Buffer = Buffer.alloc(0);
  let atMs: number | null = null;
  /** False if an event of the chunk might be too large. */
  let takesStretches = false;

  const lines = createLineSplitter((line, next) => {
    const { events } = reader;
    reader.readLine(line, atMs);
    if (reader.events > events && takesStretches && reader.isBetweenEvents) readStretch(next, line.number + 1);
  });

  /** Skips the events that the sink takes all at once. */
  function readStretch(from: number, line: number): void {
    const place = { index: reader.events, line, offset: lines.totalBytes + from };
    const stretch = sink.stretch?.({ bytes: chunk, from, ...place });
    if (stretch === undefined || stretch === null) return;
    reader.pass(stretch.events);
    lines.pass(stretch.bytes, stretch.lines);
  }

  return {
    push(bytes, arrivedAtMs) {
      atMs = arrivedAtMs;
      chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      takesStretches = sink.stretch !== undefined && bytes.length <= options.maxEventBytes;
      sink.bytes(bytes, atMs, lines.totalBytes);
      lines.push(chunk);
      const rest = lines.rest();
      if (rest !== null) reader.checkSize(rest);
    },
    moveTo: (place) => lines.moveTo(place),
    end: () => reader.end(lines.rest(), lines.totalBytes),
  };
}
