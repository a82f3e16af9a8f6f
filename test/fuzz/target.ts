// The contract of a target, a kind of input: its models, their changes, and the trials.
import type { NamedChange } from "./changes.ts";
import type { Trial } from "./trial.ts";

export interface Model {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The path of its file; empty if it is not a file. */
  readonly path: string;
}

export interface Target {
  readonly name: string;
  /** At least one. */
  readonly models: readonly Model[];
  readonly changes: readonly NamedChange[];
  readonly trials: readonly Trial[];
  /** The number of trials per input: more inputs find more faults than more trials of each. */
  readonly trialsEach: number;
  /** Maximum number of runs to reduce a faulty input; the default is high. */
  readonly mostReductions?: number;
}
