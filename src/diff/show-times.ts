// Prints how the times of two streams differ, for humans.
import { writeFlow } from "../terminal/flow.ts";
import type { Page } from "../terminal/page.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { formatMeasured } from "../wording/durations.ts";
import type { TimeDifference, TimesComparison } from "./difference.ts";

const MOST_SHOWN = 40;
const INDENT = 2;
const NONE = "none";
const DECIMAL_BELOW = 100;

/** `isAsked`: also what differs by no more than noise. Writes nothing where there is nothing to show. */
export function showTimes(page: Page, { measures, buffering }: TimesComparison, isAsked: boolean): void {
  const shown = isAsked ? measures : measures.filter(({ isNotable }) => isNotable);
  if (shown.length === 0 && buffering.length === 0) return;
  page.write("\ntimes\n", "strong");
  const width = Math.max(0, ...shown.map(({ what }) => what.length));
  for (const difference of shown.slice(0, MOST_SHOWN)) showOne(page, difference, width);
  const left = shown.length - MOST_SHOWN;
  if (left > 0) page.write(`  and ${countOf(left, "more time")}; --json has them all\n`, "dim");
  for (const { message } of buffering) {
    page.write("  ");
    writeFlow(page, [{ text: message, paint: "warning" }], { start: INDENT, indent: INDENT });
  }
}

function showOne(page: Page, { what, unit, a, b, isNotable }: TimeDifference, width: number): void {
  page.writeInline(`  ${what.padEnd(width)}  `, "dim");
  page.writeInline(valueOf(a, unit), isNotable ? "bad" : "dim");
  page.write(" -> ", "dim");
  page.writeInline(valueOf(b, unit), isNotable ? "good" : "dim");
  page.write("\n");
}

function valueOf(value: number | null, unit: TimeDifference["unit"]): string {
  if (value === null) return NONE;
  if (unit === "ms") return formatMeasured(value);
  return unit === "events" ? formatCount(value) : value.toFixed(value < DECIMAL_BELOW ? 1 : 0);
}
