// Ends a fuzzer that hangs. It needs its own thread, because timers of a blocked thread do not fire.
import { Worker } from "node:worker_threads";

/** Longer than any input and its reduction takes, even on a slow machine. */
const HANG_MS = 600_000;

const THREAD = `
const { parentPort } = require("node:worker_threads");
const { writeSync } = require("node:fs");
let what = "nothing";
let timer = null;
parentPort.on("message", ({ next, hangMs }) => {
  what = next;
  clearTimeout(timer);
  timer = setTimeout(() => {
    writeSync(1, "\\nhangs: " + what + "\\n");
    process.kill(process.pid, "SIGKILL");
  }, hangMs);
});`;

export interface Watchdog {
  /** Restarts the time limit for the next input. */
  watch(what: string): void;
  end(): void;
}

/** Prints the input that hangs, and ends the process. */
export function startWatchdog(): Watchdog {
  const thread = new Worker(THREAD, { eval: true });
  thread.unref();
  return {
    watch: (next) => thread.postMessage({ next, hangMs: HANG_MS }, []),
    end: () => void thread.terminate(),
  };
}
