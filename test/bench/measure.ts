// Measures what a shell command costs. bash counts the user and system CPU time of all its processes. Its stdout is a
// pipe into `cat`, and its stderr is discarded.
import { spawnSync } from "node:child_process";
import { cutWithSize } from "../../src/wording/cut.ts";

/** Maximum characters of a command in messages. */
const LONGEST_SAID = 100;

export interface Script {
  readonly command: string;
  /** A command that writes the standard input; it is not measured. */
  readonly feed?: string;
}

/** Seconds, one number per round. */
export type Costs = readonly number[];

/** CPU time. The scripts run in turn, so the costs of one round are from about the same time and can be compared. */
export function measureCpu(scripts: readonly Script[], rounds: number): Costs[] {
  return measure(scripts, rounds, ({ cpu }) => cpu);
}

/** The same for elapsed time: only useful on an idle machine. */
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

/** The peak resident memory of a `node` command in bytes, measured in a separate run. */
export function measurePeakBytes({ command, feed }: Script): number {
  process.stderr.write(`memory: ${cutWithSize(command, LONGEST_SAID)}\n`);
  const preloaded = command.replace(/^node /, "node --import ./coverage/bench/peak-memory.js ");
  return Number(bash(`${preloaded} 2>/dev/null`, feed)) * 1024;
}

/** Runs a script and returns what `time`, or a preload, writes to file descriptor 3. Throws if the script fails. */
function bash(script: string, feed: string | undefined): string {
  const fed = feed === undefined ? "" : `${feed} | `;
  const lines = `set -o pipefail; TIMEFORMAT='%3U %3S %3R'; exec 3>&1; ${fed}{ ${script}; } 2>&3 | cat > /dev/null`;
  // Node.js reads these certificates at start, which takes longer than the rest of the start.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const { status, stdout } = spawnSync("bash", ["-c", lines], { encoding: "utf8", env });
  if (status !== 0) throw new Error(`exit code ${status} of: ${cutWithSize(script, LONGEST_SAID)}`);
  return stdout;
}
