import { expect, test } from "vitest";
import { createCursor } from "../../src/terminal/cursor.ts";

function columnAfter(...texts: readonly string[]): number | null {
  const cursor = createCursor();
  for (const text of texts) cursor.add(text);
  return cursor.column(10);
}

test.each<[texts: readonly string[], column: number | null]>([
  [[], 0],
  [["hey"], 3],
  [["hey", " you"], 7],
  [["hey\n"], 0],
  [["hey\nyou"], 3],
  [["twelve chars"], 2],
  [["Büsum"], 5],
  // At the right edge, the column is uncertain.
  [["ten chars."], null],
  // Characters of unknown width.
  [["漢字"], null],
  [["👋", " hey"], null],
  [["a\tb"], null],
  [["👋\nhey"], 3],
])("After %j the cursor is in column %j of ten.", (texts, column) => {
  expect(columnAfter(...texts)).toBe(column);
});
