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
  return severities.flatMap((severity) => {
    const cards = new Map<string, { first: Finding; all: Finding[] }>();
    for (const finding of findings) {
      if (finding.severity !== severity) continue;
      const card = cards.get(finding.rule);
      if (card === undefined) cards.set(finding.rule, { first: finding, all: [finding] });
      else card.all.push(finding);
    }
    return [...cards.values()];
  });
}
