import type { Framer, FramingOptions, OpenStream } from "./framing.ts";

/** Reads the body of an HTTP error, which explains the error and is not searched for events. */
export function createBodyFramer(open: OpenStream, { http }: Pick<FramingOptions, "http">): Framer {
  const sink = open({ framing: null, wrapping: null, http, place: null });
  let totalBytes = 0;
  return {
    push(bytes) {
      totalBytes += bytes.length;
      sink.bytes(bytes);
    },
    moveTo({ offset }) {
      totalBytes = offset;
    },
    end: () => sink.record({ type: "end", bytes: totalBytes, events: 0, lastEventId: "", pending: null }, null),
  };
}
