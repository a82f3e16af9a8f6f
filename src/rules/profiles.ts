// Whose rules a stream is held against, and how bad each rule's findings then are.
import type { Rule } from "./rule.ts";
import type { Severity } from "../model/finding.ts";

/** In the order in which `--help` shows them; the first is the default. */
export const profiles = [
  { name: "openai", title: "what OpenAI's own streams do, and its clients rely on" },
  { name: "open-responses", title: "the MUSTs of the Open Responses specification" },
  { name: "lenient", title: "only what loses or falsifies an answer" },
] as const;
export type ProfileName = (typeof profiles)[number]["name"];

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
