// Findings as cards: the worst first, one card per rule.
import { type Finding, severities } from "../../model/finding.ts";

/** The findings of one rule and severity; findings without an event are grouped by message instead. */
export interface FindingCard {
  readonly first: Finding;
  /** In stream order, including the first. */
  readonly all: readonly Finding[];
}

/** Within one severity, in the order of their first findings. */
export function groupFindings(findings: readonly Finding[]): readonly FindingCard[] {
  const cards: FindingCard[] = [];
  for (const severity of severities) {
    const ofRules = new Map<string, Finding[]>();
    for (const finding of findings) {
      if (finding.severity !== severity) continue;
      // Without an event, only the message distinguishes findings.
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
