// String literals as programs print them: Python's repr of str and bytes, JSON, JavaScript, Go, Rust, Elixir.

export interface StringLiteral {
  readonly value: string;
  /** The position after its closing quote. */
  readonly end: number;
}

const OPENING = /(?:[bB][rR]?|[rR][bB]?|[uUfF])?(?<quote>["'])/y;
/** Escapes of one character after the backslash; Rust and JavaScript have `\0`, Elixir and Ruby `\e`. */
const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\u0007",
  e: "\u001B",
  "0": "\0",
};
/** `\xHH`, `\uHHHH`, `\u{H…}`, `\UHHHHHHHH` */
const NUMBERED =
  /(?:x(?<byte>[\da-fA-F]{2})|u(?<unit>[\da-fA-F]{4})|u\{(?<point>[\da-fA-F]{1,6})\}|U(?<long>[\da-fA-F]{8}))/y;
const LARGEST_CODE_POINT = 0x10ffff;

/**
 * Reads the literal that begins at `at`; null if there is none or it does not end. In bytes (`b'…'`), `\xHH` is a UTF-8
 * byte (https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences).
 */
export function readStringLiteral(text: string, at: number): StringLiteral | null {
  OPENING.lastIndex = at;
  const opening = OPENING.exec(text);
  const quote = opening?.groups?.["quote"];
  if (opening === null || quote === undefined) return null;
  const start = at + opening[0].length;
  const end = closingQuote(text, start, quote);
  if (end === -1) return null;
  const body = text.slice(start, end);
  const isBytes = /b/i.test(opening[0]);
  return { value: unescape(body, isBytes), end: end + 1 };
}

function closingQuote(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === quote) return at;
    if (text[at] === "\\") at += 1;
  }
  return -1;
}

/** Replaces the escape sequences of a text; unknown ones stay unchanged. */
export function unescape(text: string, isBytes: boolean): string {
  if (!text.includes("\\")) return text;
  let value = "";
  let from = 0;
  for (let at = text.indexOf("\\"); at !== -1; at = text.indexOf("\\", from)) {
    value += text.slice(from, at);
    NUMBERED.lastIndex = at + 1;
    const numbered = NUMBERED.exec(text);
    if (numbered !== null) {
      from = at + 1 + numbered[0].length;
      const { byte, unit, point, long } = numbered.groups ?? {};
      const code = Number.parseInt(byte ?? unit ?? point ?? long ?? "", 16);
      value +=
        unit === undefined && code <= LARGEST_CODE_POINT ? String.fromCodePoint(code) : String.fromCharCode(code);
      continue;
    }
    const next = text[at + 1] ?? "";
    value += SIMPLE[next] ?? (/[\\"'/#]/.test(next) ? next : `\\${next}`);
    from = at + 2;
  }
  value += text.slice(from);
  return isBytes ? Buffer.from(value, "latin1").toString("utf8") : value;
}
