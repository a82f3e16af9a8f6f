// Lines of a stream, or JSON, after words that a program puts before each: `[App] data: {…}`, `Received line: {…}`.
import { opensDocument } from "./document-lines.ts";
import { type PrintedForm, isEventText, objectIn, placesIn, shapeOf } from "./form.ts";
import { unescape } from "./string-literal.ts";

const LONGEST_WORDS = 512;
const FIELDS = /(?:^|[\s:>\]|)=-])(?=(?:data|event|id|retry):|: )/g;

/** Lines of a stream; words without a field are the empty line that ends an event. */
export const fieldsBehindWords: PrintedForm = {
  of: "content",
  instead: "log lines with a prefix, in no known dialect: remove the prefix from each line",
  keepsEmptyLines: true,
  read(text, shape) {
    if (text.startsWith("{")) return null;
    if (shape !== null && shapeOf(text) === shape) return { shape, body: "\n", evidence: "sure" };
    for (const at of placesIn(text, FIELDS)) {
      const words = shapeOf(text.slice(0, at));
      if (shape !== null && words !== shape) continue;
      const line = text.slice(at);
      if (shape === null && (words === "" || !isWholeField(line))) continue;
      return { shape: words, body: bodyOf(line), evidence: "sure" };
    }
    return null;
  },
};

function isWholeField(line: string): boolean {
  if (!isEventText(line)) return false;
  if (line.startsWith("event")) return true;
  const data =
    bodyOf(line)
      .split("\n", 1)[0]
      ?.replace(/^data: ?/, "") ?? "";
  return data === "[DONE]" || objectIn(data) !== null;
}

/** The stream lines in a text, whose line ends, or all of it, may be escaped. */
function bodyOf(line: string): string {
  if (/^data: ?\{\\"/.test(line)) return unescape(line, false);
  const end = beforeEscapedLineEnds(line);
  if (end === line.length) return `${line}\n`;
  const content = line.slice(0, end).replaceAll(BETWEEN_FIELDS, unescapeLineEnds);
  return content + unescapeLineEnds(line.slice(end));
}

const ESCAPED_LINE_FEED = "\\n";
const ESCAPED_RETURN = "\\r";
const BETWEEN_FIELDS = /(?:\\r)?\\n(?:(?:\\r)?\\n)?(?=(?:data|event|id):)/g;

/** The position of the escaped line ends at the end of a line. */
function beforeEscapedLineEnds(line: string): number {
  let end = line.length;
  while (line.endsWith(ESCAPED_LINE_FEED, end)) {
    end -= ESCAPED_LINE_FEED.length;
    if (line.endsWith(ESCAPED_RETURN, end)) end -= ESCAPED_RETURN.length;
  }
  return end;
}

function unescapeLineEnds(ends: string): string {
  return ends.replaceAll(ESCAPED_RETURN, "").replaceAll(ESCAPED_LINE_FEED, "\n");
}

const JSON_IN_LOG = "log lines with JSON, in no known dialect: remove the text before the JSON from each line";

/** JSON after words. */
export const jsonBehindWords: PrintedForm = {
  of: "content",
  instead: JSON_IN_LOG,
  opensDocument,
  read(text, shape) {
    const at = text.slice(0, LONGEST_WORDS).indexOf('{"');
    const words = at === -1 ? "" : shapeOf(text.slice(0, at));
    const json = text.slice(at).trimEnd();
    // An indented line of a stream has another form, or is YAML; `Data:` is a field name in a case that clients ignore.
    if (
      words === "" ||
      words.trim().toLowerCase() === "data:" ||
      (shape !== null && words !== shape) ||
      objectIn(json) === null
    )
      return null;
    return { shape: words, body: `${json}\n`, evidence: "weak" };
  },
};

/** JSON directly after the time, level or name that a log puts before each line. */
export const jsonBehindPrefix: PrintedForm = {
  of: "prefixed",
  instead: JSON_IN_LOG,
  read(text) {
    const json = text.trimEnd();
    return objectIn(json) === null ? null : { shape: "", body: `${json}\n`, evidence: "weak" };
  },
};
