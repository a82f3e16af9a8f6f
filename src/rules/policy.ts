// The severity of a rule's findings: from the profile, unless the user overrides it.
import type { Severity } from "../model/finding.ts";
import { DEFAULT_STALL_MS } from "../timing/silences.ts";
import type { ProfileName } from "./profiles.ts";
import type { Rule } from "./rule.ts";

/** Which rules apply, and with which severity. */
export interface RulePolicy {
  readonly profile: ProfileName;
  /** The user's settings for single rules, by id. */
  readonly overrides: ReadonlyMap<string, Severity | "off">;
  /** How long no event may arrive before the rule `stall` reports it, in ms. */
  readonly stallMs: number;
}

export const DEFAULT_POLICY: RulePolicy = { profile: "openai", overrides: new Map(), stallMs: DEFAULT_STALL_MS };

/** The severity of a rule's findings; `off`: no findings. */
export function severityOf(rule: Rule, { profile, overrides }: Omit<RulePolicy, "stallMs">): Severity | "off" {
  const override = overrides.get(rule.id);
  if (override !== undefined) return override;
  return typeof rule.severity === "string" ? rule.severity : rule.severity[profile];
}
