// What a script costs. It is a line of shell: bash counts the CPU time, the user's and the system's, of all processes in
// it, whatever they are. Its stdout is a pipe that `cat` empties; its stderr goes nowhere.
import { spawnSync } from "node:child_process";
import { cutWithSize } from "../../src/wording/cut.ts";

/** Characters of a script in what is said while it runs. */
const LONGEST_SAID = 100;

export interface Script {
  readonly command: string;
  /** What writes its standard input, and is not measured. */
  readonly feed?: string;
}

/** Seconds, a number for each round. */
export type Costs = readonly number[];

/** Runs all in turn, so many rounds: what ran in the same round ran at about the same time, and can be compared. */
export function measureCpu(scripts: readonly Script[], rounds: number): Costs[] {
  return measure(scripts, rounds, ({ cpu }) => cpu);
}

/** As above, from beginning to end: only on a machine that does nothing else. */
export function measureWall(scripts: readonly Script[], rounds: number): Costs[] {
  return measure(scripts, rounds, ({ wall }) => wall);
}

interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

function measure(scripts: readonly Script[], rounds: number, secondsOf: (cost: Cost) => number): Costs[] {
  const costs: number[][] = scripts.map(() => []);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, script] of scripts.entries()) {
      process.stderr.write(`round ${round} of ${rounds}: ${cutWithSize(script.command, LONGEST_SAID)}\n`);
      costs[index]?.push(secondsOf(costOf(script)));
    }
  }
  return costs;
}

function costOf({ command, feed }: Script): Cost {
  const [user, system, wall] = bash(`time { ${command}; } 2>/dev/null`, feed).split(" ").map(Number);
  return { cpu: (user ?? NaN) + (system ?? NaN), wall: wall ?? NaN };
}

/** The peak of the resident memory in bytes of a run of `node`, in a run of its own. */
export function measurePeakBytes({ command, feed }: Script): number {
  process.stderr.write(`memory: ${cutWithSize(command, LONGEST_SAID)}\n`);
  const preloaded = command.replace(/^node /, "node --import ./coverage/bench/peak-memory.js ");
  return Number(bash(`${preloaded} 2>/dev/null`, feed)) * 1024;
}

/** What `time`, or a preload by file descriptor 3, says of the script. Throws where it fails. */
function bash(script: string, feed: string | undefined): string {
  const fed = feed === undefined ? "" : `${feed} | `;
  const lines = `set -o pipefail; TIMEFORMAT='%3U %3S %3R'; exec 3>&1; ${fed}{ ${script}; } 2>&3 | cat > /dev/null`;
  // Node.js reads those certificates at its start, which takes longer than all else it does there.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const { status, stdout } = spawnSync("bash", ["-c", lines], { encoding: "utf8", env });
  if (status !== 0) throw new Error(`exit code ${status} of: ${cutWithSize(script, LONGEST_SAID)}`);
  return stdout;
}
