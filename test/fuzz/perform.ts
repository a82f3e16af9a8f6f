// Runs the program on an input, and checks the promises that hold for every input.
import { exitMeanings } from "../../src/model/exit-codes.ts";
import { dangerousIn } from "../support/control-characters.ts";
import { run, type Run, type RunOptions } from "../support/io.ts";

/** All documented exit codes except that of a bug. */
const EXIT_CODES: ReadonlySet<number> = new Set(
  exitMeanings()
    .map(({ exitCode }) => exitCode)
    .filter((exitCode) => exitCode !== 70),
);
/** Maximum output in proportion to the input: some views print an event's data several times. */
const OUTPUT_PER_BYTE = 60;
const OUTPUT_AT_LEAST = 4_000_000;
/** Time after which a run counts as endless. */
const HANG_MS = 60_000;

export interface PerformOptions extends RunOptions {
  /** The size of the input, with all its files. */
  readonly inputBytes?: number;
}

/** The number of runs of the program. */
export const readings = { count: 0 };

/** A promise of the program that a run did not keep. */
export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

/**
 * Runs the program. Throws what the program throws, and BrokenPromise for an undocumented exit code, a control character on
 * a terminal, a line that is a command to a CI system, too much output, and a run without an end.
 */
export async function perform(argv: readonly string[], options: PerformOptions = {}): Promise<Run> {
  const { inputBytes = 0, ...rest } = options;
  readings.count += 1;
  const done = await untilHang(argv, rest);
  const { exitCode, stdout, stderr } = done;
  if (!EXIT_CODES.has(exitCode)) throw new BrokenPromise(`exit code ${exitCode}`);
  const most = OUTPUT_AT_LEAST + OUTPUT_PER_BYTE * inputBytes;
  if (stdout.length + stderr.length > most) throw new BrokenPromise("output out of proportion to its input");
  if (options.terminalColumns !== undefined) {
    const [dangerous] = dangerousIn(stdout + stderr, { mayHaveColours: true });
    if (dangerous !== undefined) {
      throw new BrokenPromise(`U+${dangerous.codePointAt(0)?.toString(16).padStart(4, "0")} on a terminal`);
    }
  }
  return done;
}

async function untilHang(argv: readonly string[], options: RunOptions): Promise<Run> {
  const interrupt = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      interrupt.abort();
      reject(new BrokenPromise("no end"));
    }, HANG_MS);
  });
  try {
    return await Promise.race([run(argv, { interrupt: interrupt.signal, ...options }), hang]);
  } finally {
    clearTimeout(timer);
  }
}

/** Commands to GitHub Actions and Azure Pipelines. https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const CI_COMMAND = /^[^\S\n]*(?:::[\w-]+.*::|##(?:vso)?\[)/m;

/** Throws BrokenPromise if a CI system would take a line of an output as a command. */
export function refuseCommands({ stdout, stderr }: Pick<Run, "stdout" | "stderr">): void {
  const [command] = CI_COMMAND.exec(`${stdout}\n${stderr}`) ?? [];
  if (command !== undefined) throw new BrokenPromise("a command to a CI system");
}

/** The whole result of a run as one text. */
export function describe({ exitCode, stdout, stderr }: Run): string {
  return `exit ${exitCode}\n${stdout}\n${stderr}`;
}
