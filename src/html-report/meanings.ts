// Collects the meanings of the verdicts and rules on a page.
import { allFamilies } from "../check/all-rules.ts";
import { verdictTable } from "../model/verdict.ts";
import type { Meaning } from "./data.ts";

/** The meanings of the verdicts and of the given rules. */
export function meaningsOf(rules: ReadonlySet<string>): Record<string, Meaning> {
  const ofVerdicts = Object.entries(verdictTable).map(([name, { meaning }]): [string, Meaning] => [name, { meaning }]);
  const ofRules = allFamilies()
    .flatMap((family) => family.rules)
    .filter(({ id }) => rules.has(id))
    .map(({ id, meaning, why, remedy }): [string, Meaning] => [id, { meaning, why, remedy }]);
  return Object.fromEntries([...ofVerdicts, ...ofRules]);
}
