// How many of the faults that were planted are found: as a table, and as the sentence that src/check/README.md quotes.
import type { Mutation } from "./mutation.ts";
import type { Outcome } from "./plant.ts";

export interface Score {
  readonly planted: number;
  readonly found: number;
}

/** A rule that speaks where a fault was planted that is another one's. */
export interface Consequence {
  readonly mutation: string;
  readonly rule: string;
  /** Findings, and planted faults that have some. */
  readonly findings: number;
  readonly faults: number;
}

const MOST_SHOWN = 10;

export function scoreOf(outcomes: readonly Outcome[], mutation: Mutation | null = null): Score {
  const counted = outcomes.filter((outcome) => mutation === null || outcome.mutation === mutation);
  return { planted: counted.length, found: counted.filter(({ isFound }) => isFound).length };
}

/** Never rounded up: 100 is all of them. */
function percentOf({ planted, found }: Score): string {
  return planted === 0 ? "–" : `${Math.floor((1000 * found) / planted) / 10} %`;
}

/** The sentence of the guide; `where` is what the faults were planted in. */
export function scoreSentence(where: string, score: Score): string {
  const { planted, found } = score;
  const [ofAll, seen] = [planted, found].map((count) => count.toLocaleString("en-US"));
  return `of ${ofAll} faults planted in ${where}, ${seen} are found by the right rule at the right event (${percentOf(score)})`;
}

/** What a mutation makes other rules say, the most frequent first; without what it is known to. */
function surprisesOf(outcomes: readonly Outcome[]): Consequence[] {
  const tallies = new Map<string, { mutation: string; rule: string; findings: number; faults: number }>();
  for (const { mutation, consequences } of outcomes) {
    const unknown = consequences.map(({ rule }) => rule).filter((rule) => mutation.also?.includes(rule) !== true);
    for (const rule of new Set(unknown)) {
      const key = `${mutation.name} / ${rule}`;
      const tally = tallies.get(key) ?? { mutation: mutation.name, rule, findings: 0, faults: 0 };
      tally.findings += unknown.filter((other) => other === rule).length;
      tally.faults += 1;
      tallies.set(key, tally);
    }
  }
  return [...tallies.values()].sort((one, other) => other.findings - one.findings);
}

/** All that is printed of a run: each mutation that is not all found, the consequences, the sentence. */
export function describeScore(where: string, outcomes: readonly Outcome[], mutations: readonly Mutation[]): string {
  const rows = mutations.map((mutation) => {
    const score = scoreOf(outcomes, mutation);
    const because = mutation.bound === undefined ? "" : `  (${mutation.bound.because})`;
    return `${padded(score.found)} of ${padded(score.planted)} ${percentOf(score).padStart(7)}  ${mutation.name}${because}`;
  });
  const surprises = surprisesOf(outcomes)
    .slice(0, MOST_SHOWN)
    .map(({ mutation, rule, findings, faults }) => `${padded(findings)} in ${padded(faults)}  ${rule}: ${mutation}`);
  return [
    "",
    `Found, by mutation, in ${where}:`,
    ...rows,
    "",
    "What other rules say most often, findings in faults:",
    ...surprises,
    "",
    `${scoreSentence(where, scoreOf(outcomes))}.`,
    "",
  ].join("\n");
}

function padded(count: number): string {
  return String(count).padStart(5);
}
