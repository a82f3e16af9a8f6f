// Detects whether YAML repeats values by aliases (YAML 1.2.2, 7.1): then no part can be read without the others.

const STAR = 0x2a;
const BLANKS = " \t";
/** The characters that an alias can follow. */
const BEFORE = "-:,[{?\r\n";
/** Names are short; Psych uses numbers. */
const LONGEST = 64;

/** Looks for an alias between two bytes; text that looks like one counts. */
export function hasAlias(document: Buffer, start: number, end: number): boolean {
  for (let at = document.indexOf(STAR, start); at !== -1 && at < end; at = document.indexOf(STAR, at + 1)) {
    if (isBehindIndicator(document, at, start) && isName(document.toString("latin1", at + 1, at + LONGEST)))
      return true;
  }
  return false;
}

function isBehindIndicator(document: Buffer, star: number, start: number): boolean {
  let at = star - 1;
  while (at >= start && BLANKS.includes(characterAt(document, at))) at -= 1;
  return at < start || BEFORE.includes(characterAt(document, at));
}

function isName(text: string): boolean {
  return /^[\w.-]+[ \t]*(?:$|[\r\n,\]}])/.test(text);
}

function characterAt(document: Buffer, at: number): string {
  return String.fromCharCode(document[at] ?? 0);
}
