// Shows the statistics on a page, as text.
import { type Part, writeFlow } from "../../terminal/flow.ts";
import type { Page } from "../../terminal/page.ts";
import type { Paint } from "../../terminal/paint.ts";
import { countOf } from "../../wording/counts.ts";
import { MARKS } from "../../wording/marks.ts";
import type { GroupComparison, Judgement } from "../differences.ts";
import type { Statistics } from "../statistics.ts";
import { describeWhole, notesOf } from "./describe.ts";
import { comparisonNotes } from "./comparison-notes.ts";
import { describeComparison, wordsOf } from "./differences.ts";
import { MOST_SHOWN, sectionsOf } from "./sections.ts";
import { writeTable } from "./table.ts";

const INDENT = 2;

export function writeStatistics(page: Page, statistics: Statistics): void {
  const { all, against } = statistics;
  writeLine(page, { text: describeWhole(statistics), paint: all.failed > 0 ? "warning" : "good" });
  if (against !== undefined) writeComparison(page, against);
  for (const section of sectionsOf(statistics)) {
    page.write("\n");
    writeTable(page, section);
  }
  const notes = notesOf(statistics);
  if (notes.length > 0) page.write("\n");
  for (const note of notes) writeLine(page, { text: note, paint: "dim" });
}

const SIGNS: Readonly<Partial<Record<Judgement, { readonly word: string; readonly paint: Paint }>>> = {
  worse: { word: `${MARKS.bad} worse`, paint: "bad" },
  better: { word: `${MARKS.good} better`, paint: "good" },
};

/** Differences that exceed the noise, one per line. */
function writeComparison(page: Page, comparison: GroupComparison): void {
  const { worse, better, nothingCompared } = comparison;
  const paint = worse > 0 ? "bad" : nothingCompared === null ? "good" : "warning";
  writeLine(page, { text: `after compared with before: ${describeComparison(comparison)}`, paint });
  for (const difference of comparison.differences.slice(0, MOST_SHOWN)) {
    const { judgement, group, what, change } = wordsOf(difference);
    const sign = SIGNS[judgement];
    if (sign === undefined) continue;
    const parts: Part[] = [
      { text: sign.word, paint: sign.paint },
      { text: `  ${group}`, paint: "name" },
      { text: `  ${what}`, paint: "strong" },
      { text: `  ${change}` },
    ];
    writeFlow(page, parts, { start: 0, indent: INDENT });
  }
  const left = worse + better - MOST_SHOWN;
  if (left > 0) writeLine(page, { text: `and ${countOf(left, "more difference")}: --json has all`, paint: "dim" });
  for (const note of comparisonNotes(comparison)) writeLine(page, { text: note, paint: "dim" });
}

function writeLine(page: Page, part: Part): void {
  writeFlow(page, [part], { start: 0, indent: INDENT });
}
