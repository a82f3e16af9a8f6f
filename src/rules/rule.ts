// The contract of rules. The families, one file each, define them and are collected in `index.ts`.
import type { DialectTraits } from "../model/dialect-traits.ts";
import type { Difference, Place, Severity } from "../model/finding.ts";
import type { Listener } from "../model/listener.ts";
import type { Transcript } from "../model/transcript.ts";
import type { ProfileName } from "./profiles.ts";
import type { ItemLedger } from "./watching/item-ledger.ts";

/**
 * A rule. Its examples are `fixtures/rules/<id>.invalid.*`, a stream that breaks only this rule, and `<id>.valid.*`,
 * the same stream corrected. `ssescope rules` and this folder's README are generated from these texts.
 */
export interface Rule<Id extends string = string> {
  readonly id: Id;
  /** The severity, by profile if it differs. */
  readonly severity: Severity | Readonly<Record<ProfileName, Severity | "off">>;
  /** What is wrong, in one sentence. */
  readonly meaning: string;
  /** Why it matters to clients. */
  readonly why: string;
  /** How to fix it. */
  readonly remedy: string;
  /** Why the rule has no examples; without this reason it must have both. */
  readonly noExample?: string;
}

/**
 * Rules that watch the same thing and share state. Those for every dialect are listed in `index.ts`, those for one
 * protocol by its dialect. A family finds the dialect's traits in `reading.dialect`.
 */
export interface RuleFamily<Id extends string = string> {
  readonly name: string;
  /** Whether the family applies to a dialect; left out: to every one that it is listed for. */
  readonly concerns?: (dialect: DialectTraits) => boolean;
  readonly rules: readonly Rule<Id>[];
  /** Starts to watch one stream. */
  watch(find: Find<Id>, context: WatchContext): Listener;
}

/**
 * Reports that a rule is broken; `message` is one sentence for a person. `severity`: for a finding that is worse than
 * the rule's others; the user's setting for the rule overrides it.
 */
export type Find<Id extends string = string> = (
  ruleId: Id,
  place: Place,
  message: string,
  difference?: Difference,
  severity?: Severity,
) => void;

export interface WatchContext {
  readonly profile: ProfileName;
  /** How long no event may arrive, in ms. */
  readonly stallMs: number;
  /** The texts of the current response, including the facts of the current reading. */
  readonly transcript: Transcript;
  /** The items of the current response, including what the current reading reports. */
  readonly ledger: ItemLedger;
}

/** A family that can only report its own rules. */
export function family<const Id extends string>(family: RuleFamily<Id>): RuleFamily<Id> {
  return family;
}
