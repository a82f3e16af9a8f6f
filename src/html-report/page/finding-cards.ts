// Findings as cards: what is worst first, and the repeats of a rule together.
import { type Finding, severities } from "../../model/finding.ts";

/** The findings of one rule that have the same severity. */
export interface FindingCard {
  readonly first: Finding;
  /** In the order of the stream; the first one among them. */
  readonly all: readonly Finding[];
}

/** Of one severity in the order of their first findings. */
export function groupFindings(findings: readonly Finding[]): readonly FindingCard[] {
  const cards: FindingCard[] = [];
  for (const severity of severities) {
    const ofRules = new Map<string, Finding[]>();
    for (const finding of findings) {
      if (finding.severity !== severity) continue;
      const all = ofRules.get(finding.rule);
      if (all !== undefined) {
        all.push(finding);
        continue;
      }
      const started = [finding];
      ofRules.set(finding.rule, started);
      cards.push({ first: finding, all: started });
    }
  }
  return cards;
}
