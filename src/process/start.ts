// Passes the real arguments, streams and signals to cli.ts, and sets the exit code. `bin/ssescope.js` calls it.
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { main } from "../cli.ts";
import type { Io } from "../io.ts";
import { EXIT_USAGE } from "../model/exit-codes.ts";
import { systemClock } from "../timing/clock.ts";
import { quickOutput } from "./quick-output.ts";
import { startTuning } from "./tuning.ts";

export { main, systemClock };

/** The code of a thread of `check --jobs`: `bin/worker.js` calls it. */
export const loadWorker = () => import("../commands/jobs/worker.ts");

/** The importable library: dist/library.cjs and dist/matchers.cjs, which no run of the program loads. */
export const loadLibrary = () => Promise.all([import("../library/library.ts"), import("../library/matchers.ts")]);

/** Ctrl-C, the signal of `timeout` and CI systems, and that of a closed terminal. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Signals within this time count as one: `timeout` signals the process and then its group. */
const SAME_SIGNAL_MS = 200;

/**
 * Runs the program that is installed in `packageFolder`. `keepCode` is called at the end of a short, successful run,
 * once V8's default flags are restored. `own`: the parts that differ in an executable without a package folder.
 */
export async function start(
  packageFolder: string,
  keepCode: () => void,
  own: Pick<Io, "packedExamples"> & Partial<Pick<Io, "startWorker">> = {},
): Promise<void> {
  const interrupt = new AbortController();
  const stopped = { by: "" };
  const stop = (signal: string): void => {
    if (stopped.by !== "") return;
    stopped.by = signal;
    interrupt.abort();
    // A later signal finds no listener and ends the process at once.
    setTimeout(() => {
      for (const each of SIGNALS) process.off(each, stop);
    }, SAME_SIGNAL_MS).unref();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const stdout = quickOutput(1, () => unblocked(process.stdout));
  const stderr = quickOutput(2, () => unblocked(process.stderr));

  const tuning = startTuning();

  // Set instead of calling process.exit(): pending output must be written.
  process.exitCode = await main(process.argv.slice(2), {
    // Opened only when it is read: opening takes time, and takes over the terminal.
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
    get cwd() {
      return process.cwd();
    },
    get packageFolder() {
      return pathToFileURL(`${packageFolder}/`);
    },
    env: process.env,
    clock: systemClock,
    // Loaded here because few runs need it.
    runProgram: async (...program) => (await import("./run-program.ts")).runProgram(...program),
    // The reader closes the descriptor of a pipe, which Node.js does not notice and would warn about.
    startWorker: () => new Worker(`${packageFolder}/bin/worker.js`, { trackUnmanagedFds: false }),
    expectLongRun: tuning.expectLongRun,
    interrupt: interrupt.signal,
    ...own,
  });
  tuning.end();
  if (!interrupt.signal.aborted && process.exitCode !== EXIT_USAGE && isShort()) keepCode();
  if (stopped.by === "SIGHUP" && hasTerminal()) process.kill(process.pid, "SIGHUP");
  // All output is written; do not wait for anything still opening, such as a pipe without a writer.
  if (interrupt.signal.aborted) process.exit();
}

const SHORT_US = 1_000_000;

/** In longer runs V8 has dropped the code of functions that are no longer called, such as those of the start. */
function isShort(): boolean {
  return process.cpuUsage().user < SHORT_US;
}

/** A stopped terminal, by Ctrl-S or a slow line, must not stop the clock: reading continues while it waits. */
function unblocked(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (stream.isTTY && hasHandle(stream)) stream._handle?.setBlocking?.(false);
  return stream;
}

/** Node.js has no public name for this. */
interface WithHandle {
  readonly _handle?: { setBlocking?(blocks: boolean): void } | null;
}

function hasHandle(stream: object): stream is WithHandle {
  return "_handle" in stream;
}

/**
 * Whether one of the standard streams is a terminal. Node.js aborts at exit if that terminal is gone, so in that case
 * the signal ends the process: ResetStdio in https://github.com/nodejs/node/blob/v20.x/src/node.cc
 */
function hasTerminal(): boolean {
  return [process.stdout, process.stderr, process.stdin].some(({ isTTY }) => isTTY);
}
