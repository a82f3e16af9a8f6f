// Runs the rules over one stream and collects their findings.
import type { DialectTraits } from "../model/dialect-traits.ts";
import type { Difference, Finding, Place, Severity } from "../model/finding.ts";
import { callInTurn } from "../model/call-in-turn.ts";
import { type CallPlan, createCallPlan } from "../model/call-plan.ts";
import type { Listener } from "../model/listener.ts";
import type { Transcript } from "../model/transcript.ts";
import { type RulePolicy, severityOf } from "./policy.ts";
import type { RuleFamily } from "./rule.ts";
import { createItemLedger } from "./watching/item-ledger.ts";
import { cut } from "../wording/cut.ts";

/** Limit on kept findings of one rule; more are only counted, so that memory stays bounded. */
const MOST_KEPT = 100;
/** Limit on a message, because it may quote texts of any length from the stream. */
const LONGEST_MESSAGE = 1000;
const LONGEST_VALUE = 200;

export interface RuleWatch extends Required<
  Pick<Listener, "bytes" | "record" | "defect" | "read" | "stretch" | "end">
> {
  /** The findings, in input order, at most 100 for each rule. */
  readonly findings: readonly Finding[];
  /** The number of all findings. */
  total(): number;
  /** The number of findings of each rule. */
  readonly counts: Readonly<Record<string, number>>;
}

/** The families that watch a stream of a dialect; null: those that watch any stream. Always returns the same list. */
export type FamiliesOf = (dialect: DialectTraits | null) => readonly RuleFamily[];

/** Converts a line within a body to its place in the input. */
export type PlaceOfLine = (line: number) => Pick<Place, "line" | "offset">;

/**
 * Watches one stream with every rule that is not off; `onFinding` gets each kept finding at once. `placeOfLine` is left
 * out if the places of events are already those in the input.
 */
export function createRuleWatch(
  familiesOf: FamiliesOf,
  policy: RulePolicy,
  transcript: Transcript,
  onFinding: (finding: Finding) => void,
  placeOfLine: PlaceOfLine | null = null,
): RuleWatch {
  const findings: Finding[] = [];
  const counts: Record<string, number> = {};
  let total = 0;
  const ledger = createItemLedger();
  const context = { profile: policy.profile, stallMs: policy.stallMs, transcript, ledger };

  const kept = keptOf(familiesOf, policy);
  /** Families that have started to watch; those for other dialects never do. */
  const begun = new Map<KeptFamily, Listener>();
  /** The name of the current dialect; families for every dialect always watch. */
  let dialect: string | null = null;
  let watching = watchingIn(null);

  function watchingIn(dialect: DialectTraits | null): ReturnType<typeof callInTurn> {
    const watchers = kept.in(dialect);
    const listeners = [ledger, ...watchers.families.map(begin)];
    watchers.plan ??= createCallPlan(listeners);
    return callInTurn(listeners, watchers.plan);
  }

  function begin(each: KeptFamily): Listener {
    const known = begun.get(each);
    if (known !== undefined) return known;
    const { family, severities } = each;
    const listener = family.watch((id, place, message, difference, worse) => {
      const own = severities.get(id) ?? "off";
      if (own === "off") return;
      const isWorse = worse !== undefined && !policy.overrides.has(id);
      if (isWorse) keep(id, worse, place, message, difference, true);
      else keep(id, own, place, message, difference);
    }, context);
    begun.set(each, listener);
    return listener;
  }

  function keep(
    rule: string,
    severity: Finding["severity"],
    { index, line, offset }: Place,
    message: string,
    difference: Difference = { expected: null, seen: null },
    isWorse = false,
  ): void {
    total += 1;
    counts[rule] = (counts[rule] ?? 0) + 1;
    // A finding that is worse than the others of its rule is always kept.
    if (counts[rule] > MOST_KEPT && !isWorse) return;
    const expected = asWords(difference.expected);
    const seen = asWords(difference.seen);
    const finding = {
      rule,
      severity,
      event: index,
      ...(placeOfLine === null ? { line, offset } : { ...placeOfLine(line), bodyLine: line }),
      expected,
      seen,
      message: cut(message, LONGEST_MESSAGE),
    };
    insert(findings, finding);
    onFinding(finding);
  }

  return {
    bytes: (bytes, atMs) => watching.bytes(bytes, atMs),
    record: (record, atMs) => watching.record(record, atMs),
    defect: (defect) => watching.defect(defect),
    read(reading) {
      if (reading.dialect.name !== dialect) {
        dialect = reading.dialect.name;
        watching = watchingIn(reading.dialect);
      }
      watching.read(reading);
    },
    stretch: (stretch) => watching.stretch(stretch),
    end: (ending) => watching.end(ending),
    findings,
    total: () => total,
    counts,
  };
}

/** A family with at least one rule that is not off. */
interface KeptFamily {
  readonly family: RuleFamily;
  /** By rule id. */
  readonly severities: ReadonlyMap<string, Severity | "off">;
}

interface KeptFamilies {
  /** The families that watch a dialect; null: those that watch every one. */
  in(dialect: DialectTraits | null): Watchers;
}

interface Watchers {
  /** In list order. */
  readonly families: readonly KeptFamily[];
  /**
   * The call plan of their listeners and the ledger, which is the same in every stream; null before the first stream.
   */
  plan: CallPlan | null;
}

/** Results by list and policy, which are the same for all streams of a run; there may be many streams. */
const made = new WeakMap<RulePolicy, { readonly familiesOf: FamiliesOf; readonly kept: KeptFamilies }>();

function keptOf(familiesOf: FamiliesOf, policy: RulePolicy): KeptFamilies {
  const known = made.get(policy);
  if (known?.familiesOf === familiesOf) return known.kept;
  const kept = keepFamilies(familiesOf, policy);
  made.set(policy, { familiesOf, kept });
  return kept;
}

function keepFamilies(familiesOf: FamiliesOf, policy: RulePolicy): KeptFamilies {
  /** Null if all of its rules are off. */
  const kept = new Map<RuleFamily, KeptFamily | null>();
  const byDialect = new Map<string | null, Watchers>();

  function keep(family: RuleFamily): KeptFamily | null {
    const known = kept.get(family);
    if (known !== undefined) return known;
    const severities = new Map(family.rules.map((rule) => [rule.id, severityOf(rule, policy)]));
    const isOff = [...severities.values()].every((severity) => severity === "off");
    const made = isOff ? null : { family, severities };
    kept.set(family, made);
    return made;
  }

  return {
    in(dialect) {
      const name = dialect?.name ?? null;
      let found = byDialect.get(name);
      if (found === undefined) {
        const families = familiesOf(dialect)
          .map(keep)
          .filter((each) => each !== null);
        found = { families, plan: null };
        byDialect.set(name, found);
      }
      return found;
    },
  };
}

/** Inserts in input order: some faults are detected later than where they are. */
function insert(findings: Finding[], finding: Finding): void {
  const before = findings.findLastIndex(({ event }) => (event ?? 0) <= (finding.event ?? 0));
  findings.splice(before + 1, 0, finding);
}

function asWords(value: string | number | null): string | null {
  return value === null ? null : cut(String(value), LONGEST_VALUE);
}
