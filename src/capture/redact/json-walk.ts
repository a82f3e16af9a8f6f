// The strings, keys and numbers of JSON in bytes, one by one with where they stand. It takes no stack, and less care than
// a parser: what is no JSON is found to be so sooner or later, and what stands before it is as it is.
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

/** An object or array. `Own` is what the visitor has to remember of it. */
export interface Level<Own> {
  /** Where it stands, and with it the elements of an array. */
  readonly place: KeyPlace;
  readonly own: Own;
}

/** Is shown each thing between `start` and `end`, the quotes of strings left out, and may rewrite it there. */
export interface JsonVisitor<Own> {
  /** What is to be remembered of an object or array that begins; `around` is null at the root. */
  open(place: KeyPlace, around: Level<Own> | null): Own;
  /** Gives the key as it was. */
  key(start: number, end: number, around: Level<Own>): string;
  string(start: number, end: number, place: KeyPlace, around: Level<Own> | null): void;
  number(start: number, end: number, place: KeyPlace, around: Level<Own> | null): void;
}

interface OpenLevel<Own> extends Level<Own> {
  /** Where the next value stands. */
  next: KeyPlace;
}

const ROOT: KeyPlace = { key: null, parent: null };
/** A hostile stream could open brackets without end. */
const MOST_LEVELS = 1000;
const DEEP: KeyPlace = { key: "", parent: null };

/** Walks over the JSON value that begins at `start`. Gives where it ends, or where it is seen to be none. */
export function walkJson<Own>(bytes: Buffer, start: number, end: number, visitor: JsonVisitor<Own>): number {
  /** The opening brackets of all levels that are open, and what is known of the outer ones. */
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
    // All that lies deeper is in one level, of which nothing is known.
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

  /** Moves behind a string; where it does not end, it ends with the bytes. */
  function readString(): { start: number; end: number } {
    const first = at + 1;
    let stop = first;
    while (stop < end && bytes[stop] !== QUOTE) stop += bytes[stop] === BACKSLASH ? 2 : 1;
    stop = Math.min(stop, end);
    at = Math.min(stop + 1, end);
    return { start: first, end: stop };
  }

  /** A string in the place of a key is one if a colon follows, or nothing does. */
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

  /** Reads a string, number or word; false where there is none. */
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
