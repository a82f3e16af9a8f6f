// Joins log lines that are parts of one line: container runtimes split long lines, and GitLab appends to one.
import { EventTooLargeError } from "../../errors.ts";
import { createByteBuffer, type ByteBuffer } from "../byte-buffer.ts";
import type { Line } from "../lines.ts";
import type { LogLine } from "./line.ts";

export interface LineJoiner {
  take(line: Line, read: LogLine): void;
  /** Passes on the lines that still wait to be continued. */
  end(): void;
}

/** A line that may be continued, in a log that names the output channel of every line. */
interface Waiting {
  readonly content: ByteBuffer;
  readonly read: LogLine;
  readonly number: number;
  readonly offset: number;
  isPartial: boolean;
}

/** The limit on outputs with a waiting line; if there are more, the oldest line is passed on. */
const MOST_WAITING = 1000;

/**
 * Calls `onLine` for each whole line with its content, which is valid during the call. If the log can mark a line as
 * continued, each line waits for the next one of its origin and channel. Throws EventTooLargeError if a line never
 * ends.
 */
export function createLineJoiner(mostBytes: number, onLine: (content: Line, read: LogLine) => void): LineJoiner {
  const waiting = new Map<string, Waiting>();
  const content: Line = { bytes: Buffer.alloc(0), start: 0, end: 0, number: 0, offset: 0 };

  function release(key: string): void {
    const held = waiting.get(key);
    if (held === undefined) return;
    waiting.delete(key);
    content.bytes = held.content.view();
    content.start = 0;
    content.end = held.content.length;
    content.number = held.number;
    content.offset = held.offset;
    onLine(content, held.read);
  }

  function append(held: Waiting, line: Line, from: number, to: number): void {
    held.content.append(line.bytes, from, to);
    if (held.content.length > mostBytes)
      throw new EventTooLargeError(mostBytes, { line: held.number, offset: held.offset });
  }

  return {
    take(line, read) {
      const { kind, start, end, channel, origin } = read;
      // A mark that ends a stream comes after all of its lines, on any output; nothing continues after it.
      if (kind !== "content") for (const key of waiting.keys()) if (key.startsWith(`${origin}\n`)) release(key);
      if (channel === "" || kind !== "content") {
        content.bytes = line.bytes;
        content.start = start;
        content.end = end;
        content.number = line.number;
        content.offset = line.offset + start - line.start;
        return onLine(content, read);
      }
      const key = `${origin}\n${channel}`;
      const held = waiting.get(key);
      if (held !== undefined && (held.isPartial || read.continues)) {
        append(held, line, held.isPartial ? read.restStart : start, end);
        held.isPartial = read.isPartial;
        return;
      }
      release(key);
      if (waiting.size === MOST_WAITING) release(waiting.keys().next().value ?? "");
      const offset = line.offset + start - line.start;
      const next = { content: createByteBuffer(), read, number: line.number, offset, isPartial: read.isPartial };
      append(next, line, start, end);
      waiting.set(key, next);
    },
    end() {
      for (const key of waiting.keys()) release(key);
    },
  };
}
