const LF = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** How deep `entries`, the array and an entry lie: `{"log": {"entries": [{` */
const KEY_DEPTH = 2;
const ENTRY_DEPTH = 4;
const KEY = Buffer.from('"entries"');

/** The lines, from 1, on which the entries of a HAR file begin; the document must be JSON. */
export function linesOfEntries(document: Buffer): readonly number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let isInEntries = false;
  for (let index = 0; index < document.length; index += 1) {
    switch (document[index] ?? 0) {
      case LF:
        line += 1;
        break;
      case QUOTE: {
        const end = endOfString(document, index);
        if (depth === KEY_DEPTH) isInEntries = document.subarray(index, end + 1).equals(KEY);
        index = end;
        break;
      }
      case OPENING_BRACE:
      case OPENING_BRACKET:
        depth += 1;
        if (isInEntries && depth === ENTRY_DEPTH) lines.push(line);
        break;
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        depth -= 1;
        break;
      default:
    }
  }
  return lines;
}

/** Where the quote stands that closes the string which begins at `start`. */
function endOfString(document: Buffer, start: number): number {
  let index = start + 1;
  while (index < document.length && document[index] !== QUOTE) index += document[index] === BACKSLASH ? 2 : 1;
  return index;
}
