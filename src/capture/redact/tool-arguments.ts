// Redacts tool arguments: JSON text that arrives in pieces, cut anywhere. Its strings are replaced as text; numbers,
// words and structure stay, so that the result is valid JSON exactly as far as the original is.
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
/** Every numeric escape becomes this one. */
const ESCAPED = "00e9";
/** A hostile stream could open brackets without end. */
const MOST_LEVELS = 10_000;

type Next = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end";

/**
 * Maps the code units of one call's arguments, in order, to their replacements. Keys stay if they consist of known
 * words. From the first place that is not JSON, everything is replaced as text.
 */
export function createArgumentsMap(keyCharacters: KeyCharacters): UnitMap {
  /** The open brackets, innermost last. */
  const open: number[] = [];
  let next: Next = "value";
  let isBroken = false;
  /** The current word. */
  let word: string | null = null;
  let wordLength = 0;
  let isInNumber = false;
  // The current string:
  let isInString = false;
  let isKey = false;
  /** Maps the current key; null: the string is not a key. */
  let mapKey: UnitMap | null = null;
  let isEscape = false;
  /** Missing digits of an escape. */
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
    // A key with an escape is data from there on.
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
