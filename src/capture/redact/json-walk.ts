// Visits the strings, keys and numbers of JSON in bytes, with their positions. It needs no stack, and is less strict
// than a parser: it may notice late that the input is not JSON, after visiting valid parts before the error.
import {
  BACKSLASH,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
  NUMBER_CHARACTERS,
  OPENING_BRACE,
  OPENING_BRACKET,
  QUOTE,
  WHITESPACE,
  LITERALS,
} from "./json-characters.ts";
import type { KeyPlace } from "./known-keys.ts";

const LITERAL_BYTES = LITERALS.map((word) => Buffer.from(word));

/** An object or array. `Own`: what the visitor remembers about it. */
export interface Level<Own> {
  /** Its place, which is also that of an array's elements. */
  readonly place: KeyPlace;
  readonly own: Own;
}

/** Visits each token between `start` and `end`, strings without quotes, and may rewrite it in place. */
export interface JsonVisitor<Own> {
  /** Returns what to remember about an object or array that starts; `around` is null at the root. */
  open(place: KeyPlace, around: Level<Own> | null): Own;
  /** Returns the original key. */
  key(start: number, end: number, around: Level<Own>): string;
  string(start: number, end: number, place: KeyPlace, around: Level<Own> | null): void;
  number(start: number, end: number, place: KeyPlace, around: Level<Own> | null): void;
}

interface OpenLevel<Own> extends Level<Own> {
  /** The place of the next value. */
  next: KeyPlace;
}

const ROOT: KeyPlace = { key: null, parent: null };
/** A hostile stream could open brackets without end. */
const MOST_LEVELS = 1000;
const DEEP: KeyPlace = { key: "", parent: null };

/** Walks over the JSON value that begins at `start`. Returns where it ends, or where it turns out not to be JSON. */
export function walkJson<Own>(bytes: Buffer, start: number, end: number, visitor: JsonVisitor<Own>): number {
  /** The opening brackets of all open levels, and the data of the outer levels. */
  const brackets: number[] = [];
  const levels: OpenLevel<Own>[] = [];
  let at = start;
  let expectsKey = false;
  let expectsValue = true;

  function open(bracket: number): void {
    const around = levels.at(-1) ?? null;
    brackets.push(bracket);
    expectsKey = bracket === OPENING_BRACE;
    expectsValue = !expectsKey;
    // Everything deeper counts as one level without known keys.
    if (brackets.length > MOST_LEVELS) return;
    const place = around === null ? ROOT : brackets.length === MOST_LEVELS ? DEEP : around.next;
    levels.push({ place, own: visitor.open(place, around), next: place });
  }

  function close(bracket: number): boolean {
    if (brackets.pop() !== (bracket === CLOSING_BRACE ? OPENING_BRACE : OPENING_BRACKET)) return false;
    if (brackets.length < levels.length) levels.pop();
    expectsKey = false;
    expectsValue = false;
    return true;
  }

  /** Moves past a string; an unterminated string ends with the bytes. */
  function readString(): { start: number; end: number } {
    const first = at + 1;
    let stop = first;
    while (stop < end && bytes[stop] !== QUOTE) stop += bytes[stop] === BACKSLASH ? 2 : 1;
    stop = Math.min(stop, end);
    at = Math.min(stop + 1, end);
    return { start: first, end: stop };
  }

  /** A string at a key's position is a key if a colon follows, or nothing does. */
  function isFollowedByColon(): boolean {
    let next = at;
    while (next < end && WHITESPACE.has(bytes[next] ?? 0)) next += 1;
    return next === end || bytes[next] === COLON;
  }

  function readKey(level: OpenLevel<Own>): boolean {
    const key = readString();
    if (!isFollowedByColon()) {
      at = key.start;
      return false;
    }
    level.next = { key: visitor.key(key.start, key.end, level), parent: level.place.key };
    at = Math.min(bytes.indexOf(COLON, at) + 1 || end, end);
    expectsKey = false;
    expectsValue = true;
    return true;
  }

  /** Reads a string, number or word; false if there is none. */
  function readScalar(byte: number): boolean {
    const around = levels.at(-1) ?? null;
    const place = around?.next ?? ROOT;
    expectsValue = false;
    if (byte === QUOTE) {
      const string = readString();
      visitor.string(string.start, string.end, place, around);
      return true;
    }
    const numberStart = at;
    while (at < end && NUMBER_CHARACTERS.has(bytes[at] ?? 0)) at += 1;
    if (at > numberStart) {
      visitor.number(numberStart, at, place, around);
      return true;
    }
    const word = LITERAL_BYTES.find((word) => bytes.subarray(at, Math.min(at + word.length, end)).equals(word));
    at += word?.length ?? 0;
    return word !== undefined;
  }

  while (at < end) {
    const byte = bytes[at] ?? 0;
    const level = levels.at(-1);
    if (WHITESPACE.has(byte)) at += 1;
    else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
      if (!close(byte)) return at;
      at += 1;
      if (brackets.length === 0) return at;
    } else if (byte === COMMA && !expectsKey && !expectsValue) {
      expectsKey = brackets.at(-1) === OPENING_BRACE;
      expectsValue = !expectsKey;
      at += 1;
    } else if (expectsKey && level !== undefined && byte === QUOTE) {
      if (!readKey(level)) return at;
    } else if (!expectsValue) return at;
    else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
      open(byte);
      at += 1;
    } else if (!readScalar(byte) || brackets.length === 0) return at;
  }
  return at;
}
