// How many columns of a terminal a text takes, and how text is made to fit.
import { ONE_COLUMN } from "./columns.ts";

export interface Ruler {
  /** Columns that a text takes. It has no control characters: what reaches a page is made visible. */
  columnsOf(text: string): number;
  /** A text in at most so many columns, with `…` where it is cut. No character is cut. */
  cut(text: string, columns: number): string;
  /** The lines of a text, none wider than that: broken at spaces, words that are too long at characters. At least one. */
  wrap(text: string, columns: number): readonly string[];
}

/** How a library measures and wraps text that has more than one-column characters. */
export interface Measures {
  columnsOf(text: string): number;
  wrap(text: string, columns: number): string;
}

const ELLIPSIS = "…";

/** A ruler; `measures` is asked about texts that are not plainly one column a character. */
export function createRuler(measures: Measures): Ruler {
  const columnsOf = (text: string): number => (ONE_COLUMN.test(text) ? text.length : measures.columnsOf(text));

  function cut(text: string, columns: number): string {
    if (text.length <= columns && ONE_COLUMN.test(text)) return text;
    // No more than this can be shown, and an input may have lines of megabytes.
    const beginning = text.slice(0, columns * LONGEST_CHARACTER);
    if (beginning.length === text.length && columnsOf(text) <= columns) return text;
    let used = 0;
    let end = 0;
    for (const { segment, index } of new Intl.Segmenter().segment(beginning)) {
      used += columnsOf(segment);
      if (used > columns - ELLIPSIS.length) break;
      end = index + segment.length;
    }
    return columns <= 0 ? "" : text.slice(0, end) + ELLIPSIS;
  }

  return {
    columnsOf,
    cut,
    wrap: (text, columns) =>
      columnsOf(text) <= columns ? [text] : measures.wrap(text, Math.max(columns, 1)).split("\n"),
  };
}

/** UTF-16 units of the longest character that is shown; what is longer, such as a pile of accents, is cut. */
const LONGEST_CHARACTER = 16;

/** For a page that is no terminal: columns are a matter of taste there, and no library is loaded for them. */
export const plainRuler: Ruler = createRuler({
  columnsOf: (text) => Array.from(text).length,
  wrap: (text) => text,
});

/** Text filled up with spaces. */
export function padTo(text: string, columns: number, { columnsOf }: Pick<Ruler, "columnsOf">): string {
  return text + " ".repeat(Math.max(columns - columnsOf(text), 0));
}

/** The end of a text in at most so many columns, after `…` where it is cut: of a path the end says most. */
export function cutStart(text: string, columns: number, { columnsOf }: Pick<Ruler, "columnsOf">): string {
  if (columnsOf(text) <= columns) return text;
  let used = ELLIPSIS.length;
  let start = text.length;
  for (const { segment, index } of [...new Intl.Segmenter().segment(text)].toReversed()) {
    used += columnsOf(segment);
    if (used > columns) break;
    start = index;
  }
  return ELLIPSIS + text.slice(start);
}
