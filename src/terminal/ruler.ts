// Measures text in columns, and cuts and wraps it to fit.
import { ONE_COLUMN } from "./columns.ts";

export interface Ruler {
  /** Columns of a text without control characters. */
  columnsOf(text: string): number;
  /** A text in at most `columns` columns, with `…` if it is cut. No character is cut. */
  cut(text: string, columns: number): string;
  /**
   * The lines of a text, at most `columns` wide: broken at spaces, and within words that are too long. At least one.
   */
  wrap(text: string, columns: number): readonly string[];
}

/** Measures and wraps text with characters that do not take one column. */
export interface Measures {
  columnsOf(text: string): number;
  wrap(text: string, columns: number): string;
}

const ELLIPSIS = "…";

/** A ruler; `measures` is used only for text with characters that may not take one column. */
export function createRuler(measures: Measures): Ruler {
  const columnsOf = (text: string): number => (ONE_COLUMN.test(text) ? text.length : measures.columnsOf(text));

  function cut(text: string, columns: number): string {
    if (text.length <= columns && ONE_COLUMN.test(text)) return text;
    // No more than this can be shown, and an input may have lines of several megabytes.
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

/** UTF-16 units of the longest character shown in full; longer ones, such as many combined accents, are cut. */
const LONGEST_CHARACTER = 16;

/** For a page that is not a terminal: exact columns do not matter there, so no library is loaded. */
export const plainRuler: Ruler = createRuler({
  columnsOf: (text) => Array.from(text).length,
  wrap: (text) => text,
});

/** Pads text with spaces. */
export function padTo(text: string, columns: number, { columnsOf }: Pick<Ruler, "columnsOf">): string {
  return text + " ".repeat(Math.max(columns - columnsOf(text), 0));
}

/**
 * The end of a text in at most `columns` columns, after `…` if it is cut: the end of a path is its most useful part.
 */
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
