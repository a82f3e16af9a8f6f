// Every rule that a finding can have: those for streams, and those for the outcome.
import { ruleFamilies } from "../pipeline/rule-families.ts";
import type { Rule } from "../rules/rule.ts";
import { outcomeRules } from "./outcome-rules.ts";

/** A family with its description; only those for streams watch. */
export interface DescribedFamily {
  readonly name: string;
  /** The dialect that defines it; null for a general family. */
  readonly protocol: string | null;
  /** The dialects that it watches; null: all. */
  readonly dialects: readonly string[] | null;
  readonly rules: readonly Rule[];
}

/** In listing order. Loads all dialects, so it is only called if a rule is named. */
export function allFamilies(): readonly DescribedFamily[] {
  return [
    ...ruleFamilies().map(({ family: { name, rules }, protocol, dialects }) => ({ name, protocol, dialects, rules })),
    { name: "outcome", protocol: null, dialects: null, rules: outcomeRules },
  ];
}

/** The hint for an unknown rule. */
export const RULES_HINT = "ssescope rules lists them";

export function allRuleIds(): readonly string[] {
  return allFamilies().flatMap(({ rules }) => rules.map(({ id }) => id));
}
