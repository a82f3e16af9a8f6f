// Ends a fuzzer that hangs: no timer of its own thread would fire.
import { Worker } from "node:worker_threads";

/** Longer than any input takes, with its reduction, on a slow machine. */
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
    writeSync(1, "\\nno end: " + what + "\\n");
    process.kill(process.pid, "SIGKILL");
  }, hangMs);
});`;

export interface Watchdog {
  /** Something else begins. */
  watch(what: string): void;
  end(): void;
}

/** Says what hangs, and ends the process. */
export function startWatchdog(): Watchdog {
  const thread = new Worker(THREAD, { eval: true });
  thread.unref();
  return {
    watch: (next) => thread.postMessage({ next, hangMs: HANG_MS }, []),
    end: () => void thread.terminate(),
  };
}
