// Replaces bin/load-program.js in the single executable, which contains the program and its code, so nothing is loaded.
import { getAsset } from "node:sea";
import { Worker } from "node:worker_threads";
import { start } from "../../process/start.ts";
import { EXAMPLES, SCRIPT } from "./assets.js";

/**
 * Starts the program with the parts that differ in this executable.
 * @param {string} packageFolder
 * @param {() => void} keepCode
 */
function startHere(packageFolder, keepCode) {
  return start(packageFolder, keepCode, {
    // There is no file for a thread to run.
    startWorker: () => new Worker(getAsset(SCRIPT, "utf8"), { eval: true, trackUnmanagedFds: false }),
    packedExamples: () => new Uint8Array(getAsset(EXAMPLES)),
  });
}

/** Returns the same as bin/load-program.js. */
export function loadProgram() {
  return { program: { start: startHere }, keepCode: () => {} };
}
