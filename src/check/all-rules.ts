// Every rule that a finding can have: those of streams, and those of the outcome.
import { ruleFamilies } from "../pipeline/rule-families.ts";
import type { Rule } from "../rules/rule.ts";
import { outcomeRules } from "./outcome-rules.ts";

/** A family as it is described; only those of streams watch. */
export interface DescribedFamily {
  readonly name: string;
  /** The dialect that brings it; null: it is a general one. */
  readonly protocol: string | null;
  /** The dialects that it watches; null: all. */
  readonly dialects: readonly string[] | null;
  readonly rules: readonly Rule[];
}

/** In the order in which they are listed. Loads all dialects, so it is asked for only where a rule is named. */
export function allFamilies(): readonly DescribedFamily[] {
  return [
    ...ruleFamilies().map(({ family: { name, rules }, protocol, dialects }) => ({ name, protocol, dialects, rules })),
    { name: "outcome", protocol: null, dialects: null, rules: outcomeRules },
  ];
}

/** What to do where a rule is named that there is not. */
export const RULES_HINT = "ssescope rules lists them";

export function allRuleIds(): readonly string[] {
  return allFamilies().flatMap(({ rules }) => rules.map(({ id }) => id));
}
