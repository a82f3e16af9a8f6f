// What reporters say of a stream that was checked, each in the same words.
import type { Checked } from "../check/checked.ts";
import { type End, UNREADABLE } from "../model/verdict.ts";
import type { Severity } from "../model/finding.ts";
import { nameOfStream } from "../wording/stream-name.ts";
import { shownSource } from "./finding-words.ts";

/** The source; of a stream in a log also its place there, and whose it is. Untrusted text. */
export function nameOf({ source, report }: Checked): string {
  return nameOfStream({ source: shownSource(source), stream: report?.stream ?? null });
}

/** How the stream ended, in one word. */
export function endOf({ report }: Checked): End {
  return report?.verdict ?? UNREADABLE;
}

/** `truncated, exit 5`: why the exit code is what it is, where no finding says it. */
export function describeEnd(checked: Checked): string {
  const interrupted = checked.report?.interrupted === true ? ", interrupted" : "";
  return `${endOf(checked)}${interrupted}, exit ${checked.exitCode}`;
}

/** Findings of one rule that are counted only. */
export interface Unlisted {
  readonly rule: string;
  readonly severity: Severity;
  readonly count: number;
}

/** Of each rule how many findings are not among those that were kept. */
export function unlistedOf({ findings, findingCounts }: Checked): Unlisted[] {
  const listed = new Map<string, { severity: Severity; count: number }>();
  for (const { rule, severity } of findings) {
    listed.set(rule, { severity, count: (listed.get(rule)?.count ?? 0) + 1 });
  }
  return Object.entries(findingCounts)
    .map(([rule, all]) => {
      // The first findings of a rule are always kept: one of which none is, is not known to be harmless.
      const { severity, count } = listed.get(rule) ?? { severity: "error" as const, count: 0 };
      return { rule, severity, count: all - count };
    })
    .filter(({ count }) => count > 0);
}
