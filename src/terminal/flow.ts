// Painted text laid out in lines that fit a page: broken between words, with a hanging indent.
import { ONE_COLUMN } from "./columns.ts";
import type { Page } from "./page.ts";
import type { Paint } from "./paint.ts";
import { visibleLine } from "./visible.ts";

export interface Part {
  /** Untrusted text; where it has no space at its ends, it is kept together with its neighbours. */
  readonly text: string;
  readonly paint?: Paint;
  /** A URI to open from it, where the terminal can. */
  readonly link?: string | null;
}

export interface Layout {
  /** Where the first line begins: so many columns are written already. */
  readonly start: number;
  /** Where the other lines begin. */
  readonly indent: number;
  /** The most columns of a line; left out: those of the page. A page without columns is never wrapped. */
  readonly mostColumns?: number;
}

/** The line in hand. */
interface Line {
  column: number;
  isEmpty: boolean;
  lastPaint: Paint;
}

/** What no line break may come into, after so many spaces. */
interface Word {
  readonly spaces: number;
  readonly pieces: readonly Part[];
  readonly width: number;
}

/** Writes the parts, and a line end after them. */
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
    // Words of one paint are painted together.
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
      // An id or a path stays whole, so that it can be copied, on a line of its own.
      if (line.column > OWN_INDENT) beginLine(word.width + OWN_INDENT <= columns ? Math.min(OWN_INDENT, indent) : 0);
      add(word);
    } else breakWord(word, room);
  }
  page.write("\n");

  /** Writing without spaces is broken between characters. */
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
/** Of a line with a word that is wider than the room beside the labels. */
const OWN_INDENT = 2;
/** The widest character has two columns. */
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
