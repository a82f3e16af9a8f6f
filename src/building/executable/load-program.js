// Takes the place of bin/load-program.js in the single executable: the program is in it, with its code, and nothing is loaded.
import { getAsset } from "node:sea";
import { Worker } from "node:worker_threads";
import { start } from "../../process/start.ts";
import { EXAMPLES, SCRIPT } from "./assets.js";

/**
 * Starts the program with what this executable does in its own way.
 * @param {string} packageFolder
 * @param {() => void} keepCode
 */
function startHere(packageFolder, keepCode) {
  return start(packageFolder, keepCode, {
    // There is no file that a thread could run.
    startWorker: () => new Worker(getAsset(SCRIPT, "utf8"), { eval: true, trackUnmanagedFds: false }),
    packedExamples: () => new Uint8Array(getAsset(EXAMPLES)),
  });
}

/** What bin/load-program.js gives. */
export function loadProgram() {
  return { program: { start: startHere }, keepCode: () => {} };
}
