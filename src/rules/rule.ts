// The contract of rules. What each one watches for is in the families, one file each, collected in `index.ts`.
import type { DialectTraits } from "../model/dialect-traits.ts";
import type { Difference, Place, Severity } from "../model/finding.ts";
import type { Listener } from "../model/listener.ts";
import type { Transcript } from "../model/transcript.ts";
import type { ProfileName } from "./profiles.ts";
import type { ItemLedger } from "./watching/item-ledger.ts";

/**
 * A rule. Its examples are `fixtures/rules/<id>.invalid.*`, a stream that breaks this rule and no other, and
 * `<id>.valid.*`, the same stream made right. `ssescope rules` and the README of this folder are made of these texts.
 */
export interface Rule<Id extends string = string> {
  readonly id: Id;
  /** How bad it is, by profile where profiles differ. */
  readonly severity: Severity | Readonly<Record<ProfileName, Severity | "off">>;
  /** What is wrong where the rule finds something, in one sentence. */
  readonly meaning: string;
  /** Why it matters to clients. */
  readonly why: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Why the rule has no examples; without this reason it must have both. */
  readonly noExample?: string;
}

/**
 * Rules that watch the same thing and share what they remember. Those for every dialect are listed in `index.ts`, those of
 * one protocol by their dialect. A family is not told in which dialect it watches: it reads the traits of
 * `reading.dialect`.
 */
export interface RuleFamily<Id extends string = string> {
  readonly name: string;
  /** Whether there is anything to watch for in a dialect; left out: in every one that the family is listed for. */
  readonly concerns?: (dialect: DialectTraits) => boolean;
  readonly rules: readonly Rule<Id>[];
  /** Begins to watch one stream. */
  watch(find: Find<Id>, context: WatchContext): Listener;
}

/**
 * Says that a rule is broken; `message` is one sentence for a person. `severity`: of a finding that is worse than the
 * rule's others; what the user set for the rule holds all the same.
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
  /** How long no event may come, in ms. */
  readonly stallMs: number;
  /** The texts of the response in hand; the facts of the reading that is watched are already in it. */
  readonly transcript: Transcript;
  /** The items of the response in hand, with what the reading that is watched tells of them. */
  readonly ledger: ItemLedger;
}

/** A family whose watch can only speak of its own rules. */
export function family<const Id extends string>(family: RuleFamily<Id>): RuleFamily<Id> {
  return family;
}
