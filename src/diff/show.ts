// A comparison for people.
import { diffWordsWithSpace } from "diff";
import type { Page } from "../terminal/page.ts";
import { countOf, cut } from "../views/wording.ts";
import { type Comparison, type Difference, sections } from "./difference.ts";

const LONGEST_VALUE = 300;
/** Words of context around what differs in a text, and how many such places are shown. */
const CONTEXT_WORDS = 5;
const MOST_PLACES = 5;
const MOST_SHOWN = 40;
const MOST_EDITS = 1000;

/** Writes what differs, by section; of equal streams one line. */
export function showComparison(page: Page, comparison: Comparison): void {
  const { a, b, isEqual, differences } = comparison;
  if (isEqual && a !== null) return page.write(`no difference: ${countOf(a.events, "event")}, ${a.verdict}\n`);
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
  if (what !== "event") page.writeInline(`  ${what}`, "dim");
  if (what !== "event") page.write("\n");
  for (const [sign, value, event, paint] of [
    ["-", a, aEvent, "bad"],
    ["+", b, bEvent, "good"],
  ] as const) {
    if (value === null && (a === null) !== (b === null)) continue;
    const place = event === null || value === null ? "" : `${event}  `;
    page.writeInline(`  ${sign} ${place}${cut(String(value ?? NONE), LONGEST_VALUE)}`, paint);
    page.write("\n");
  }
}

/** Counts and words: both on one line. */
function showValues(page: Page, { what, a, b }: Difference, width: number): void {
  page.writeInline(`  ${what.padEnd(Math.min(width, WIDEST_WHAT))}  `, "dim");
  page.writeInline(cut(String(a ?? NONE), LONGEST_VALUE), "bad");
  page.write(" -> ", "dim");
  page.writeInline(cut(String(b ?? NONE), LONGEST_VALUE), "good");
  page.write("\n");
}

const WIDEST_WHAT = 40;
const NONE = "none";
const NO_STREAM = "no such stream";

/** The places at which two texts part, with a few words around each. */
function showText(page: Page, difference: Difference): void {
  const { what, a, b } = difference;
  if (typeof a !== "string" || typeof b !== "string") return showDifference(page, difference);
  const changes = diffWordsWithSpace(a, b, { maxEditLength: MOST_EDITS });
  if (changes === undefined) return showDifference(page, difference);
  page.writeInline(`  ${what}`, "dim");
  page.write("\n");
  let places = 0;
  let isOpen = false;
  for (const [index, { value, added, removed }] of changes.entries()) {
    if (added || removed) {
      if (!isOpen && places === MOST_PLACES) {
        page.write("  …\n", "dim");
        return;
      }
      if (!isOpen) {
        places += 1;
        page.writeInline(`    ${ending(changes[index - 1]?.value ?? "")}`);
      }
      isOpen = true;
      page.writeInline(
        `${added ? "{+" : "[-"}${cut(value, LONGEST_VALUE)}${added ? "+}" : "-]"}`,
        added ? "good" : "bad",
      );
    } else if (isOpen) {
      const words = value.split(/(?<=\s)/);
      const isNear = words.length <= CONTEXT_WORDS && index < changes.length - 1;
      page.writeInline(isNear ? value : beginning(value));
      if (isNear) continue;
      page.write("\n");
      isOpen = false;
    }
  }
  if (isOpen) page.write("\n");
}

function ending(text: string): string {
  const words = text.split(/(?<=\s)/);
  return (words.length > CONTEXT_WORDS ? "…" : "") + words.slice(-CONTEXT_WORDS).join("");
}

function beginning(text: string): string {
  const words = text.split(/(?<=\s)/);
  return words.slice(0, CONTEXT_WORDS).join("") + (words.length > CONTEXT_WORDS ? "…" : "");
}
