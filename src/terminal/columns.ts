// Measures and cuts text in terminal columns, without a library.

/** Characters that take one column on every terminal: Latin, Greek, Cyrillic, and western punctuation. */
export const ONE_COLUMN =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2015\u2018-\u2027]*$/;

const MOST_COLUMNS_OF_CHARACTER = 2;

/**
 * The longest beginning of a text that certainly fits into `columns`. Terminals disagree on the width of CJK, emoji and
 * joined characters, so each of their code points counts as two columns. No character is cut.
 */
export function cutToColumns(text: string, columns: number): string {
  if (ONE_COLUMN.test(text)) return text.slice(0, columns);
  let used = 0;
  let end = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    used += ONE_COLUMN.test(segment) ? segment.length : Array.from(segment).length * MOST_COLUMNS_OF_CHARACTER;
    if (used > columns) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
