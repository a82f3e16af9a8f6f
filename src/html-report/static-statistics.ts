// The statistics as HTML without a script: the tables that Markdown has.
import { describeWhole, notesOf } from "../stats/show/describe.ts";
import { comparisonNotes } from "../stats/show/comparison-notes.ts";
import { describeComparison, wordsOf } from "../stats/show/differences.ts";
import { type ColumnHead, MOST_SHOWN, NONE, sectionsOf } from "../stats/show/sections.ts";
import type { GroupComparison } from "../stats/differences.ts";
import type { Statistics } from "../stats/statistics.ts";
import { visibleLine } from "../terminal/visible.ts";

export function staticStatistics(statistics: Statistics): string {
  const { against } = statistics;
  const sections = sectionsOf(statistics);
  const hasNone = sections.some(({ rows }) => rows.some(({ cells }) => cells.includes(NONE)));
  return [
    `<article class="stream statistics static">`,
    "<noscript><p>Without JavaScript: tables without histograms and sorting.</p></noscript>",
    `<h2>${escapeHtml(describeWhole(statistics))}</h2>`,
    ...(against === undefined ? [] : [comparisonHtml(against)]),
    ...sections.map(({ title, head, rows }) => {
      const [first, ...others] = head;
      const named = first === undefined ? [] : [{ ...first, text: title }, ...others];
      return tableHtml(
        named,
        rows.map(({ cells }) => cells),
      );
    }),
    notesHtml([...(hasNone ? [`${NONE} means not reported`] : []), ...notesOf(statistics)]),
    "</article>",
  ].join("\n");
}

function comparisonHtml(comparison: GroupComparison): string {
  const found = comparison.differences.filter(({ judgement }) => judgement === "worse" || judgement === "better");
  const cells = found.slice(0, MOST_SHOWN).map((difference) => {
    const { judgement, group, what, change } = wordsOf(difference);
    return [group, judgement, what, change];
  });
  const head = ["group", "result", "what", "change"].map((text): ColumnHead => ({ text, align: "left", rank: 0 }));
  return [
    `<section><h3>Before and after</h3><p>${escapeHtml(describeComparison(comparison))}</p>`,
    ...(cells.length > 0 ? [tableHtml(head, cells)] : []),
    notesHtml(comparisonNotes(comparison)),
    "</section>",
  ].join("\n");
}

function tableHtml(head: readonly ColumnHead[], rows: readonly (readonly string[])[]): string {
  const classOf = (index: number): string => (head[index]?.align === "right" ? ` class="figure"` : "");
  const heads = head.map(({ text }, index) => `<th scope="col"${classOf(index)}>${escapeHtml(text)}</th>`);
  const lines = rows.map((cells) => {
    const [name = "", ...others] = cells;
    const rest = others.map((cell, index) => `<td${classOf(index + 1)}>${escapeHtml(cell)}</td>`);
    return `<tr><th scope="row">${escapeHtml(name)}</th>${rest.join("")}</tr>`;
  });
  return [
    `<div class="table-scroll"><table class="sortable">`,
    `<thead><tr>${heads.join("")}</tr></thead>`,
    `<tbody>${lines.join("\n")}</tbody></table></div>`,
  ].join("\n");
}

function notesHtml(notes: readonly string[]): string {
  if (notes.length === 0) return "";
  return `<ul class="notes">${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join("")}</ul>`;
}

/** Escapes untrusted text, on one line. https://html.spec.whatwg.org/multipage/parsing.html#data-state */
function escapeHtml(text: string): string {
  return visibleLine(text).replace(/[&<>"']/g, (character) => ESCAPED[character] ?? "");
}

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
