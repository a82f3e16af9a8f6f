import { ONE_COLUMN } from "./columns.ts";

/** Where the cursor of a terminal stands after what was written to it. */
export interface Cursor {
  /** Takes text without control sequences. */
  add(text: string): void;
  /** Whether a line begins here. */
  isAtStart(): boolean;
  /** The column in a terminal so many columns wide, from 0; null where it cannot be told. */
  column(columns: number): number | null;
}

export function createCursor(): Cursor {
  /** Columns since the last line end; null: a character among them may have any width. */
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
      // At the edge terminals differ: some stand behind the last column, some in the next line.
      return column === 0 && width > 0 ? null : column;
    },
  };
}
