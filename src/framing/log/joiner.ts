// Lines of a log that are pieces of one line: container runtimes cut long lines, and GitLab appends to the one before.
import { EventTooLargeError } from "../../errors.ts";
import { createByteBuffer, type ByteBuffer } from "../byte-buffer.ts";
import type { Line } from "../lines.ts";
import type { LogLine } from "./line.ts";

export interface LineJoiner {
  take(line: Line, read: LogLine): void;
  /** Hands on what still waits to be continued. */
  end(): void;
}

/** A line that may go on: the log says of every line through which output of its origin it came. */
interface Waiting {
  readonly content: ByteBuffer;
  readonly read: LogLine;
  readonly number: number;
  readonly offset: number;
  isPartial: boolean;
}

/** Outputs whose lines wait; those of more are taken as they come. */
const MOST_WAITING = 1000;

/**
 * Calls `onLine` for each whole line with its content; it is valid during the call. A line waits for the next one of its
 * origin and channel where the log can say that it goes on. Throws EventTooLargeError for one that never ends.
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
      // A mark that ends a stream comes after all of its lines, through whatever output; nothing goes on behind it.
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
