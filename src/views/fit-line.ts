import type { Ruler } from "../terminal/ruler.ts";
import { visibleLine } from "../terminal/visible.ts";
import { characterCount } from "../wording/characters.ts";
import { formatCount } from "../wording/counts.ts";

/** UTF-16 units that can be in one column of a page; the rest of a longer text is not read. */
const MOST_UNITS = 16;

/**
 * A text of a stream on one line of at most `columns` columns; if it is cut, with its size: `The tides …(1,234)`.
 * `columns` null: the whole text.
 */
export function fitLine(text: string, columns: number | null, ruler: Ruler): string {
  if (columns === null) return text;
  const beginning = text.slice(0, columns * MOST_UNITS);
  const shown = visibleLine(beginning.toWellFormed());
  if (beginning.length === text.length && ruler.columnsOf(shown) <= columns) return shown;
  const size = `(${formatCount(characterCount(text))})`;
  return columns > size.length ? `${ruler.cut(shown, columns - size.length)}${size}` : ruler.cut(shown, columns);
}
