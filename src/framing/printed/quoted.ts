// A stream that is quoted in a mail or a comment, with > before each line (RFC 3676, 4.5), or indented.
// https://www.rfc-editor.org/rfc/rfc3676#section-4.5
import { type PrintedForm, isEventText, objectIn } from "./form.ts";

const QUOTED = /^(?:[ \t]*>)+ ?(?<line>.*)$/;
const INDENTED = /^(?<shape>[ \t]+)(?<line>\S.*)$/;

const QUOTE = ">";

export const quotedLines: PrintedForm = {
  of: "line",
  instead: "a text that is quoted with > before each line, in no known dialect: take the quote marks off",
  read(text, shape) {
    const line = QUOTED.exec(text.replace(/\r$/, ""))?.groups?.["line"];
    if (line === undefined) return null;
    const isSure = isEventText(line);
    if (shape === null && !isSure && objectIn(line.trimEnd()) === null) return null;
    return { shape: QUOTE, body: `${line}\n`, evidence: isSure ? "sure" : "likely" };
  },
};

/** All lines of a paste are indented alike; in what is written on purpose, such as YAML, the first ones are not. */
export const indentedLines: PrintedForm = {
  of: "line",
  instead: "a text that is indented, in no known dialect: take the spaces before each line off",
  leastShare: 1,
  read(text, shape) {
    if (shape !== null && text.trim() === "") return { shape, body: "\n", evidence: "likely" };
    const { shape: indent = "", line = "" } = INDENTED.exec(text.replace(/\r$/, ""))?.groups ?? {};
    if (line === "" || (shape === null && !isEventText(line))) return null;
    return { shape: indent, body: `${line}\n`, evidence: "likely" };
  },
};
