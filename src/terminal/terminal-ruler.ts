// Columns as terminals count them: two for CJK and emoji, none for marks. Loaded for a terminal only.
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import { createRuler } from "./ruler.ts";

/** https://www.unicode.org/reports/tr11/, with emoji as one character of two columns. */
export const terminalRuler = createRuler({
  columnsOf: (text) => stringWidth(text),
  wrap: (text, columns) => wrapAnsi(text, columns, { hard: true, trim: true }),
});
