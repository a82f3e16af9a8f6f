// Faults are planted at seeded places of streams: the right rule has to find each, at the right event. README quotes the
// scores.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { withoutCaptures } from "../support/captures.ts";
import { mutations } from "./mutations/index.ts";
import { plantAll } from "./plant.ts";
import { describeScore, scoreOf, scoreSentence } from "./score.ts";
import { ownSpecimens, recordedSpecimens } from "./specimens.ts";
import type { Specimen } from "./specimen.ts";

/** Places of a stream at which each mutation is planted. */
const PLACES_IN_OWN = 4;
const PLACES_IN_RECORDED = 2;
const TIMEOUT_MS = 300_000;
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8").replaceAll(/\s+/g, " ");

/** Plants, prints the score, and gives it, with all that does not keep what a mutation promises. */
async function judge(where: string, specimens: readonly Specimen[], placesEach: number) {
  const outcomes = await plantAll(specimens, mutations, placesEach);
  process.stdout.write(describeScore(where, outcomes, mutations));
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

describe("Faults that are planted are found by the right rule at the right event", { timeout: TIMEOUT_MS }, () => {
  test("in streams of our own", async () => {
    const { sentence, ...failures } = await judge("our own streams", await ownSpecimens(), PLACES_IN_OWN);
    expect(failures).toEqual({ lost: [], broken: [], unplanted: [] });
    expect(readme).toContain(sentence);
  });

  test("in recorded streams", async ({ skip }) => {
    skip(...withoutCaptures);
    const specimens = await recordedSpecimens();
    expect(specimens.length).toBeGreaterThan(50);
    const where = `${specimens.length} recorded ones`;
    const { sentence, ...failures } = await judge(where, specimens, PLACES_IN_RECORDED);
    expect(failures).toEqual({ lost: [], broken: [], unplanted: [] });
    expect(readme).toContain(sentence);
  });
});
