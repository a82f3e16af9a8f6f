// Finds where a text stops being JSON. V8 reports this only in some of its messages, and differently in each version.

/** Line and column from 1; a column is one UTF-16 code unit. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** All characters except control characters, quotes and backslashes need no escape. */
const STRING = /"(?:[ !#-[\]-\uFFFF]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/.source;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?/.source;
const SPACE = /[\t\n\r ]*/y;
const TOKEN = new RegExp(`${STRING}|${NUMBER}|true|false|null|[[\\]{}:,]`, "y");

type Expected = "value" | "value or ]" | "key" | "key or }" | ":" | ", or end";

/** The place of the first invalid token, or the end of a text that ends too early; null if the text is JSON. */
export function placeOfJsonFault(text: string): TextPlace | null {
  /** The open brackets, innermost last. */
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let offset = end(SPACE, text, 0);
  while (offset < text.length) {
    const tokenEnd = end(TOKEN, text, offset);
    const token = text.slice(offset, tokenEnd);
    const next = step(expected, token, open);
    if (next === null) return placeAt(text, offset);
    expected = next;
    offset = end(SPACE, text, tokenEnd);
  }
  return expected === ", or end" && open.length === 0 ? null : placeAt(text, text.length);
}

/** What may follow a token; null if the token is not allowed here. Updates the open brackets. */
function step(expected: Expected, token: string, open: ("{" | "[")[]): Expected | null {
  const innermost = open.at(-1);
  switch (expected) {
    case ":":
      return token === ":" ? "value" : null;
    case ", or end":
      if (token === "," && innermost !== undefined) return innermost === "{" ? "key" : "value";
      return innermost !== undefined && token === CLOSING[innermost] ? close(open) : null;
    case "key":
    case "key or }":
      if (token === "}" && expected === "key or }") return close(open);
      return token.startsWith('"') ? ":" : null;
    case "value":
    case "value or ]":
      if (token === "]" && expected === "value or ]") return close(open);
      if (token === "{" || token === "[") {
        open.push(token);
        return token === "{" ? "key or }" : "value or ]";
      }
      return /^["\-\dtfn]/.test(token) ? ", or end" : null;
  }
}

const CLOSING = { "{": "}", "[": "]" } as const;

function close(open: ("{" | "[")[]): Expected {
  open.pop();
  return ", or end";
}

/** Where a match that begins at an offset ends; the offset itself if nothing matches. */
function end(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}

function placeAt(text: string, offset: number): TextPlace {
  const lines = text.slice(0, offset).split(/\r\n|[\n\r]/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}
