// In what ways an input is read, and what has to be the same in all of them.
import { jsonText } from "../../src/model/json-text.ts";
import { redact } from "../capture/redact/support/redact.ts";
import { createRandom } from "../mutation/random.ts";
import { run, type RunOptions } from "../support/io.ts";
import { readChunks } from "../support/with-stretches.ts";

/** An input in chunks. */
type Chunks = readonly Uint8Array[];

/** One thing that is asked of an input: all its outputs have to be the same. */
export interface Trial {
  readonly name: string;
  readonly outputs: readonly Output[];
}

interface Output {
  readonly way: string;
  readonly of: (input: Uint8Array, cuts: Cuts) => Promise<string>;
}

/** What an input is compared with, and how it is cut where it is cut anywhere. */
export interface Cuts {
  readonly seed: string;
  /** The path of the fixture that it was made of. */
  readonly original: string;
}

type Cut = (input: Uint8Array, cuts: Cuts) => Chunks;

const whole: Cut = (input) => [input];
/** Bytes that come one by one: each is a chunk with all that a chunk costs. */
const MOST_SINGLE_BYTES = 1000;

/** A short input, or some of a long one. */
const byteByByte: Cut = (input, { seed }) => {
  const start = createRandom(`${seed}/bytes`).below(Math.max(input.length - MOST_SINGLE_BYTES, 0) + 1);
  const end = start + MOST_SINGLE_BYTES;
  return [input.slice(0, start), ...cutEvery(input.slice(start, end), () => 1), input.slice(end)];
};

/** In some inputs into pieces of events, in others into some events each. */
const anywhere: Cut = (input, { seed }) => {
  const random = createRandom(`${seed}/cuts`);
  const longest = random.pick([97, 1021, 4099]);
  return cutEvery(input, () => random.below(longest + 1));
};

const CUTS: readonly (readonly [way: string, cut: Cut])[] = [
  ["whole", whole],
  ["byte by byte", byteByByte],
  ["cut anywhere", anywhere],
];

export const trials: readonly Trial[] = [
  {
    name: "report",
    outputs: [
      ...CUTS.map(([way, cut]) => ({
        way,
        of: async (input: Uint8Array, cuts: Cuts) => {
          const { exitCode, stdout, stderr } = await run(["--json", "-"], { stdin: cut(input, cuts) });
          const reports = stdout === "" ? [] : stdout.split(/\n(?=\{)/);
          return [`exit ${exitCode}`, ...reports.map((json) => jsonText(JSON.parse(json))), stderr].join("\n");
        },
      })),
      {
        // A view of every event takes no stretches.
        way: "without the fast path",
        of: async (input) => {
          const { exitCode, stdout, stderr } = await run(["--format", "facts", "-"], { stdin: [input] });
          const reports = stdout.split("\n").filter((line) => line.startsWith('{"schema":"ssescope/report'));
          return [`exit ${exitCode}`, ...reports, stderr].join("\n");
        },
      },
    ],
  },
  {
    name: "report with times",
    outputs: [true, false].map((takesStretches) => ({
      way: takesStretches ? "with the fast path" : "without the fast path",
      of: async (input: Uint8Array, cuts: Cuts) => {
        const { report, shown } = await readChunks(anywhere(input, cuts), takesStretches);
        return `${jsonText(report)}\n${shown}`;
      },
    })),
  },
  shown("text", ["-"]),
  shown("text of all channels", ["--show", "all", "-"]),
  shown("text on a terminal", ["--show", "all", "--color", "never", "-"], { terminalColumns: 80 }),
  shown("facts", ["--format", "facts", "-"]),
  shown("events", ["--format", "events", "-"]),
  shown("wire records", ["--format", "wire", "-"]),
  shown("check", ["check", "--no-config", "-"]),
  {
    name: "redacted copy",
    outputs: CUTS.map(([way, cut]) => ({
      way,
      of: async (input: Uint8Array, cuts: Cuts) => copyOf(cut(input, cuts)),
    })),
  },
  {
    name: "difference from the fixture",
    outputs: [
      {
        way: "whole",
        of: async (input, { original }) => describe(await run(["diff", "-", original], { stdin: [input] })),
      },
    ],
  },
];

/** What a command prints, which is the same however its input is cut. */
function shown(name: string, argv: readonly string[], options: RunOptions = {}): Trial {
  return {
    name,
    outputs: CUTS.map(([way, cut]) => ({
      way,
      of: async (input: Uint8Array, cuts: Cuts) => describe(await run(argv, { ...options, stdin: cut(input, cuts) })),
    })),
  };
}

function describe({ exitCode, stdout, stderr }: { exitCode: number; stdout: string; stderr: string }): string {
  return `exit ${exitCode}\n${stdout}\n${stderr}`;
}

/** A copy that cannot be made has its reason, which is the same every time. */
function copyOf(chunks: Chunks): string {
  try {
    return redact(chunks).toString("latin1");
  } catch (error) {
    if (error instanceof Error && error.name === "UserError") return error.message;
    throw error;
  }
}

function cutEvery(input: Uint8Array, nextLength: () => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < input.length;) {
    const end = start + nextLength();
    pieces.push(input.slice(start, end));
    start = end;
  }
  return pieces;
}

/** What is wrong with an input. */
export interface Fault {
  readonly trial: Trial;
  readonly way: string;
  /** The same for what is likely to have the same cause. */
  readonly sort: string;
  /** A stack, or where two outputs part. */
  readonly detail: string;
}

/** What goes wrong in one trial; null: nothing. */
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
