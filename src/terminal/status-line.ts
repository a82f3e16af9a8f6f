// Status lines below the output: hidden while output is written, and removed without a trace.
import type { OutputStream } from "../io.ts";
import { cutToColumns } from "./columns.ts";
import type { Cursor } from "./cursor.ts";
import { visibleLine } from "./visible.ts";

export interface StatusLine {
  /** Replaces the lines, as far as they fit; shows nothing if that would disturb the output. */
  show(text: string): void;
  /** Removes the status for good. */
  clear(): void;
  /** Hides the status, before output is written. */
  hide(): void;
  /** Shows the status again. */
  restore(): void;
}

/** For outputs that are not a terminal. */
export const NO_STATUS_LINE: StatusLine = { show() {}, clear() {}, hide() {}, restore() {} };

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
  /** The sequence that removes the status; null: nothing is shown. */
  let undo: string | null = null;
  /** The current status; null: none. */
  let said: string | null = null;

  function hide(): void {
    if (undo === null) return;
    terminal.write(undo);
    undo = null;
  }

  function restore(): void {
    if (said === null) return;
    const columns = terminal.columns || DEFAULT_COLUMNS;
    const column = cursor.column(columns);
    // Do not add to the backlog of a slow terminal.
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
      // Below the current output line; line ends make room at the bottom of the screen.
      const back = `${UP.repeat(lines.length)}${ESC}[${column + 1}G`;
      terminal.write(`\n${lines.join("\n")}${back}`);
      undo = `${`${DOWN}\r${ERASE_LINE}`.repeat(lines.length)}${back}`;
    }
  }

  return {
    show(text) {
      said = text;
      hide();
      restore();
    },
    clear() {
      said = null;
      hide();
    },
    hide,
    restore,
  };
}
