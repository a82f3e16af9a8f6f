// The statistics in Markdown, as GitHub and others show it.
import type { Page } from "../../terminal/page.ts";
import { visibleLine } from "../../terminal/visible.ts";
import { escapeMarkdown } from "../../wording/markdown.ts";
import type { Statistics } from "../statistics.ts";
import { describeWhole, notesOf } from "./describe.ts";
import { comparisonNotes } from "./comparison-notes.ts";
import { describeComparison, wordsOf } from "./differences.ts";
import { type ColumnHead, MOST_SHOWN, sectionsOf } from "./sections.ts";

export function writeMarkdown(page: Page, statistics: Statistics): void {
  const { against } = statistics;
  page.write(`### ssescope stats\n\n${escapeText(describeWhole(statistics))}\n`);
  if (against !== undefined) {
    page.write(`\n#### Before and after\n\n${escapeText(describeComparison(against))}\n`);
    const found = against.differences.filter(({ judgement }) => judgement === "worse" || judgement === "better");
    if (found.length > 0) {
      const head = ["", "group", "what", "change"].map((text): ColumnHead => ({ text, align: "left", rank: 0 }));
      const cells = found.slice(0, MOST_SHOWN).map((difference) => {
        const { judgement, group, what, change } = wordsOf(difference);
        return [judgement, group, what, change];
      });
      writeTable(page, head, cells);
    }
    writeNotes(page, comparisonNotes(against));
  }
  for (const { title, head, rows } of sectionsOf(statistics)) {
    const [first, ...others] = head;
    const named = first === undefined ? [] : [{ ...first, text: title }, ...others];
    writeTable(
      page,
      named,
      rows.map(({ cells }) => cells),
    );
  }
  writeNotes(page, notesOf(statistics));
}

function writeTable(page: Page, head: readonly ColumnHead[], rows: readonly (readonly string[])[]): void {
  page.write(`\n${lineOf(head.map(({ text }) => text))}`);
  page.write(`| ${head.map(({ align }) => (align === "right" ? "--:" : "---")).join(" | ")} |\n`);
  for (const cells of rows) page.write(lineOf(cells));
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map(escapeText).join(" | ")} |\n`;
}

function writeNotes(page: Page, notes: readonly string[]): void {
  if (notes.length > 0) page.write(`\n${notes.map((note) => `- ${escapeText(note)}\n`).join("")}`);
}

/** Escapes untrusted text, on one line. */
function escapeText(text: string): string {
  return escapeMarkdown(visibleLine(text));
}
