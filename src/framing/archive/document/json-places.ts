// Finds where the values of a JSON document are in its bytes.
import type { InputPlace } from "../../lines.ts";

const LF = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const SPACES = new Set([0x20, 0x09, LF, 0x0d]);

export type JsonPath = readonly (string | number)[];

/** An open object or array, and which of its values is being read. */
interface Level {
  readonly isArray: boolean;
  key: string;
  index: number;
}

/**
 * Calls `onValue` with the path and the place of each value that is at most `deepest` keys and indexes deep; the path
 * is valid only during the call. The document must be JSON.
 */
export function eachValue(
  document: Buffer,
  deepest: number,
  onValue: (path: JsonPath, place: InputPlace) => void,
): void {
  const levels: Level[] = [];
  let line = 1;
  let isBehindColon = false;

  function tell(offset: number): void {
    if (levels.length > deepest) return;
    onValue(
      levels.map(({ isArray, key, index }) => (isArray ? index : key)),
      { line, offset },
    );
  }

  for (let at = 0; at < document.length; at += 1) {
    const byte = document[at] ?? 0;
    if (byte === LF) line += 1;
    if (SPACES.has(byte)) continue;
    const level = levels.at(-1);
    switch (byte) {
      case QUOTE: {
        const end = endOfString(document, at);
        if (level === undefined || level.isArray || isBehindColon) tell(at);
        else if (levels.length <= deepest) level.key = keyOf(document.subarray(at, end + 1));
        at = end;
        break;
      }
      case OPENING_BRACE:
      case OPENING_BRACKET:
        tell(at);
        levels.push({ isArray: byte === OPENING_BRACKET, key: "", index: 0 });
        isBehindColon = false;
        break;
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        levels.pop();
        break;
      case COLON:
        isBehindColon = true;
        break;
      case COMMA:
        if (level !== undefined) level.index += 1;
        isBehindColon = false;
        break;
      default:
      // The places of numbers and words are not needed.
    }
  }
}

function keyOf(text: Buffer): string {
  const key: unknown = JSON.parse(text.toString());
  return typeof key === "string" ? key : "";
}

/** Where the string that starts at `start` has its closing quote. */
function endOfString(document: Buffer, start: number): number {
  let index = start + 1;
  while (index < document.length && document[index] !== QUOTE) index += document[index] === BACKSLASH ? 2 : 1;
  return index;
}

const LETTER_N = 0x6e;
const LETTER_R = 0x72;
const LETTER_U = 0x75;
/** `\u000a` and `\u000d` */
const UNICODE_LINE_END = /^\\u000(?<last>[aAdD])/;
const UNICODE_ESCAPE_BYTES = "\\u000a".length;

/**
 * Where the lines of a text in a JSON string at `place` start: all on the same line of the document, at different
 * offsets. The text's lines end with LF, CR or CRLF.
 */
export function linesOfJsonString(document: Buffer, { line, offset }: InputPlace): readonly InputPlace[] {
  const places: InputPlace[] = [{ line, offset: offset + 1 }];
  let isBehindReturn = false;
  const end = endOfString(document, offset);
  for (let at = offset + 1; at < end; at += 1) {
    if (document[at] !== BACKSLASH) {
      isBehindReturn = false;
      continue;
    }
    const { character, length } = escapeAt(document, at);
    at += length - 1;
    if (character === "\n" && isBehindReturn) places[places.length - 1] = { line, offset: at + 1 };
    else if (character !== "") places.push({ line, offset: at + 1 });
    isBehindReturn = character === "\r";
  }
  return places;
}

/** The line end of an escape, or "", and its length in bytes. */
function escapeAt(document: Buffer, at: number): { readonly character: "\n" | "\r" | ""; readonly length: number } {
  switch (document[at + 1]) {
    case LETTER_N:
      return { character: "\n", length: 2 };
    case LETTER_R:
      return { character: "\r", length: 2 };
    case LETTER_U: {
      const text = document.toString("latin1", at, at + UNICODE_ESCAPE_BYTES);
      const last = UNICODE_LINE_END.exec(text)?.groups?.["last"]?.toLowerCase();
      return { character: last === undefined ? "" : last === "a" ? "\n" : "\r", length: UNICODE_ESCAPE_BYTES };
    }
    case undefined:
    default:
      return { character: "", length: 2 };
  }
}
