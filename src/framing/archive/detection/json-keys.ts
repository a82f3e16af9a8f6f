// Finds the key paths of JSON in its first bytes, skipping the content of strings and deeply nested values.
import type { KeyScan } from "./key-scan.ts";

const LF = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const COLON = 0x3a;
const COMMA = 0x2c;
const SPACES = new Set([0x20, 0x09, LF, 0x0d]);
/** Keys are looked at down to this depth: `mappings[].request.url` is the deepest in a signature. */
const DEEPEST = 5;
const LONGEST_KEY = 100;

interface Level {
  readonly isArray: boolean;
  /** The path of the values in it; for an array, of its elements. */
  readonly prefix: string;
}

/** Scans bytes that start with a brace or a bracket at byte `start`. */
export function scanJsonKeys(input: Uint8Array, start: number): KeyScan {
  const paths = new Set<string>();
  const topKeys = new Set<string>();
  const levels: Level[] = [];
  /** Levels below those that are looked at. */
  let deeper = 0;
  let isKey = false;
  let key = "";
  const isArray = input[start] === OPENING_BRACKET;
  /** The keys of an array's elements are its top-level keys. */
  const topDepth = isArray ? 2 : 1;
  const scan = { syntax: isArray ? "array" : "object", paths, topKeys, isFollowed: false } as const;

  for (let at = start; at < input.length; at += 1) {
    const byte = input[at] ?? 0;
    const level = levels.at(-1);
    switch (byte) {
      case QUOTE: {
        const end = endOfString(input, at);
        if (end === input.length) return { ...scan, isClosed: false };
        if (isKey && deeper === 0 && level !== undefined) {
          key = pathOf(level.prefix, end - at > LONGEST_KEY ? "" : latin1(input, at + 1, end));
          paths.add(key);
          if (levels.length === topDepth) topKeys.add(key);
        }
        at = end;
        break;
      }
      case OPENING_BRACE:
      case OPENING_BRACKET:
        if (deeper > 0 || levels.length === DEEPEST) {
          deeper += 1;
        } else {
          const own = level === undefined ? "" : level.isArray ? level.prefix : key;
          const prefix = byte === OPENING_BRACKET ? `${own}[]` : own;
          if (byte === OPENING_BRACKET) paths.add(prefix);
          levels.push({ isArray: byte === OPENING_BRACKET, prefix });
        }
        isKey = byte === OPENING_BRACE;
        break;
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        if (deeper > 0) deeper -= 1;
        else levels.pop();
        if (levels.length === 0 || (isArray && levels.length === 1)) {
          return { ...scan, isClosed: true, isFollowed: !isArray && hasMore(input, at + 1) };
        }
        break;
      case COLON:
        isKey = false;
        break;
      case COMMA:
        isKey = deeper === 0 && level?.isArray === false;
        break;
      default:
        // A value of another language, or an array of numbers.
        if (levels.length === 1 && (isArray || isKey) && !SPACES.has(byte))
          return { ...scan, syntax: "other", isClosed: false };
    }
  }
  return { ...scan, isClosed: false };
}

function pathOf(prefix: string, key: string): string {
  return prefix === "" ? key : `${prefix}.${key}`;
}

function latin1(input: Uint8Array, start: number, end: number): string {
  return Buffer.from(input.buffer, input.byteOffset + start, end - start).toString("latin1");
}

/** Where a string has its closing quote, or the length of the input. */
function endOfString(input: Uint8Array, start: number): number {
  for (let end = input.indexOf(QUOTE, start + 1); end !== -1; end = input.indexOf(QUOTE, end + 1)) {
    let first = end;
    while (input[first - 1] === BACKSLASH) first -= 1;
    // Paired backslashes are text.
    if ((end - first) % 2 === 0) return end;
  }
  return input.length;
}

function hasMore(input: Uint8Array, from: number): boolean {
  return input.subarray(from).some((byte) => !SPACES.has(byte));
}
