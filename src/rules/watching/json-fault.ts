// Finds where a text stops being JSON. JSON.parse reports this too, but its wording differs by version.

const QUOTE = '"';
const BACKSLASH = "\\";
const FIRST_PRINTABLE = " ";
const SPACE = /[ \t\n\r]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const PARTIAL_ESCAPE = /\\(?:u[0-9a-fA-F]{0,3})?$/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PARTIAL_NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d*)?)?$/y;
const WORDS = ["true", "false", "null"];
const CLOSING: Record<string, string> = { "{": "}", "[": "]" };

/**
 * The first character, counted in UTF-16 from 0, at which `text` is not JSON; its length if the text only ends too
 * early; null if it is JSON. Takes linear time and constant stack.
 */
export function findJsonFault(text: string): number | null {
  let at = 0;
  /** The closing brackets still expected, innermost last. */
  const closings: string[] = [];
  let next: "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" = "value";

  /** Moves past a match of the pattern here. */
  function skip(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  }

  // The readers move past what they read or, if it is incomplete, to the fault in it.

  function readString(): boolean {
    at += 1;
    for (let character = text[at]; character !== undefined; character = text[at]) {
      if (character === QUOTE) {
        at += 1;
        return true;
      }
      if (character < FIRST_PRINTABLE) return false;
      if (character !== BACKSLASH) at += 1;
      else if (!skip(ESCAPE)) {
        skip(PARTIAL_ESCAPE);
        return false;
      }
    }
    return false;
  }

  function readWord(): boolean {
    const word = WORDS.find((known) => known[0] === text[at]);
    if (word === undefined) return false;
    const start = at;
    while (at - start < word.length && text[at] === word[at - start]) at += 1;
    return at - start === word.length;
  }

  function readNumber(): boolean {
    const start = at;
    const isNumber = skip(NUMBER);
    const end = at;
    at = start;
    // An incomplete number at the end of the text: `1.` contains a number, but is not one.
    if (skip(PARTIAL_NUMBER) && !(isNumber && end === text.length)) return false;
    at = end;
    return isNumber;
  }

  function readScalar(): boolean {
    if (text[at] === QUOTE) return readString();
    return WORDS.some((word) => word[0] === text[at]) ? readWord() : readNumber();
  }

  for (;;) {
    skip(SPACE);
    const character = text[at];
    if (character === undefined) return next === "comma or end" && closings.length === 0 ? null : at;
    const canEnd = next === "comma or end" || next === "value or end" || next === "key or end";
    if (canEnd && closings.length > 0 && character === closings.at(-1)) {
      at += 1;
      closings.pop();
      next = "comma or end";
    } else if (next === "comma or end") {
      if (character !== "," || closings.length === 0) return at;
      at += 1;
      next = closings.at(-1) === "}" ? "key" : "value";
    } else if (next === "colon") {
      if (character !== ":") return at;
      at += 1;
      next = "value";
    } else if (next === "key" || next === "key or end") {
      if (character !== QUOTE || !readString()) return at;
      next = "colon";
    } else {
      const closing = CLOSING[character];
      if (closing === undefined) {
        if (!readScalar()) return at;
        next = "comma or end";
      } else {
        at += 1;
        closings.push(closing);
        next = closing === "}" ? "key or end" : "value or end";
      }
    }
  }
}
