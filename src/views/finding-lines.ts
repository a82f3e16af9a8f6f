import type { Finding } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";
import { visibleLine } from "../terminal/visible.ts";
import { formatCount } from "../wording/counts.ts";
import { paintOfSeverity } from "./paints.ts";

/** Additional indentation of a finding's continuation lines. */
const HANGING = 2;
/** The minimum width of a finding, however far the columns are indented. */
const LEAST_ROOM = 30;

/**
 * Writes a finding on separate lines that fit the page: severity, rule, message. `isBeside`: its event is directly
 * above; otherwise the finding names its place.
 */
export function writeFinding(page: Page, finding: Finding, indent: number, isBeside: boolean): void {
  const { severity, rule, message } = finding;
  const head = `${severity} ${rule}`;
  const text = visibleLine(`${head}${isBeside ? "" : placeOf(finding)}: ${message}`.toWellFormed());
  const { columns, ruler } = page;
  const own = columns === null ? indent : Math.max(Math.min(indent, columns - LEAST_ROOM), HANGING);
  const lines = columns === null ? [text] : ruler.wrap(text, columns - own - HANGING);
  for (const [index, line] of lines.entries()) {
    page.write(" ".repeat(index === 0 ? own : own + HANGING));
    const isHead = index === 0 && line.startsWith(head);
    if (isHead) page.writeInline(head, paintOfSeverity[severity]);
    page.writeInline(isHead ? line.slice(head.length) : line);
    page.write("\n");
  }
}

function placeOf({ event, line }: Finding): string {
  const places = [
    event === null ? null : `event ${formatCount(event)}`,
    line === null ? null : `line ${formatCount(line)}`,
  ].filter((place) => place !== null);
  return places.length === 0 ? "" : ` (${places.join(", ")})`;
}
