// Two texts in; the lines of each out, with the parts marked that the other text lacks.
import { diffArrays, diffWordsWithSpace } from "diff";

/** A part of a line. */
export interface LinePart {
  /** Empty if only the other text has something here. */
  readonly text: string;
  /** Whether the other text lacks this part, or has more here. */
  readonly isChanged: boolean;
}

/** How far a line differs from its version in the other text. */
export type LineChange = "none" | "numbers" | "text";

/** A line in its parts, or the place of lines that only the other text has and that no line here replaces. */
export type MarkedLine =
  | { readonly type: "line"; readonly change: LineChange; readonly parts: readonly LinePart[] }
  | { readonly type: "missing"; readonly lines: number };

export interface MarkedTexts {
  readonly a: readonly MarkedLine[];
  readonly b: readonly MarkedLine[];
}

/** Marks a last line without a line end. */
const NO_LINE_END = "<no line end>";

/** Two versions of a line, of A and of B; null: that text lacks the line. */
type Row = readonly [string | null, string | null];

const A = 0;
const B = 1;
type Side = typeof A | typeof B;

/**
 * Compares two texts line by line. Two lines are versions of one if only their numbers differ, as sequence numbers do
 * after an inserted event, or if one replaces the other and they are at least half equal.
 */
export function markLines(a: string, b: string): MarkedTexts {
  const rows = alignLines(linesOf(a), linesOf(b));
  alignRuns(rows);
  return { a: markSide(rows, A), b: markSide(rows, B) };
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  return last === "" ? lines : [...lines, last + NO_LINE_END];
}

function alignLines(a: readonly string[], b: readonly string[]): Row[] {
  const rows: Row[] = [];
  let atA = 0;
  let atB = 0;
  /** Lines of A that B lacks: the next lines may replace them. */
  let removedLines: readonly string[] = [];
  for (const { added, removed, count } of diffArrays(a.map(withoutNumbers), b.map(withoutNumbers))) {
    const ofA = added ? [] : a.slice(atA, atA + count);
    const ofB = removed ? [] : b.slice(atB, atB + count);
    atA += ofA.length;
    atB += ofB.length;
    if (removed) {
      removedLines = ofA;
      continue;
    }
    rows.push(...pairSimilar(removedLines, added ? ofB : []));
    removedLines = [];
    if (!added) rows.push(...ofA.map((line, index): Row => [line, ofB[index] ?? null]));
  }
  return [...rows, ...pairSimilar(removedLines, [])];
}

function withoutNumbers(line: string): string {
  return line.replace(/\d+/g, "0");
}

/** Lines that replace others, each beside the next similar one, if any. */
function pairSimilar(a: readonly string[], b: readonly string[]): Row[] {
  const rows: Row[] = [];
  let atB = 0;
  const addUntil = (end: number): void => {
    for (; atB < end; atB += 1) rows.push([null, b[atB] ?? null]);
  };
  for (const line of a) {
    const found = b.findIndex((other, index) => index >= atB && isSimilar(line, other));
    if (found === -1) rows.push([line, null]);
    else {
      addUntil(found);
      rows.push([line, b[found] ?? null]);
      atB = found + 1;
    }
  }
  addUntil(b.length);
  return rows;
}

/** Whether two lines without their numbers have a common beginning and end of at least half of the longer one. */
function isSimilar(lineOfA: string, lineOfB: string): boolean {
  const a = withoutNumbers(lineOfA);
  const b = withoutNumbers(lineOfB);
  const shorter = Math.min(a.length, b.length);
  let before = 0;
  while (before < shorter && a[before] === b[before]) before += 1;
  let after = 0;
  while (after < shorter - before && a.at(-1 - after) === b.at(-1 - after)) after += 1;
  return (before + after) * 2 >= Math.max(a.length, b.length);
}

/**
 * Shifts runs of added or removed lines so that they end with a blank line, if the shifted diff is equivalent: events
 * end with one, and `event, data, blank` reads better than `blank, event, data`.
 */
function alignRuns(rows: Row[]): void {
  let start = 0;
  while (start < rows.length) {
    const side = rows[start]?.indexOf(null);
    let end = start + 1;
    if (side === A || side === B) {
      while (end < rows.length && rows[end]?.[side] === null) end += 1;
      end = shiftRun(rows, start, end);
    }
    start = end;
  }
}

/** Returns the new end of the run. */
function shiftRun(rows: Row[], start: number, end: number): number {
  const isEnd = (index: number): boolean => rows[index]?.includes("") === true;
  while (!isEnd(end - 1) && canSwap(rows[start], rows[end])) swap(rows, start++, end++);
  while (!isEnd(end - 1) && canSwap(rows[end - 1], rows[start - 1])) swap(rows, --start, --end);
  return end;
}

/** Whether a line of one text equals a line that both have. */
function canSwap(ofOne: Row | undefined, ofBoth: Row | undefined): boolean {
  if (ofOne === undefined || ofBoth === undefined) return false;
  const line = ofOne[A] ?? ofOne[B];
  return ofBoth[A] === line && ofBoth[B] === line;
}

function swap(rows: Row[], one: number, other: number): void {
  const [a, b] = [rows[one], rows[other]];
  if (a === undefined || b === undefined) return;
  rows[one] = b;
  rows[other] = a;
}

function markSide(rows: readonly Row[], side: Side): MarkedLine[] {
  const marked: MarkedLine[] = [];
  let missing = 0;
  /** The line before, which the other text lacks, replaces lines of the other text. */
  let isReplaced = false;
  for (const row of rows) {
    const line = row[side];
    if (line === null) {
      missing += 1;
      continue;
    }
    const other = row[side === A ? B : A];
    isReplaced ||= other === null;
    if (missing > 0 && !isReplaced) marked.push({ type: "missing", lines: missing });
    missing = 0;
    isReplaced = other === null;
    marked.push(markLine(line, other));
  }
  if (missing > 0 && !isReplaced) marked.push({ type: "missing", lines: missing });
  return marked;
}

function markLine(line: string, other: string | null): MarkedLine {
  if (other === null) return { type: "line", change: "text", parts: [{ text: line, isChanged: true }] };
  if (line === other) return { type: "line", change: "none", parts: [{ text: line, isChanged: false }] };
  const parts: LinePart[] = [];
  let isReplaced = false;
  for (const { value, added, removed } of diffWordsWithSpace(other, line)) {
    // The replacement comes next, if there is one.
    if (!added && isReplaced) parts.push({ text: "", isChanged: true });
    isReplaced = removed;
    if (!removed) parts.push({ text: value, isChanged: added });
  }
  if (isReplaced) parts.push({ text: "", isChanged: true });
  return { type: "line", change: withoutNumbers(line) === withoutNumbers(other) ? "numbers" : "text", parts };
}
