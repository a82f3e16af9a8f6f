// Columns as terminals count them: two for CJK and emoji, none for combining marks. Loaded only for a terminal.
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import { createRuler } from "./ruler.ts";

/** Widths as in https://www.unicode.org/reports/tr11/, with an emoji as one character of two columns. */
export const terminalRuler = createRuler({
  columnsOf: (text) => stringWidth(text),
  wrap: (text, columns) => wrapAnsi(text, columns, { hard: true, trim: true }),
});
