// Lines of a stream, or raw pieces of it, in string literals: `b'data: {…}\n\n'`, `received: "data: {\"id\":…}\n\n"`.
import { type Printed, type PrintedForm, isEventText, objectIn, placesIn, shapeOf } from "./form.ts";
import { readStringLiteral } from "./string-literal.ts";

/** What Python prints: bytes, or text in single quotes. */
export const pythonLiteral = createLiteralForm(
  /(?:^|[\s(:=[,>])(?=[bB]["']|')/g,
  "bytes or strings as Python prints them (repr), in no known dialect: print the decoded text instead",
);

/** What is in double quotes: escaped in a log, printed by Go, Rust, Elixir or JavaScript. */
export const escapedLiteral = createLiteralForm(
  /(?:^|[\s(:=[,>])(?=[bB]?")/g,
  "a log with escaped strings, in no known dialect: log the bytes of the body instead",
);

const CLOSING = /^[)\],;.}]*$/;
const LOGFMT_FIELD = /^[\w.]+=[^"]*$/;

/** What may stand behind a literal: the ends of what it is in, or more fields of logfmt. */
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

/** Raw pieces of a body have line ends of their own, or end anywhere; a line that was split off is whole. */
function isCut(value: string): boolean {
  const data = /^data: ?(?=\{)/.exec(value);
  return data !== null && objectIn(value.slice(data[0].length)) === null;
}
