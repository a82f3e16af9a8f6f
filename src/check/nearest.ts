// Finds the known word that a mistyped one was meant to be.

/** Two typos are accepted: one in a word of three letters, none in a shorter one. */
const MOST_SLIPS = 2;
const LETTERS_PER_SLIP = 3;
/** Shorter words are the beginning of too many others. */
const SHORTEST_BEGINNING = 4;

/**
 * The known word that is nearest to a typed one; null if none is near. Case, `_` and `-` are ignored. A word is near if
 * it is at most two typos away (a letter wrong, missing, extra, or two swapped); otherwise if its part after the last
 * dot is near, as in `usage.outputTokens`; otherwise if one word begins with the other. Among equals, the first is
 * taken.
 */
export function nearest(typed: string, known: readonly string[]): string | null {
  const word = fold(typed);
  const begins = known.find((candidate) => beginsLike(word, fold(candidate)));
  return fewestSlips(word, known, fold) ?? fewestSlips(word, known, foldLastPart) ?? begins ?? null;
}

/** A hint for a word that is not allowed: the nearest allowed word; if none is near, `otherwise`, or all of them. */
export function suggest(typed: string, allowed: readonly string[], otherwise?: string): string {
  const near = nearest(typed, allowed);
  return near === null ? (otherwise ?? `allowed are ${allowed.join(", ")}`) : `did you mean ${near}?`;
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[_-]/g, "");
}

function foldLastPart(word: string): string {
  return fold(word.slice(word.lastIndexOf(".") + 1));
}

function fewestSlips(word: string, known: readonly string[], spelling: (known: string) => string): string | null {
  let best: string | null = null;
  let fewest = Math.min(MOST_SLIPS, Math.floor(word.length / LETTERS_PER_SLIP)) + 1;
  for (const candidate of known) {
    const slips = slipsBetween(word, spelling(candidate), fewest);
    if (slips >= fewest) continue;
    best = candidate;
    fewest = slips;
  }
  return best;
}

function beginsLike(typed: string, known: string): boolean {
  if (Math.min(typed.length, known.length) < SHORTEST_BEGINNING) return false;
  return known.startsWith(typed) || typed.startsWith(known);
}

/** Optimal string alignment distance, or `limit` if the distance is not less. */
function slipsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  /** The last rows of the table of distances between the prefixes of both: for a[0..i-2], a[0..i-1], a[0..i]. */
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const exchanged = isExchange ? at(beforeLast, j - 2) + 1 : Infinity;
      row.push(Math.min(replaced, exchanged, at(last, j) + 1, at(row, j - 1) + 1));
    }
    beforeLast = last;
    last = row;
  }
  return Math.min(limit, at(last, b.length));
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
