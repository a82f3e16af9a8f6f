// Makes inputs of the fixtures, one after the other, and tries each.
import { createRandom } from "../mutation/random.ts";
import { type Fixture, fixtures } from "../support/fixtures.ts";
import { changes } from "./changes.ts";
import { reduce } from "./reduce.ts";
import { type Fault, judge, trials } from "./trials.ts";

export interface FuzzInput {
  /** Its number, from 0: with the seed it says all of it. */
  readonly number: number;
  readonly fixture: Fixture;
  /** Names of what was done to the fixture, in order. */
  readonly changes: readonly string[];
  readonly bytes: Buffer;
}

export interface Failure {
  readonly input: FuzzInput;
  readonly fault: Fault;
  /** A smaller input with the same fault. */
  readonly reduced: Buffer;
}

/** Larger fixtures take long byte by byte, and hold nothing that smaller ones do not. */
const LARGEST_FIXTURE = 8_000;
const MOST_CHANGES = 4;
/** Trials of an input: more inputs find more than more trials of each do. */
const TRIALS = 4;

const models = fixtures.filter(({ bytes }) => bytes.length <= LARGEST_FIXTURE);

/** The input of a seed and a number: the same at any time, as long as fixtures and changes are. */
export function makeInput(seed: string, number: number): FuzzInput {
  const random = createRandom(`${seed}/${number}`);
  const fixture = random.pick(models);
  const other = latin1Of(random.pick(models));
  const picked = Array.from({ length: 1 + random.below(MOST_CHANGES) }, () => random.pick(changes));
  const bytes = picked.reduce((input, { change }) => change(input, random, other), latin1Of(fixture));
  return { number, fixture, changes: picked.map(({ name }) => name), bytes: Buffer.from(bytes, "latin1") };
}

function latin1Of({ bytes }: Fixture): string {
  return Buffer.from(bytes).toString("latin1");
}

/** Tries an input in all ways. `isKnown`: a fault that was reduced before, of which one is enough. */
export async function tryInput(
  seed: string,
  input: FuzzInput,
  isKnown: (fault: Fault) => boolean = () => false,
): Promise<Failure[]> {
  const cuts = { seed: `${seed}/${input.number}`, original: input.fixture.path };
  const failures: Failure[] = [];
  for (const trial of createRandom(`${cuts.seed}/trials`).sample(trials, TRIALS)) {
    const fault = await judge(trial, input.bytes, cuts);
    if (fault === null || isKnown(fault)) continue;
    const reduced = await reduce(input.bytes, async (bytes) => {
      const found = await judge(trial, bytes, cuts);
      return found?.sort === fault.sort && found.way === fault.way;
    });
    failures.push({ input, fault: (await judge(trial, reduced, cuts)) ?? fault, reduced });
  }
  return failures;
}

/** What a person needs of a failure. */
export function describeFailure(seed: string, { input, fault, reduced }: Failure): string {
  const { number, fixture, changes } = input;
  return [
    `seed ${seed}, input ${number}: ${fixture.name} (${changes.join(", ")})`,
    `${fault.trial.name}, ${fault.way}: ${fault.sort}`,
    fault.detail,
    `reduced: ${excerptOf(reduced)}`,
  ].join("\n");
}

const LONGEST_EXCERPT = 2000;
const REPEATED = /(.{1,8}?)\1{9,}/g;

/** Bytes as a latin1 string of JavaScript, in which what is there many times is there once. */
function excerptOf(bytes: Buffer): string {
  const text = JSON.stringify(bytes.toString("latin1"))
    .replaceAll(/[\u007f-\uffff]/g, (unit) => `\\x${unit.charCodeAt(0).toString(16)}`)
    .replaceAll(REPEATED, (all: string, unit: string) => `⟨${unit} × ${all.length / unit.length}⟩`);
  return text.length <= LONGEST_EXCERPT ? text : `${text.slice(0, LONGEST_EXCERPT)}… (${bytes.length} bytes)`;
}
