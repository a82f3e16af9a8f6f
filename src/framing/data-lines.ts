// The data of the current event: its data lines, joined by LF as the standard requires.
import { beginsLikeJson, isWholeEvent } from "../model/payload.ts";
import { TextBuffer } from "../model/text-buffer.ts";

/** A data line that is an event by itself. */
export interface OwnLine {
  readonly text: string;
  readonly line: number;
  readonly offset: number;
}

export interface DataLines {
  /** Whether there is no data line yet: an event without one is not dispatched. */
  isEmpty(): boolean;
  /** Offset after the last data line. */
  end(): number;
  /** Adds the data of a line; `line` and `offset` are its place, `end` is the offset of its end. */
  add(text: string, line: number, offset: number, end: number): void;
  joined(): string;
  /** Whether the lines so far are complete event data. */
  isWhole(): boolean;
  /**
   * Removes and returns the last line if it is a JSON object but all lines together are not JSON: another writer put an
   * event into an unfinished one. Otherwise null.
   */
  takeOwnLine(): OwnLine | null;
  clear(): void;
}

export function createDataLines(): DataLines {
  let first: string | null = null;
  /** The lines after the first, each with an LF before it; most events have none. */
  let more: TextBuffer | null = null;
  let last: OwnLine | null = null;
  let end = 0;

  function joined(): string {
    return (first ?? "") + (more === null ? "" : more.toString());
  }

  return {
    isEmpty: () => first === null,
    end: () => end,
    add(text, line, offset, lineEnd) {
      end = lineEnd;
      if (first === null) {
        first = text;
        return;
      }
      (more ??= new TextBuffer()).append(`\n${text}`);
      last = beginsLikeJson(text) ? { text, line, offset } : null;
    },
    joined,
    isWhole: () => isWholeEvent(joined()),
    takeOwnLine() {
      if (last === null || !isWholeEvent(last.text) || isWholeEvent(joined())) return null;
      const own = last;
      first = joined().slice(0, -own.text.length - 1);
      more = null;
      last = null;
      return own;
    },
    clear() {
      first = null;
      more = null;
      last = null;
    },
  };
}
