// Generates inputs from a target's models and tries each.
import { createRandom } from "../mutation/random.ts";
import { reduce } from "./reduce.ts";
import type { Model, Target } from "./target.ts";
import { type Fault, judge } from "./trial.ts";

export interface FuzzInput {
  readonly target: Target;
  /** Its number, from 0. Target, seed and number determine the input. */
  readonly number: number;
  readonly model: Model;
  /** The names of the changes to the model, in order. */
  readonly changes: readonly string[];
  readonly bytes: Buffer;
}

export interface Failure {
  readonly input: FuzzInput;
  readonly fault: Fault;
  /** The input, reduced to what causes the fault. */
  readonly reduced: Buffer;
}

const MOST_CHANGES = 4;

/** The input of a target, a seed and a number: always the same, until models or changes are edited. */
export function makeInput(target: Target, seed: string, number: number): FuzzInput {
  const random = createRandom(`${target.name}/${seed}/${number}`);
  const model = random.pick(target.models);
  const other = latin1Of(random.pick(target.models));
  const picked = Array.from({ length: 1 + random.below(MOST_CHANGES) }, () => random.pick(target.changes));
  const bytes = picked.reduce((input, { change }) => limited(change(input, random, other), input), latin1Of(model));
  return { target, number, model, changes: picked.map(({ name }) => name), bytes: Buffer.from(bytes, "latin1") };
}

/** Longer inputs are slow to read and find nothing more. */
const LONGEST_INPUT = 400_000;

function limited(changed: string, before: string): string {
  return changed.length <= LONGEST_INPUT ? changed : before;
}

function latin1Of({ bytes }: Model): string {
  return Buffer.from(bytes).toString("latin1");
}

/** Runs the trials on an input. `isKnown`: such a fault was already reduced, and is not reduced again. */
export async function tryInput(
  seed: string,
  input: FuzzInput,
  isKnown: (fault: Fault) => boolean = () => false,
): Promise<Failure[]> {
  const { trials, trialsEach, mostReductions } = input.target;
  const cuts = { seed: `${seed}/${input.number}`, original: input.model.path };
  const failures: Failure[] = [];
  for (const trial of createRandom(`${cuts.seed}/trials`).sample(trials, trialsEach)) {
    const fault = await judge(trial, input.bytes, cuts);
    if (fault === null || isKnown(fault)) continue;
    const reduced = await reduce(
      input.bytes,
      async (bytes) => {
        const found = await judge(trial, bytes, cuts);
        return found?.sort === fault.sort && found.way === fault.way;
      },
      mostReductions,
    );
    failures.push({ input, fault: (await judge(trial, reduced, cuts)) ?? fault, reduced });
  }
  return failures;
}

/** Describes a failure, with all that is needed to repeat it. */
export function describeFailure(seed: string, { input, fault, reduced }: Failure): string {
  const { target, number, model, changes } = input;
  return [
    `target ${target.name}, seed ${seed}, input ${number}: ${model.name} (${changes.join(", ")})`,
    `${fault.trial.name}, ${fault.way}: ${fault.sort}`,
    fault.detail,
    `reduced: ${excerptOf(reduced)}`,
  ].join("\n");
}

const LONGEST_EXCERPT = 2000;
const REPEATED = /(.{1,8}?)\1{9,}/g;

/** Bytes as a JavaScript string literal of latin1, with repeated parts shortened. */
function excerptOf(bytes: Buffer): string {
  const text = JSON.stringify(bytes.toString("latin1"))
    .replaceAll(/[\u007f-\uffff]/g, (unit) => `\\x${unit.charCodeAt(0).toString(16)}`)
    .replaceAll(REPEATED, (all: string, unit: string) => `⟨${unit} × ${all.length / unit.length}⟩`);
  return text.length <= LONGEST_EXCERPT ? text : `${text.slice(0, LONGEST_EXCERPT)}… (${bytes.length} bytes)`;
}
