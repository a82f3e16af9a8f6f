// How bad the findings of a rule are: by the profile, unless the user says otherwise.
import type { Severity } from "../model/finding.ts";
import type { ProfileName } from "./profiles.ts";
import type { Rule } from "./rule.ts";

/** Which rules hold, and how strictly. */
export interface RulePolicy {
  readonly profile: ProfileName;
  /** What the user said of single rules, by id. */
  readonly overrides: ReadonlyMap<string, Severity | "off">;
}

export const DEFAULT_POLICY: RulePolicy = { profile: "openai", overrides: new Map() };

/** How bad a rule's findings are; `off`: they are not made. */
export function severityOf(rule: Rule, { profile, overrides }: RulePolicy): Severity | "off" {
  const override = overrides.get(rule.id);
  if (override !== undefined) return override;
  return typeof rule.severity === "string" ? rule.severity : rule.severity[profile];
}
