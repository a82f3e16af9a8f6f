// A stream quoted in a mail or a comment, with > before each line (RFC 3676, 4.5), or indented.
// https://www.rfc-editor.org/rfc/rfc3676#section-4.5
import { type PrintedForm, isEventText, objectIn } from "./form.ts";

const QUOTED = /^(?:[ \t]*>)+ ?(?<line>.*)$/;
const INDENTED = /^(?<shape>[ \t]+)(?<line>\S.*)$/;

const QUOTE = ">";

export const quotedLines: PrintedForm = {
  of: "line",
  instead: "text quoted with > before each line, in no known dialect: remove the quote marks",
  read(text, shape) {
    const line = QUOTED.exec(text.replace(/\r$/, ""))?.groups?.["line"];
    if (line === undefined) return null;
    const isSure = isEventText(line);
    if (shape === null && !isSure && objectIn(line.trimEnd()) === null) return null;
    return { shape: QUOTE, body: `${line}\n`, evidence: isSure ? "sure" : "likely" };
  },
};

/** All lines of a paste have the same indentation; in structured text such as YAML, the first lines have none. */
export const indentedLines: PrintedForm = {
  of: "line",
  instead: "indented text, in no known dialect: remove the spaces before each line",
  leastShare: 1,
  read(text, shape) {
    if (shape !== null && text.trim() === "") return { shape, body: "\n", evidence: "likely" };
    const { shape: indent = "", line = "" } = INDENTED.exec(text.replace(/\r$/, ""))?.groups ?? {};
    if (line === "" || (shape === null && !isEventText(line))) return null;
    return { shape: indent, body: `${line}\n`, evidence: "likely" };
  },
};
