// Texts, values and lines that are likely to break a reader.
import type { Random } from "../mutation/random.ts";

/** Nesting depth of hostile JSON: about twice the depth at which recursion overflows the stack. */
const DEPTH = 20_000;

/** Halves of a character as JSON escapes, alone or in a text. */
const HALVES = [
  String.raw`\ud83d`,
  String.raw`\udc4b`,
  String.raw`Ebba\ud83d`,
  String.raw`\udc4b Ebba`,
  String.raw`\udc4b\ud83d`,
];
/** Line separators, control characters, text that looks like structure. */
const TEXTS = [
  "",
  String.raw`\ud83d\udc4b`,
  String.raw`\ude`,
  String.raw`\u`,
  "\\",
  String.raw`\\`,
  String.raw`\"`,
  String.raw`\/`,
  String.raw`\u0000`,
  String.raw`\u2028`,
  String.raw`\u0085`,
  String.raw`\u001b[31m`,
  "\u2028",
  "\u2029",
  "\u0085",
  "\ufeff",
  "é",
  "漢字",
  "👋",
  "__proto__",
  "constructor",
  "toString",
  "\t",
  "\u0000",
  "\u007f",
  "data: ",
  String.raw`\ndata: [DONE]\n\n`,
  String.raw`\r\n`,
  "{}",
  String.raw`{\"a\":`,
  "x".repeat(5000),
];
/** Invalid UTF-8, as latin1: surrogates, cut characters, bytes that never occur. */
const BROKEN_UTF_8 = ["\xed\xa0\xbd", "\xed\xb1\x8b", "\xf0\x9f\x91", "\x8b", "\xff", "\xc0\xaf"];

const TOKENS = [
  "null",
  "true",
  "0",
  "1",
  "-1",
  "0.5",
  "-0",
  "1e400",
  "1e21",
  "007",
  "9007199254740993",
  "4294967296",
  "1".repeat(400),
  '""',
  '"0"',
  '"null"',
  "{}",
  "[]",
  "[[]]",
  '{"":{}}',
  '{"__proto__":{"type":"error"}}',
  '[{"type":"text","text":"a"}]',
  "NaN",
  "None",
  "undefined",
];
/** Deep nesting occurs once in this many values, because reading it is slow. */
const SELDOM = 20;

export const strayLines: readonly string[] = [
  "",
  " ",
  ":",
  ": ping",
  "id: 7",
  "id: \0",
  "id",
  "retry: 10",
  "retry: -1",
  "event: error",
  "event: ping",
  "event",
  "data",
  "data:",
  "data: [DONE]",
  "data: data: {}",
  "data: {}",
  "data: []",
  "data: null",
  'data: {"error":{"message":"overloaded","code":529}}',
  'data: {"type":"error"}',
  "data: {'a': None}",
  'error: {"message":"no"}',
  "upstream connect error or disconnect/reset before headers",
  "curl: (18) transfer closed with outstanding read data remaining",
  "<html><body>502 Bad Gateway</body></html>",
  "HTTP/1.1 200 OK",
  "content-type: text/event-stream",
  '{"error":"no"}',
  "---",
  "1f4",
  "  data: {}",
];

/** In latin1, one character per byte. */
export function hostileText(random: Random): string {
  const texts = random.pick([HALVES, TEXTS, TEXTS]);
  return random.below(8) === 0 ? random.pick(BROKEN_UTF_8) : asLatin1(random.pick(texts));
}

/** A valid or invalid JSON value, in latin1. */
export function hostileToken(random: Random): string {
  if (random.below(SELDOM) === 0) {
    const [opening, closing] = random.pick([
      ["[", "]"],
      ['{"a":', "}"],
      ['[{"a":', "}]"],
    ] as const);
    return `${opening.repeat(DEPTH)}1${closing.repeat(DEPTH)}`;
  }
  return random.below(2) === 0 ? random.pick(TOKENS) : `"${hostileText(random)}"`;
}

function asLatin1(text: string): string {
  return Buffer.from(text).toString("latin1");
}
