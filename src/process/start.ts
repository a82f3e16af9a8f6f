// The real arguments, streams and signals in; the exit code out. Nothing else: see cli.ts. `bin/ssescope.js` calls it.
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { main } from "../cli.ts";
import type { Io } from "../io.ts";
import { EXIT_USAGE } from "../model/exit-codes.ts";
import { systemClock } from "../timing/clock.ts";
import { quickOutput } from "./quick-output.ts";
import { tune, untune } from "./tuning.ts";

export { main, systemClock };

/** What a thread of `check --jobs` runs: `bin/worker.js` calls it. */
export const loadWorker = () => import("../commands/jobs/worker.ts");

/** What other programs import: dist/library.cjs and dist/matchers.cjs, which no run of the program loads. */
export const loadLibrary = () => Promise.all([import("../library/library.ts"), import("../library/matchers.ts")]);

/** Ctrl-C, what `timeout` and a CI send, and what a closed terminal sends. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What follows so soon is meant as one: `timeout` sends its signal to the process and then to its group. */
const SAME_SIGNAL_MS = 200;

/**
 * Runs the program that is installed in `packageFolder`. `keepCode` is called at the end of a run that went well and did not
 * take long, with what has to be done before. `own`: what an executable without a package folder does in its own way.
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
    // A later one finds no listener and ends the process at once.
    setTimeout(() => {
      for (const each of SIGNALS) process.off(each, stop);
    }, SAME_SIGNAL_MS).unref();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const stdout = quickOutput(1, () => unblocked(process.stdout));
  const stderr = quickOutput(2, () => unblocked(process.stderr));

  // Small captures are read by then: they need no tuning, and it loads a module of Node.js.
  let isTuned = false;
  const tuning = MEASURED_V8.test(process.versions.v8)
    ? setTimeout(() => {
        tune();
        isTuned = true;
      }, LONGER_RUN_MS).unref()
    : null;

  // The exit code is set, not exited with: what is still being written must arrive.
  process.exitCode = await main(process.argv.slice(2), {
    // Opened only where it is read: that costs time, and takes over the terminal.
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
    // Loaded here: few runs need it.
    runProgram: async (...program) => (await import("./run-program.ts")).runProgram(...program),
    // A pipe is closed by what reads it, which Node.js does not notice, and would complain of.
    startWorker: () => new Worker(`${packageFolder}/bin/worker.js`, { trackUnmanagedFds: false }),
    interrupt: interrupt.signal,
    ...own,
  });
  if (tuning !== null) clearTimeout(tuning);
  if (!interrupt.signal.aborted && process.exitCode !== EXIT_USAGE && isShort()) {
    if (isTuned) untune();
    keepCode();
  }
  if (stopped.by === "SIGHUP" && hasTerminal()) process.kill(process.pid, "SIGHUP");
  // All output has arrived; what is still being opened, such as a pipe that nobody writes, is not waited for.
  if (interrupt.signal.aborted) process.exit();
}

/**
 * The V8 of Node.js 20, where the flags were measured; another one may not know them, and would say so on stderr.
 */
const MEASURED_V8 = /^11\./;

const LONGER_RUN_MS = 40;

const SHORT_US = 1_000_000;

/** V8 drops the code of functions that are not called any more, such as those of the start, but not as soon. */
function isShort(): boolean {
  return process.cpuUsage().user < SHORT_US;
}

/** A terminal that stands still, by Ctrl-S or a slow line, must not stop the clock: reading goes on while it waits. */
function unblocked(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (stream.isTTY && hasHandle(stream)) stream._handle?.setBlocking?.(false);
  return stream;
}

/** Node.js has no public name for it. */
interface WithHandle {
  readonly _handle?: { setBlocking?(blocks: boolean): void } | null;
}

function hasHandle(stream: object): stream is WithHandle {
  return "_handle" in stream;
}

/**
 * Whether a terminal is among the standard streams. Node.js aborts at its exit if that is gone, so then the signal ends the
 * process: ResetStdio in https://github.com/nodejs/node/blob/v20.x/src/node.cc
 */
function hasTerminal(): boolean {
  return [process.stdout, process.stderr, process.stdin].some(({ isTTY }) => isTTY);
}
