// The arguments of a call: JSON text that comes in pieces, cut anywhere. Strings in it are replaced as text; keys, numbers,
// words and structure stay, so that it is JSON exactly as far as it was.
import {
  BACKSLASH,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
  isHexDigit,
  LETTER_U,
  NUMBER_CHARACTERS,
  OPENING_BRACE,
  OPENING_BRACKET,
  QUOTE,
  SHORT_ESCAPES,
  WHITESPACE,
  LITERALS,
} from "./json-characters.ts";
import { createKeyMap, type KeyCharacters } from "./argument-keys.ts";
import { isDigit, redactUnit, type UnitMap } from "./text.ts";

const HYPHEN = 0x2d;
/** What every escape by number becomes. */
const ESCAPED = "00e9";
/** A hostile stream could open brackets without end. */
const MOST_LEVELS = 10_000;

type Next = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end";

/**
 * Reads code units of one call's arguments, in order, and gives what stands in their place. Keys stay as far as they
 * are made of known words. What is no JSON, from the place on where it is seen to be none, is replaced as text.
 */
export function createArgumentsMap(keyCharacters: KeyCharacters): UnitMap {
  /** The brackets that are open, the innermost last. */
  const open: number[] = [];
  let next: Next = "value";
  let isBroken = false;
  /** The word or number in hand. */
  let word: string | null = null;
  let wordLength = 0;
  let isInNumber = false;
  // The string in hand:
  let isInString = false;
  let isKey = false;
  /** What reads the key in hand; null: it is no key. */
  let mapKey: UnitMap | null = null;
  let isEscape = false;
  /** Digits of an escape that are still to come. */
  let hexLeft = 0;

  function breakAt(unit: number): number {
    isBroken = true;
    return redactUnit(unit);
  }

  function beginString(asKey: boolean): number {
    isInString = true;
    isKey = asKey;
    mapKey = asKey ? createKeyMap(keyCharacters) : null;
    return QUOTE;
  }

  function readString(unit: number): number {
    if (hexLeft > 0) {
      if (!isHexDigit(unit)) return breakAt(unit);
      hexLeft -= 1;
      return ESCAPED.charCodeAt(ESCAPED.length - 1 - hexLeft);
    }
    if (isEscape) {
      isEscape = false;
      if (unit === LETTER_U) hexLeft = ESCAPED.length;
      else if (!SHORT_ESCAPES.has(unit)) return breakAt(unit);
      return unit;
    }
    if (unit === QUOTE) {
      isInString = false;
      next = isKey ? "colon" : "comma or end";
      return unit;
    }
    if (unit === BACKSLASH) isEscape = true;
    // What is escaped is data, and all behind it.
    if (isEscape) mapKey = null;
    return mapKey === null ? redactUnit(unit) : mapKey(unit);
  }

  function readWord(unit: number, whole: string): number {
    if (unit !== whole.charCodeAt(wordLength)) return breakAt(unit);
    wordLength += 1;
    if (wordLength === whole.length) {
      word = null;
      next = "comma or end";
    }
    return unit;
  }

  function beginValue(unit: number): number {
    if (unit === QUOTE) return beginString(false);
    if (unit === OPENING_BRACE || unit === OPENING_BRACKET) {
      if (open.length >= MOST_LEVELS) return breakAt(unit);
      open.push(unit);
      next = unit === OPENING_BRACE ? "key or end" : "value or end";
      return unit;
    }
    if (unit === HYPHEN || isDigit(unit)) {
      isInNumber = true;
      next = "comma or end";
      return unit;
    }
    word = LITERALS.find((known) => known.charCodeAt(0) === unit) ?? null;
    if (word === null) return breakAt(unit);
    wordLength = 1;
    return unit;
  }

  function close(unit: number): number {
    const opening = open.pop();
    const fits = opening === (unit === CLOSING_BRACE ? OPENING_BRACE : OPENING_BRACKET);
    if (!fits) return breakAt(unit);
    next = "comma or end";
    return unit;
  }

  function readStructure(unit: number): number {
    if (WHITESPACE.has(unit)) return unit;
    const isClosing = unit === CLOSING_BRACE || unit === CLOSING_BRACKET;
    switch (next) {
      case "value":
        return beginValue(unit);
      case "value or end":
        return isClosing ? close(unit) : beginValue(unit);
      case "key or end":
      case "key":
        if (next === "key or end" && isClosing) return close(unit);
        return unit === QUOTE ? beginString(true) : breakAt(unit);
      case "colon":
        next = "value";
        return unit === COLON ? unit : breakAt(unit);
      case "comma or end":
        if (isClosing) return close(unit);
        next = open.at(-1) === OPENING_BRACE ? "key" : "value";
        return unit === COMMA && open.length > 0 ? unit : breakAt(unit);
    }
  }

  return (unit) => {
    if (isBroken) return redactUnit(unit);
    if (isInString) return readString(unit);
    if (word !== null) return readWord(unit, word);
    isInNumber &&= NUMBER_CHARACTERS.has(unit);
    return isInNumber ? unit : readStructure(unit);
  };
}
