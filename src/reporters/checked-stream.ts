// Texts about a checked stream that all reporters share.
import type { Checked } from "../check/checked.ts";
import { type End, UNREADABLE } from "../model/verdict.ts";
import type { Severity } from "../model/finding.ts";
import { nameOfStream } from "../wording/stream-name.ts";
import { shownSource } from "./finding-words.ts";

/** The source; for a stream in a log also its place there and where it comes from. Untrusted text. */
export function nameOf({ source, report }: Checked): string {
  return nameOfStream({ source: shownSource(source), stream: report?.stream ?? null });
}

/** How the stream ended, in one word. */
export function endOf({ report }: Checked): End {
  return report?.verdict ?? UNREADABLE;
}

/** `truncated, exit 5`: explains the exit code if no finding does. */
export function describeEnd(checked: Checked): string {
  const interrupted = checked.report?.interrupted === true ? ", interrupted" : "";
  return `${endOf(checked)}${interrupted}, exit ${checked.exitCode}`;
}

/** Findings of one rule that are counted but not kept. */
export interface Unlisted {
  readonly rule: string;
  readonly severity: Severity;
  readonly count: number;
}

/** For each rule, how many findings are counted but not kept. */
export function unlistedOf({ findings, findingCounts }: Checked): Unlisted[] {
  const listed = new Map<string, { severity: Severity; count: number }>();
  for (const { rule, severity } of findings) {
    listed.set(rule, { severity, count: (listed.get(rule)?.count ?? 0) + 1 });
  }
  return Object.entries(findingCounts)
    .map(([rule, all]) => {
      // The first findings of a rule are always kept, so if there are none, assume the worst.
      const { severity, count } = listed.get(rule) ?? { severity: "error" as const, count: 0 };
      return { rule, severity, count: all - count };
    })
    .filter(({ count }) => count > 0);
}
