import { ONE_COLUMN } from "./columns.ts";

/** Tracks the cursor of a terminal after each write. */
export interface Cursor {
  /** Takes text without control sequences. */
  add(text: string): void;
  /** Whether the cursor is at the start of a line. */
  isAtStart(): boolean;
  /** The column, from 0, on a terminal of this width; null if it is unknown. */
  column(columns: number): number | null;
}

export function createCursor(): Cursor {
  /** Columns since the last line end; null: the line contains a character of unknown width. */
  let width: number | null = 0;
  return {
    add(text) {
      const lastEnd = text.lastIndexOf("\n");
      if (lastEnd !== -1) width = 0;
      const line = text.slice(lastEnd + 1);
      if (width !== null) width = ONE_COLUMN.test(line) ? width + line.length : null;
    },
    isAtStart: () => width === 0,
    column(columns) {
      if (width === null) return null;
      const column = width % columns;
      // At the right edge, some terminals keep the cursor after the last column, others move it to the next line.
      return column === 0 && width > 0 ? null : column;
    },
  };
}
