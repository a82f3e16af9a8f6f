// What a run costs. A run is a line of shell: bash counts the CPU time, the user's and the system's, of all processes in
// it, whatever they are. Its stdout is a pipe that `cat` empties; its stderr goes nowhere.
import { spawnSync } from "node:child_process";

export interface Run {
  readonly command: string;
  /** What writes its standard input, and is not measured. */
  readonly feed?: string;
}

/** CPU seconds, a number for each round. */
export type Costs = readonly number[];

/** Runs all in turn, so many rounds: what ran in the same round ran at about the same time, and can be compared. */
export function measureCpu(runs: readonly Run[], rounds: number): Costs[] {
  const costs: number[][] = runs.map(() => []);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, run] of runs.entries()) {
      process.stderr.write(`round ${round} of ${rounds}: ${shortened(run.command)}\n`);
      costs[index]?.push(cpuSeconds(run));
    }
  }
  return costs;
}

function cpuSeconds({ command, feed }: Run): number {
  const [user, system] = bash(`time { ${command}; } 2>/dev/null`, feed).split(" ").map(Number);
  return (user ?? NaN) + (system ?? NaN);
}

/** The peak of the resident memory in bytes of a run of `node`, in a run of its own. */
export function measurePeakBytes({ command, feed }: Run): number {
  process.stderr.write(`memory: ${shortened(command)}\n`);
  const preloaded = command.replace(/^node /, "node --import ./coverage/bench/peak-memory.js ");
  return Number(bash(`${preloaded} 2>/dev/null`, feed)) * 1024;
}

/** What `time`, or a preload by file descriptor 3, says of the script. Throws where it fails. */
function bash(script: string, feed: string | undefined): string {
  const fed = feed === undefined ? "" : `${feed} | `;
  const lines = `set -o pipefail; TIMEFORMAT='%3U %3S'; exec 3>&1; ${fed}{ ${script}; } 2>&3 | cat > /dev/null`;
  const { status, stdout } = spawnSync("bash", ["-c", lines], { encoding: "utf8" });
  if (status !== 0) throw new Error(`exit code ${status} of: ${shortened(script)}`);
  return stdout;
}

function shortened(command: string): string {
  return command.length > 100 ? `${command.slice(0, 100)}…` : command;
}
