// Lines of a stream, or raw parts of one, in string literals: `b'data: {…}\n\n'`, `received: "data: {\"id\":…}\n\n"`.
import { type Printed, type PrintedForm, isEventText, objectIn, placesIn, shapeOf } from "./form.ts";
import { readStringLiteral } from "./string-literal.ts";

/** Python's output: bytes, or text in single quotes. */
export const pythonLiteral = createLiteralForm(
  /(?:^|[\s(:=[,>])(?=[bB]["']|')/g,
  "bytes or strings as Python prints them (repr), in no known dialect: print the decoded text instead",
);

/** Text in double quotes: escaped in a log, or printed by Go, Rust, Elixir or JavaScript. */
export const escapedLiteral = createLiteralForm(
  /(?:^|[\s(:=[,>])(?=[bB]?")/g,
  "a log with escaped strings, in no known dialect: log the bytes of the body instead",
);

const CLOSING = /^[)\],;.}]*$/;
const LOGFMT_FIELD = /^[\w.]+=[^"]*$/;

/** Whether a text may follow a literal: closing brackets, or more logfmt fields. */
function isBehindLiteral(text: string): boolean {
  return text.split(/\s+/).every((word) => CLOSING.test(word) || LOGFMT_FIELD.test(word));
}

function createLiteralForm(places: RegExp, instead: string): PrintedForm {
  return {
    of: "content",
    instead,
    read(text, shape) {
      for (const at of placesIn(text, places)) {
        const words = shapeOf(text.slice(0, at));
        if (shape !== null && !shape.endsWith(`:${words}`)) continue;
        const literal = readStringLiteral(text, at);
        if (literal === null || !isBehindLiteral(text.slice(literal.end))) continue;
        const printed = describe(literal.value, words, shape);
        if (printed !== null) return printed;
      }
      return null;
    },
  };
}

function describe(value: string, words: string, shape: string | null): Printed | null {
  if (shape !== null) return { shape, body: shape.startsWith("raw:") ? value : `${value}\n`, evidence: "sure" };
  const isEvent = isEventText(value);
  if (!isEvent && objectIn(value) === null) return null;
  const isRaw = value.includes("\n") || isCut(value);
  return {
    shape: `${isRaw ? "raw" : "line"}:${words}`,
    body: isRaw ? value : `${value}\n`,
    evidence: isEvent ? "sure" : "weak",
  };
}

/** Whether a value is a raw part of a body, with its own line ends or cut anywhere; a split-off line is whole. */
function isCut(value: string): boolean {
  const data = /^data: ?(?=\{)/.exec(value);
  return data !== null && objectIn(value.slice(data[0].length)) === null;
}
