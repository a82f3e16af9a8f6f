// Faults are planted at seeded places of streams: the right rule has to find each, at the right event. src/check/README.md quotes the
// scores of all that CI plants; `npm test` plants each fault a few times.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { withoutCaptures } from "../support/captures.ts";
import { isExhaustive } from "../support/exhaustive.ts";
import { mutations } from "./mutations/index.ts";
import { type Amount, plantAll } from "./plant.ts";
import { describeScore, scoreOf, scoreSentence } from "./score.ts";
import { ownSpecimens, recordedSpecimens } from "./specimens.ts";
import type { Specimen } from "./specimen.ts";

const A_FEW: Amount = { places: 1, streams: 3 };
const ALL_IN_OWN: Amount = { places: 4, streams: Infinity };
const ALL_IN_RECORDED: Amount = { places: 1, streams: Infinity };
const NO_FAILURES = { lost: [], broken: [], unplanted: [] };
const guide = readFileSync(new URL("../../src/check/README.md", import.meta.url), "utf8").replaceAll(/\s+/g, " ");

/** Plants, prints the score, and gives it, with all that does not keep what a mutation promises. */
async function judge(where: string, specimens: readonly Specimen[], amount: Amount) {
  const outcomes = await plantAll(specimens, mutations, amount);
  if (isExhaustive) process.stdout.write(describeScore(where, outcomes, mutations));
  const lost = outcomes.filter(({ isFound, mutation }) => !isFound && mutation.bound === undefined);
  const scores = mutations.map((mutation) => ({ mutation, score: scoreOf(outcomes, mutation) }));
  const broken = scores.filter(({ mutation: { bound }, score }) => score.found < score.planted * (bound?.share ?? 1));
  return {
    lost: lost.map(({ mutation, specimen, demanded }) => `${specimen.name}: ${mutation.name}: ${demanded}`),
    broken: broken.map(({ mutation }) => mutation.name),
    unplanted: scores.filter(({ score }) => score.planted === 0).map(({ mutation }) => mutation.name),
    sentence: scoreSentence(where, scoreOf(outcomes)),
  };
}

describe("Faults that are planted are found by the right rule at the right event", () => {
  test.skipIf(isExhaustive)("in some streams of our own", async () => {
    const { sentence: _, ...failures } = await judge("some of our own streams", await ownSpecimens(), A_FEW);
    expect(failures).toEqual(NO_FAILURES);
  });

  test.runIf(isExhaustive)("in all streams of our own, as often as the guide says", async () => {
    const { sentence, ...failures } = await judge("our own streams", await ownSpecimens(), ALL_IN_OWN);
    expect(failures).toEqual(NO_FAILURES);
    expect(guide).toContain(sentence);
  });

  test.runIf(isExhaustive)("in recorded streams, as often as the guide says", async ({ skip }) => {
    skip(...withoutCaptures);
    const specimens = await recordedSpecimens();
    expect(specimens.length).toBeGreaterThan(50);
    const where = `${specimens.length} recorded ones`;
    const { sentence, ...failures } = await judge(where, specimens, ALL_IN_RECORDED);
    expect(failures).toEqual(NO_FAILURES);
    expect(guide).toContain(sentence);
  });
});
