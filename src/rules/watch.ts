// The watch that the rules keep over one stream: findings out.
import type { Difference, Finding, Place } from "../model/finding.ts";
import type { Reading } from "../model/reading.ts";
import type { Run } from "../model/stretch.ts";
import type { Transcript } from "../model/transcript.ts";
import type { WireDefect, WireRecord } from "../model/wire.ts";
import { type RulePolicy, severityOf } from "./profiles.ts";
import { ruleFamilies } from "./index.ts";
import type { RuleFamily, StreamEnding, Watcher } from "./rule.ts";
import { createItemLedger } from "./watching/item-ledger.ts";

/** Findings of one rule that are kept; more are counted only, so that a stream of faults stays bounded. */
const MOST_KEPT = 100;
/** Messages quote the stream, which may say things of any length. */
const LONGEST_MESSAGE = 1000;
const LONGEST_VALUE = 200;

export interface RuleWatch {
  /** `atMs`: when it came, in ms since the source was opened; null where times are not known. */
  record(record: WireRecord, atMs: number | null): void;
  defect(defect: WireDefect): void;
  read(reading: Reading): void;
  run(run: Run): void;
  end(ending: StreamEnding): void;
  /** What was found, in the order of the input, at most 100 of each rule. */
  readonly findings: readonly Finding[];
  /** How often anything was found. */
  readonly total: number;
  /** How often each rule found something. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Watches one stream with every rule that holds; `onFinding` hears of each finding that is kept, as it is made. */
export function createRuleWatch(
  policy: RulePolicy,
  transcript: Transcript,
  onFinding: (finding: Finding) => void,
): RuleWatch {
  const findings: Finding[] = [];
  const counts: Record<string, number> = {};
  let total = 0;
  const ledger = createItemLedger();
  const context = { profile: policy.profile, transcript, ledger };

  const families: readonly RuleFamily[] = ruleFamilies;
  const watches = families.map((family) => {
    const severities = new Map(family.rules.map((rule) => [rule.id, severityOf(rule, policy)]));
    const isOff = [...severities.values()].every((severity) => severity === "off");
    const watcher: Watcher = isOff
      ? {}
      : family.watch((id, place, message, difference) => {
          const severity = severities.get(id) ?? "off";
          if (severity !== "off") keep(id, severity, place, message, difference);
        }, context);
    return { dialects: family.dialects, watcher };
  });
  /** Those that watch every dialect, and those of the dialect in hand. */
  let dialect = "";
  let watchers = watchersOf(dialect);

  function watchersOf(dialect: string): Watcher[] {
    return watches.filter(({ dialects }) => dialects?.includes(dialect) ?? true).map(({ watcher }) => watcher);
  }

  function keep(
    rule: string,
    severity: Finding["severity"],
    { index, line, offset }: Place,
    message: string,
    difference: Difference = { expected: null, seen: null },
  ): void {
    total += 1;
    counts[rule] = (counts[rule] ?? 0) + 1;
    if (counts[rule] > MOST_KEPT) return;
    const expected = asWords(difference.expected);
    const seen = asWords(difference.seen);
    const finding = {
      rule,
      severity,
      event: index,
      line,
      offset,
      expected,
      seen,
      message: cut(message, LONGEST_MESSAGE),
    };
    insert(findings, finding);
    onFinding(finding);
  }

  return {
    record(record, atMs) {
      for (const watcher of watchers) watcher.record?.(record, atMs);
    },
    defect(defect) {
      for (const watcher of watchers) watcher.defect?.(defect);
    },
    read(reading) {
      if (reading.dialect !== dialect) {
        dialect = reading.dialect;
        watchers = watchersOf(dialect);
      }
      ledger.read(reading);
      for (const watcher of watchers) watcher.read?.(reading);
    },
    run(run) {
      for (const watcher of watchers) watcher.run?.(run);
    },
    end(ending) {
      for (const watcher of watchers) watcher.end?.(ending);
    },
    findings,
    get total() {
      return total;
    },
    counts,
  };
}

/** In the order of the input: some faults are known only later than where they are. */
function insert(findings: Finding[], finding: Finding): void {
  const before = findings.findLastIndex(({ event }) => (event ?? 0) <= (finding.event ?? 0));
  findings.splice(before + 1, 0, finding);
}

function asWords(value: string | number | null): string | null {
  return value === null ? null : cut(String(value), LONGEST_VALUE);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
