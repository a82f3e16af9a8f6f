// Findings as cards: what is worst first, and the repeats of a rule together.
import { type Finding, severities } from "../../model/finding.ts";

/** The findings of one rule that have the same severity; of those about no event the ones that say the same. */
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
      // What no event shows is told by its message alone.
      const key = finding.event === null ? `${finding.rule}\n${finding.message}` : finding.rule;
      const all = ofRules.get(key);
      if (all !== undefined) {
        all.push(finding);
        continue;
      }
      const started = [finding];
      ofRules.set(key, started);
      cards.push({ first: finding, all: started });
    }
  }
  return cards;
}
