// A line or a few about what is going on, under what was written: they make room for all that is written, and leave no
// trace.
import type { OutputStream } from "../io.ts";
import { cutToColumns } from "./columns.ts";
import type { Cursor } from "./cursor.ts";
import { visibleLine } from "./visible.ts";

export interface StatusLine {
  /** Shows lines in place of the last ones, as far as they fit; nothing where they would disturb what was written. */
  show(text: string): void;
  /** Takes it away for good. */
  clear(): void;
  /** Makes room for what is written next. */
  giveWay(): void;
  /** Shows it again. */
  comeBack(): void;
}

/** Where there is no terminal. */
export const NO_STATUS_LINE: StatusLine = { show() {}, clear() {}, giveWay() {}, comeBack() {} };

const ESC = "\u001b";
const ERASE_LINE = `${ESC}[2K`;
const UP = `${ESC}[A`;
const DOWN = `${ESC}[B`;
const DIM = `${ESC}[2m`;
const PLAIN = `${ESC}[22m`;
const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

/** A status line on a terminal whose text ends at `cursor`. */
export function createStatusLine(terminal: OutputStream, cursor: Cursor): StatusLine {
  /** What takes it away again; null: nothing is shown. */
  let undo: string | null = null;
  /** What is said; null: nothing. */
  let said: string | null = null;

  function giveWay(): void {
    if (undo === null) return;
    terminal.write(undo);
    undo = null;
  }

  function comeBack(): void {
    if (said === null) return;
    const columns = terminal.columns || DEFAULT_COLUMNS;
    const column = cursor.column(columns);
    // A terminal that is behind gets no more to do.
    if (column === null || terminal.writableLength > 0) return;
    const room = (terminal.rows || DEFAULT_ROWS) - 1;
    const lines = said
      .split("\n")
      .slice(0, Math.max(room, 1))
      .map((line) => `\r${ERASE_LINE}${DIM}${cutToColumns(visibleLine(line), columns - 1)}${PLAIN}`);
    const above = lines.length - 1;
    if (column === 0) {
      terminal.write(lines.join("\n"));
      undo = `\r${ERASE_LINE}${`${UP}${ERASE_LINE}`.repeat(above)}`;
    } else {
      // Under the line that is being written; line ends make room for it at the foot of the screen.
      const back = `${UP.repeat(lines.length)}${ESC}[${column + 1}G`;
      terminal.write(`\n${lines.join("\n")}${back}`);
      undo = `${`${DOWN}\r${ERASE_LINE}`.repeat(lines.length)}${back}`;
    }
  }

  return {
    show(text) {
      said = text;
      giveWay();
      comeBack();
    },
    clear() {
      said = null;
      giveWay();
    },
    giveWay,
    comeBack,
  };
}
