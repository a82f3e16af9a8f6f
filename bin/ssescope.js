#!/usr/bin/env node
// Starts the program (src/process/start.ts), and ends it at an uncaught error. CommonJS, because loading an ES module
// would add a tenth to the start-up time of Node.js.
"use strict";

const { join } = require("node:path");

/**
 * EX_SOFTWARE of sysexits.h, EXIT_BUG in src/model/exit-codes.ts; not imported, as loading that module may be what
 * fails.
 */
const EXIT_BUG = 70;

/** Errors thrown in callbacks and event listeners, and rejected promises without a handler. */
const UNCAUGHT = ["uncaughtException", "unhandledRejection"];

/**
 * Ends the process at an uncaught error: prints the stack and exits with 70. Node.js itself would exit with 1, which means
 * "findings".
 * @param {unknown} bug
 */
function crash(bug) {
  // Further errors, such as writing to a stderr that is closed, change nothing.
  for (const event of UNCAUGHT) process.removeAllListeners(event).on(event, () => process.exit(EXIT_BUG));
  const stack = bug instanceof Error ? bug.stack : String(bug);
  const message = isUnbuilt(bug)
    ? `its files in dist are missing\n  build them: npm run build; or wait until a build is over`
    : `this is a bug in ssescope, please report it:\n${stack}`;
  process.stderr.write(`ssescope: ${message}\n`, () => process.exit(EXIT_BUG));
}

/**
 * Whether a file of the program itself is missing, as in a checkout during a build.
 * @param {any} bug
 */
function isUnbuilt(bug) {
  return bug?.code === "ENOENT" && String(bug.path).startsWith(join(__dirname, "../dist"));
}

async function run() {
  for (const event of UNCAUGHT) process.on(event, crash);
  const { loadProgram } = require("./load-program.js");
  const { program, keepCode } = loadProgram(process.argv.slice(2));
  await program.start(`${__dirname}/..`, keepCode);
}

run().catch(crash);
