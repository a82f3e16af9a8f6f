// Reads a source whose server keeps the connection open only until the response is complete.
import type { DialectName } from "../dialects/index.ts";
import { TransportError } from "../errors.ts";
import { createLineSplitter } from "../framing/lines.ts";
import type { Chunk } from "../model/chunk.ts";
import { RESPONSE_OVER } from "../model/ended-by.ts";
import { isWebSocket } from "../model/web-socket.ts";
import { UNNAMED_EVENT } from "../model/wire.ts";
import type { Source } from "../sources/source.ts";
import { isErrorMessage } from "../sources/web-socket/error-message.ts";
import { createCourse } from "./course.ts";

/**
 * The same source, but it closes a WebSocket when the dialect says that the response is over, or at an error. `dialect`
 * null: detect. The end of a response of an unknown protocol cannot be detected.
 */
export function untilComplete(source: Source, dialect: DialectName | null): Source {
  return {
    ...source,
    async open(signal) {
      const input = await source.open(signal);
      if (input.exchange === null || !isWebSocket(input.exchange.response)) return input;
      let endMs: number | null = null;

      async function* untilOver(): AsyncGenerator<Chunk> {
        const course = followLines(dialect);
        for await (const chunk of input.chunks) {
          yield chunk;
          if (!course.isOverAfter(chunk.bytes)) continue;
          endMs = chunk.atMs;
          throw new TransportError(RESPONSE_OVER, "the response is over: ssescope closed the WebSocket");
        }
      }

      return {
        ...input,
        chunks: untilOver(),
        closing() {
          const closing = input.closing?.() ?? { endMs: null, heldBackMs: 0 };
          return { ...closing, endMs: endMs ?? closing.endMs };
        },
      };
    },
  };
}

/** Reads one event per line. */
function followLines(dialect: DialectName | null): { readonly isOverAfter: (bytes: Uint8Array) => boolean } {
  const course = createCourse(dialect, () => {});
  let index = 0;
  let hasFailed = false;
  const lines = createLineSplitter(({ bytes, start, end, number, offset }) => {
    const data = bytes.toString("utf8", start, end);
    const place = { index, line: number, offset, length: end - start + 1 };
    index += 1;
    hasFailed ||= isErrorMessage(data);
    course.read({ type: "event", event: UNNAMED_EVENT, data, lastEventId: "", ...place });
  });
  return {
    isOverAfter(bytes) {
      lines.push(bytes);
      return hasFailed || course.isOverAtEnd(null);
    },
  };
}
