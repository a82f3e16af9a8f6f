// Prints a comparison for humans.
import { type Change, diffWordsWithSpace } from "diff";
import type { Page } from "../terminal/page.ts";
import { countOf } from "../wording/counts.ts";
import { cut, cutWithSize, excerpt } from "../wording/cut.ts";
import { type Comparison, type Difference, sections } from "./difference.ts";
import { showTimes } from "./show-times.ts";

const LONGEST_VALUE = 300;
/** Words of context around a difference in a text, and the limit on differences shown. */
const CONTEXT_WORDS = 5;
const MOST_PLACES = 5;
const MOST_SHOWN = 40;
const MOST_EDITS = 1000;
const WIDEST_WHAT = 40;
const NONE = "none";
const NO_STREAM = "no such stream";

/** Writes the differences by section; for equal streams, one line. `allTimes`: also those that hardly differ. */
export function showComparison(page: Page, comparison: Comparison, allTimes: boolean): void {
  const { a, isEqual, times } = comparison;
  if (isEqual && a !== null) page.write(`no difference: ${countOf(a.events, "event")}, ${a.verdict}\n`);
  else showDifferences(page, comparison);
  if (times !== null) showTimes(page, times, allTimes);
}

function showDifferences(page: Page, { a, b, differences }: Comparison): void {
  page.write("- ", "bad");
  page.writeInline(a?.source ?? NO_STREAM);
  page.write("\n+ ", "good");
  page.writeInline(b?.source ?? NO_STREAM);
  page.write("\n");
  for (const section of sections) {
    const ofSection = differences.filter((difference) => difference.section === section);
    if (ofSection.length === 0) continue;
    page.write(`\n${section}\n`, "strong");
    const width = Math.max(...ofSection.map(({ what }) => what.length));
    for (const difference of ofSection.slice(0, MOST_SHOWN)) {
      if (section === "text") showText(page, difference);
      else if (section === "structure") showDifference(page, difference);
      else showValues(page, difference, width);
    }
    const left = ofSection.length - MOST_SHOWN;
    if (left > 0) page.write(`  and ${left} more; --json has them all\n`, "dim");
  }
}

function showDifference(page: Page, { what, a, b, aEvent, bEvent }: Difference): void {
  if (what !== "event") showWhat(page, what);
  showSide(page, "-", a, aEvent);
  showSide(page, "+", b, bEvent);
}

function showWhat(page: Page, what: string): void {
  page.writeInline(`  ${what}`, "dim");
  page.write("\n");
}

/** Writes the value of one side, if it has one. */
function showSide(page: Page, sign: "-" | "+", value: Difference["a"], event: number | null): void {
  if (value === null) return;
  const place = event === null ? "" : `${event}  `;
  page.writeInline(`  ${sign} ${place}${cutWithSize(String(value), LONGEST_VALUE)}`, sign === "-" ? "bad" : "good");
  page.write("\n");
}

/** Counts and words, with both sides on one line. */
function showValues(page: Page, { what, a, b }: Difference, width: number): void {
  page.writeInline(`  ${what.padEnd(Math.min(width, WIDEST_WHAT))}  `, "dim");
  page.writeInline(cutWithSize(String(a ?? NONE), LONGEST_VALUE), "bad");
  page.write(" -> ", "dim");
  page.writeInline(cutWithSize(String(b ?? NONE), LONGEST_VALUE), "good");
  page.write("\n");
}

/** The places at which two texts differ, with a few words around each. */
function showText(page: Page, difference: Difference): void {
  const { what, a, b } = difference;
  if (typeof a !== "string" || typeof b !== "string") return showDifference(page, difference);
  const changes = diffWordsWithSpace(a, b, { maxEditLength: MOST_EDITS });
  if (changes === undefined) return showDifference(page, difference);
  showWhat(page, what);
  const places = placesOf(changes);
  for (const place of places.slice(0, MOST_PLACES)) showPlace(page, place);
  if (places.length > MOST_PLACES) page.write("  …\n", "dim");
}

/** Changes that are close together, and the common text before, between and after them. */
interface Place {
  readonly before: string;
  readonly changes: readonly Change[];
  readonly after: string;
}

function placesOf(changes: readonly Change[]): Place[] {
  const places: Place[] = [];
  let near: Change[] = [];
  let before = "";
  for (const [index, change] of changes.entries()) {
    const isAtEdge = index === 0 || index === changes.length - 1;
    if (change.added || change.removed || (!isAtEdge && wordsOf(change.value).length <= CONTEXT_WORDS)) {
      near.push(change);
      continue;
    }
    if (near.length > 0) places.push({ before, changes: near, after: change.value });
    before = change.value;
    near = [];
  }
  if (near.length > 0) places.push({ before, changes: near, after: "" });
  return places;
}

function showPlace(page: Page, { before, changes, after }: Place): void {
  page.writeInline(`    ${ending(before)}`);
  for (const { value, added, removed } of changes) {
    if (added) page.writeInline(`{+${cutWithSize(value, LONGEST_VALUE)}+}`, "good");
    else if (removed) page.writeInline(`[-${cutWithSize(value, LONGEST_VALUE)}-]`, "bad");
    else page.writeInline(value);
  }
  page.writeInline(beginning(after));
  page.write("\n");
}

function ending(text: string): string {
  const shown = wordsOf(text).slice(-CONTEXT_WORDS).join("");
  return excerpt(text, text.length - shown.length, text.length);
}

function beginning(text: string): string {
  return cut(text, wordsOf(text).slice(0, CONTEXT_WORDS).join("").length);
}

/** Each word with the white space after it. */
function wordsOf(text: string): string[] {
  return text.split(/(?<=\s)/);
}
