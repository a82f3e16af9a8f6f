// A stream that is quoted in a mail or a comment, with > before each line (RFC 3676, 4.5).
// https://www.rfc-editor.org/rfc/rfc3676#section-4.5
import { type PrintedForm, isEventText, objectIn } from "./form.ts";

const QUOTED = /^(?:[ \t]*>)+ ?(?<line>.*)$/;

export const quotedLines: PrintedForm = {
  of: "line",
  instead: "a text that is quoted with > before each line, in no known dialect: take the quote marks off",
  read(text, shape) {
    const line = QUOTED.exec(text.replace(/\r$/, ""))?.groups?.["line"];
    if (line === undefined) return null;
    const isSure = isEventText(line);
    if (shape === null && !isSure && objectIn(line.trimEnd()) === null) return null;
    return { shape: ">", body: `${line}\n`, evidence: isSure ? "sure" : "likely" };
  },
};
