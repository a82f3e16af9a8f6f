// A kind of input: what it is made of, what is done to it, and what is asked of it.
import type { NamedChange } from "./changes.ts";
import type { Trial } from "./trial.ts";

export interface Model {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Of the file; empty where there is none. */
  readonly path: string;
}

export interface Target {
  readonly name: string;
  /** At least one. */
  readonly models: readonly Model[];
  readonly changes: readonly NamedChange[];
  readonly trials: readonly Trial[];
  /** How many of the trials are made of an input: more inputs find more than more trials of each do. */
  readonly trialsEach: number;
  /** How often a faulty input may be tried to reduce it; left out: often. */
  readonly mostReductions?: number;
}
