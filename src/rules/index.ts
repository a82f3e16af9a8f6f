// The rules, and the watch that they keep over one stream.
import type { Reading } from "../reading.ts";
import { endingRules } from "./ending.ts";
import { inputRules } from "./input.ts";
import { payloadRules } from "./payload.ts";
import type { Finding, RuleFamily, StreamEnding } from "./rule.ts";
import { sequenceRules } from "./sequence.ts";

export const ruleFamilies = [
  inputRules,
  payloadRules,
  sequenceRules,
  endingRules,
] as const satisfies readonly RuleFamily[];

/** Findings of one rule that are kept; more are counted only, so that a stream of faults stays bounded. */
const MOST_KEPT = 100;
/** Messages quote the stream, which may say things of any length. */
const LONGEST_MESSAGE = 1000;

export interface RuleWatch {
  read(reading: Reading): void;
  end(ending: StreamEnding): void;
  /** What was found, in the order of the input, at most 100 of each rule. */
  readonly findings: readonly Finding[];
  /** How often each rule found something. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Watches one stream with every rule; `onFinding` hears of each finding that is kept, as it is made. */
export function createRuleWatch(onFinding: (finding: Finding) => void): RuleWatch {
  const findings: Finding[] = [];
  const counts: Record<string, number> = {};

  const watchers = ruleFamilies.map((family) =>
    family.watch((id, { index, line, offset }, message) => {
      const rule = family.rules.find((known) => known.id === id);
      if (rule === undefined) throw new Error(`the family ${family.name} has no rule ${id}`);
      counts[id] = (counts[id] ?? 0) + 1;
      if (counts[id] > MOST_KEPT) return;
      const sentence = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
      const finding = { rule: id, severity: rule.severity, event: index, line, offset, message: sentence };
      findings.push(finding);
      onFinding(finding);
    }),
  );

  return {
    read(reading) {
      for (const watcher of watchers) watcher.read?.(reading);
    },
    end(ending) {
      for (const watcher of watchers) watcher.end?.(ending);
    },
    findings,
    counts,
  };
}
