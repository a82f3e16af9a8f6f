// Lays out painted text in lines that fit a page: broken between words, with a hanging indent.
import { ONE_COLUMN } from "./columns.ts";
import type { Page } from "./page.ts";
import type { Paint } from "./paint.ts";
import { visibleLine } from "./visible.ts";

export interface Part {
  /** Untrusted text; without a space at an end, it is not separated from its neighbour there. */
  readonly text: string;
  readonly paint?: Paint;
  /** A URI that the text links to, if the terminal supports links. */
  readonly link?: string | null;
}

export interface Layout {
  /** Columns of the first line that are already written. */
  readonly start: number;
  /** The start column of the other lines. */
  readonly indent: number;
  /** The maximum line width; left out: that of the page. A page without a width is never wrapped. */
  readonly mostColumns?: number;
}

/** The current line. */
interface Line {
  column: number;
  isEmpty: boolean;
  lastPaint: Paint;
}

/** Text that no line break may split, after this many spaces. */
interface Word {
  readonly spaces: number;
  readonly pieces: readonly Part[];
  readonly width: number;
}

/** Writes the parts and a line end. */
export function writeFlow(page: Page, parts: readonly Part[], { start, indent, mostColumns = Infinity }: Layout): void {
  const columns = page.columns === null ? Infinity : Math.min(page.columns, mostColumns);
  const line: Line = { column: start, isEmpty: true, lastPaint: "plain" };

  function beginLine(at: number): void {
    page.write(`\n${" ".repeat(at)}`);
    line.column = at;
    line.isEmpty = true;
  }

  function add({ pieces, width, spaces }: Word): void {
    const gap = line.isEmpty ? 0 : spaces;
    const [{ paint: nextPaint = "plain" } = NO_PART] = pieces;
    // Consecutive words of one paint are painted together.
    if (gap > 0) page.write(" ".repeat(gap), nextPaint === line.lastPaint ? nextPaint : "plain");
    for (const { text, paint = "plain", link = null } of pieces) page.writeLink(text, link, paint);
    line.lastPaint = pieces.at(-1)?.paint ?? "plain";
    line.column += gap + width;
    line.isEmpty = false;
  }

  for (const word of wordsOf(parts, page)) {
    const room = columns - indent;
    if (line.column + (line.isEmpty ? 0 : word.spaces) + word.width <= columns) add(word);
    else if (word.width <= room) {
      if (!line.isEmpty || line.column > indent) beginLine(indent);
      add(word);
    } else if (word.pieces.every(({ text }) => ONE_COLUMN.test(text))) {
      // An id or a path is not split, so that it can be copied; it gets a separate line.
      if (line.column > OWN_INDENT) beginLine(word.width + OWN_INDENT <= columns ? Math.min(OWN_INDENT, indent) : 0);
      add(word);
    } else breakWord(word, room);
  }
  page.write("\n");

  /** Breaks text without spaces between characters. */
  function breakWord({ pieces }: Word, room: number): void {
    for (const { text, ...rest } of pieces) {
      for (const piece of page.ruler.wrap(text, Math.max(room, LEAST_ROOM))) {
        if (!line.isEmpty || line.column > indent) beginLine(indent);
        add({ spaces: 0, pieces: [{ text: piece, ...rest }], width: page.ruler.columnsOf(piece) });
      }
    }
  }
}

const NO_PART: Part = { text: "" };
/** Indentation of a line whose word is wider than the room beside the labels. */
const OWN_INDENT = 2;
/** The width of the widest character. */
const LEAST_ROOM = 2;

function wordsOf(parts: readonly Part[], { ruler }: Page): Word[] {
  const words: Word[] = [];
  let pieces: Part[] = [];
  let spaces = 0;

  function end(): void {
    if (pieces.length === 0) return;
    const width = pieces.reduce((sum, { text }) => sum + ruler.columnsOf(text), 0);
    words.push({ spaces, pieces, width });
    pieces = [];
    spaces = 0;
  }

  for (const { text, ...rest } of parts) {
    for (const run of visibleLine(text).split(/( +)/)) {
      if (run === "") continue;
      if (run.startsWith(" ")) {
        end();
        spaces += run.length;
      } else pieces.push({ text: run, ...rest });
    }
  }
  end();
  return words;
}
