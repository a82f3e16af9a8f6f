// How bad the findings of a rule are: by the profile, unless the user says otherwise.
import type { Severity } from "../model/finding.ts";
import { DEFAULT_STALL_MS } from "../timing/silences.ts";
import type { ProfileName } from "./profiles.ts";
import type { Rule } from "./rule.ts";

/** Which rules hold, and how strictly. */
export interface RulePolicy {
  readonly profile: ProfileName;
  /** What the user said of single rules, by id. */
  readonly overrides: ReadonlyMap<string, Severity | "off">;
  /** How long no event may come before the rule `stall` reports it, in ms. */
  readonly stallMs: number;
}

export const DEFAULT_POLICY: RulePolicy = { profile: "openai", overrides: new Map(), stallMs: DEFAULT_STALL_MS };

/** How bad a rule's findings are; `off`: they are not made. */
export function severityOf(rule: Rule, { profile, overrides }: Omit<RulePolicy, "stallMs">): Severity | "off" {
  const override = overrides.get(rule.id);
  if (override !== undefined) return override;
  return typeof rule.severity === "string" ? rule.severity : rule.severity[profile];
}
