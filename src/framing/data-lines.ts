// The data of the event in hand: its data lines, joined by LF as the standard says.
import { beginsLikeJson, isWholeEvent } from "../model/payload.ts";
import { TextBuffer } from "../model/text-buffer.ts";

/** A data line that is an event of its own. */
export interface OwnLine {
  readonly text: string;
  readonly line: number;
  readonly offset: number;
}

export interface DataLines {
  /** There is none yet: an event without a data line is not dispatched. */
  isEmpty(): boolean;
  /** Offset behind the last one. */
  end(): number;
  /** Adds the data of a line at that place, which ends at offset `end`. */
  add(text: string, line: number, offset: number, end: number): void;
  joined(): string;
  /** Whether they are all of an event's data. */
  isWhole(): boolean;
  /**
   * Takes the last line off, if it is a JSON object and what all of them make is not JSON: somebody wrote an event into
   * one that was not finished. Null if that is not so.
   */
  takeOwnLine(): OwnLine | null;
  clear(): void;
}

export function createDataLines(): DataLines {
  let first: string | null = null;
  /** Those after the first, each with the LF before it; most events have none. */
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
