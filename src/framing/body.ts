import type { Framer, FramingOptions, OpenStream } from "./framing.ts";

/** For the body of an HTTP error: it says what is wrong, and no event is looked for in it. */
export function createBodyFramer(open: OpenStream, { http }: Pick<FramingOptions, "http">): Framer {
  const sink = open({ framing: null, wrapping: null, http, place: null });
  let bytesInAll = 0;
  return {
    push(bytes) {
      bytesInAll += bytes.length;
      sink.bytes(bytes);
    },
    end: () => sink.record({ type: "end", bytes: bytesInAll, events: 0, lastEventId: "", pending: null }, null),
  };
}
