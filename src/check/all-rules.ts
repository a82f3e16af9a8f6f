// Every rule that a finding can have: those of streams, and those of the outcome.
import { ruleFamilies } from "../rules/index.ts";
import type { RuleFamily } from "../rules/rule.ts";
import { outcomeRules } from "./outcome-rules.ts";

/** A family as it is described; only those of streams watch. */
export type DescribedFamily = Pick<RuleFamily, "name" | "dialects" | "rules">;

/** In the order in which they are listed. */
export const allFamilies: readonly DescribedFamily[] = [
  ...ruleFamilies,
  { name: "outcome", dialects: null, rules: outcomeRules },
];

/** What to do where a rule is named that there is not. */
export const RULES_HINT = "ssescope rules lists them";

export const allRuleIds: readonly string[] = allFamilies.flatMap(({ rules }) => rules.map(({ id }) => id));
