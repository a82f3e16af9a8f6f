// Server-Sent Events: one stream, whose lines are those of the input.
import type { Framer, Framing, FramingOptions, OpenStream } from "./framing.ts";
import { createLineSplitter } from "./lines.ts";
import { createSseReader } from "./sse-reader.ts";

export const sse: Framing = {
  name: "sse",
  title: "Server-Sent Events, text/event-stream",
  // The last resort of the guess: any text is a legal event stream, if an empty one.
  guess: () => true,
  create: createSseFramer,
};

function createSseFramer(open: OpenStream, options: FramingOptions): Framer {
  const sink = open({ framing: sse.name, wrapping: sse.name, http: options.http, place: null });
  const reader = createSseReader(sink, options);
  let atMs: number | null = null;
  const lines = createLineSplitter((line) => reader.readLine(line, atMs));
  return {
    push(bytes, arrivedAtMs) {
      atMs = arrivedAtMs;
      sink.bytes(bytes);
      lines.push(bytes);
      const rest = lines.rest();
      if (rest !== null) reader.checkSize(rest);
    },
    end: () => reader.end(lines.rest(), lines.totalBytes),
  };
}
