// Chooses a few of many things to show, avoiding ten of the same kind.
import type { CheckExitCode } from "../model/exit-codes.ts";
import { isWorse } from "../model/exit-codes.ts";

export interface Candidate<T> {
  readonly value: T;
  /** What makes things alike, such as a rule id: there are only a few different ones. */
  readonly cause: string;
  /** Worse exit codes come first. */
  readonly exitCode: CheckExitCode;
}

export interface Choice<T> {
  /** The number of things added. */
  readonly count: number;
  add(candidate: Candidate<T>): void;
  /** At most `most` things: one of each cause, then a second one of each …; in the order in which they were added. */
  choose(most: number): T[];
}

/** Keeps at most `most` things of each cause. */
export function createChoice<T>(most: number): Choice<T> {
  interface Kept {
    readonly value: T;
    readonly index: number;
  }
  interface Cause {
    readonly kept: Kept[];
    worst: CheckExitCode;
  }
  const causes = new Map<string, Cause>();
  let count = 0;
  return {
    get count() {
      return count;
    },
    add({ value, cause, exitCode }) {
      let known = causes.get(cause);
      if (known === undefined) causes.set(cause, (known = { kept: [], worst: exitCode }));
      if (isWorse(exitCode, known.worst)) known.worst = exitCode;
      if (known.kept.length < most) known.kept.push({ value, index: count });
      count += 1;
    },
    choose(room) {
      const worstFirst = [...causes.values()].sort(
        (a, b) => Number(isWorse(b.worst, a.worst)) - Number(isWorse(a.worst, b.worst)),
      );
      const chosen: Kept[] = [];
      for (let turn = 0; turn < most; turn += 1) {
        for (const { kept } of worstFirst) {
          const next = kept[turn];
          if (next !== undefined && chosen.length < room) chosen.push(next);
        }
      }
      return chosen.sort((a, b) => a.index - b.index).map(({ value }) => value);
    },
  };
}
