const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** Follows how deep JSON is nested, byte by byte or character by character. */
export interface JsonDepth {
  /** Whether the byte closes what the first one opened. */
  ends(byte: number): boolean;
}

export function createJsonDepth(): JsonDepth {
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  return {
    ends(byte) {
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isInString = false;
        return false;
      }
      if (byte === QUOTE) isInString = true;
      else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) depth += 1;
      else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) depth -= 1;
      return depth === 0 && !isInString;
    },
  };
}
