// A trial reads an input in several ways and describes the first difference or exception.
import type { Cuts } from "./cuts.ts";

/** Ways to read an input whose outputs must be the same. */
export interface Trial {
  readonly name: string;
  readonly outputs: readonly Output[];
}

export interface Output {
  readonly way: string;
  readonly of: (input: Uint8Array, cuts: Cuts) => Promise<string>;
}

/** An exception, or a difference between two outputs. */
export interface Fault {
  readonly trial: Trial;
  readonly way: string;
  /** Equal for faults that probably have the same cause. */
  readonly sort: string;
  /** A stack trace, or the place where two outputs differ. */
  readonly detail: string;
}

/** The first fault of a trial; null if there is none. */
export async function judge(trial: Trial, input: Uint8Array, cuts: Cuts): Promise<Fault | null> {
  let first: string | null = null;
  for (const { way, of } of trial.outputs) {
    let output: string;
    try {
      output = await of(input, cuts);
    } catch (error) {
      return { trial, way, ...describeCrash(error) };
    }
    first ??= output;
    if (output !== first) return { trial, way, ...describeDifference(first, output) };
  }
  return null;
}

const FRAMES = 6;

function describeCrash(error: unknown): Pick<Fault, "sort" | "detail"> {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = stack.split("\n");
  const names = lines.map((line) => /^\s+at (?<name>\S+)/.exec(line)?.groups?.name).filter(Boolean);
  return {
    sort: `crash: ${lines[0]} in ${names.slice(0, 2).join(", ")}`,
    detail: lines.slice(0, FRAMES).join("\n"),
  };
}

const CHARACTERS_BEFORE = 120;
const CHARACTERS_AFTER = 80;

function describeDifference(one: string, other: string): Pick<Fault, "sort" | "detail"> {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const excerpt = (text: string) =>
    JSON.stringify(text.slice(Math.max(at - CHARACTERS_BEFORE, 0), at + CHARACTERS_AFTER));
  const key = /"(\w+)":[^:]*$/.exec(one.slice(0, at))?.[1] ?? "";
  return {
    sort: `difference after ${JSON.stringify(key)}`,
    detail: `whole:     ${excerpt(one)}\nthis way:  ${excerpt(other)}`,
  };
}
