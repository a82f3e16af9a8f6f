// JSON text in, the same tokens over several lines out: numbers, escapes and repeated keys stay unchanged.
import type { Paint } from "../../terminal/paint.ts";
import type { Page } from "../../terminal/page.ts";
import { characterCount } from "../../wording/characters.ts";
import { formatCount } from "../../wording/counts.ts";
import { cut } from "../../wording/cut.ts";

const INDENT = 2;
/** Deeper levels stay on one line: indentation would grow with the square of the depth. */
const DEEPEST = 40;
/** JSON whitespace (RFC 8259, 2). */
const WHITESPACE = new Set([" ", "\t", "\n", "\r"]);
const PUNCTUATION = new Set(["{", "}", "[", "]", ",", ":"]);

interface Token {
  readonly text: string;
  /** Its first character, which determines its type. */
  readonly first: string;
  /** Where the next token begins. */
  readonly next: number;
}

/** Writes JSON that is known to be valid. `longest`: the limit on characters of a string; null: no limit. */
export function writePrettyJson(page: Page, json: string, longest: number | null): void {
  let depth = 0;
  /** The first character of the last token. */
  let before = "";

  function breakLine(): void {
    if (depth <= DEEPEST) page.write(`\n${" ".repeat(depth * INDENT)}`);
  }

  for (let token = tokenAt(json, 0); token !== null; token = tokenAt(json, token.next)) {
    const { text, first, next } = token;
    const isClosing = first === "}" || first === "]";
    const isFirst = before === "{" || before === "[";
    if (isClosing) depth -= 1;
    if (isClosing ? !isFirst : isFirst || before === ",") breakLine();
    if (before === ":") page.write(" ");
    if (first === '"') writeString(page, text, longest, json[next] === ":" ? "name" : "plain");
    else page.write(text, PUNCTUATION.has(first) ? "dim" : "accent");
    if (first === "{" || first === "[") depth += 1;
    before = first;
  }
  page.write("\n");
}

function writeString(page: Page, text: string, longest: number | null, paint: Paint): void {
  if (longest === null || text.length <= longest) return page.writeInline(text, paint);
  page.writeInline(cut(text, longest), paint);
  // The quotes do not count.
  page.write(` (${formatCount(characterCount(text) - 2)} characters)`, "dim");
}

/** The token at or after `from`, skipping whitespace; null at the end. */
function tokenAt(json: string, from: number): Token | null {
  const start = pastWhitespace(json, from);
  const first = json[start];
  if (first === undefined) return null;
  const end = PUNCTUATION.has(first) ? start + 1 : first === '"' ? endOfString(json, start) : endOfWord(json, start);
  return { text: json.slice(start, end), first, next: pastWhitespace(json, end) };
}

function pastWhitespace(json: string, from: number): number {
  let at = from;
  while (WHITESPACE.has(json[at] ?? "")) at += 1;
  return at;
}

/** The position after the quote that ends the string at `start`. */
function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (json[quote - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
  }
  return json.length;
}

/** The position after a number, true, false or null. */
function endOfWord(json: string, start: number): number {
  let end = start + 1;
  for (let character = json[end]; character !== undefined; character = json[end]) {
    if (PUNCTUATION.has(character) || WHITESPACE.has(character) || character === '"') break;
    end += 1;
  }
  return end;
}
