#!/usr/bin/env node
// Starts the program (src/process/start.ts), and ends it if nobody caught an error. CommonJS, for what Node.js needs to load
// a module takes as long as a tenth of its own start.
"use strict";

/** EX_SOFTWARE of sysexits.h, EXIT_BUG in src/model/exit-codes.ts: that module may be what fails. */
const EXIT_BUG = 70;

/** Thrown in a callback or in an event listener, and rejected promises that nobody awaits. */
const UNCAUGHT = ["uncaughtException", "unhandledRejection"];

/**
 * Ends the process for what nobody caught: prints the stack and exits with 70. Node.js itself would exit with 1, which
 * means "findings".
 * @param {unknown} bug
 */
function crash(bug) {
  // Whatever fails from now on, such as writing to a stderr that nobody reads, changes nothing.
  for (const event of UNCAUGHT) process.removeAllListeners(event).on(event, () => process.exit(EXIT_BUG));
  const stack = bug instanceof Error ? bug.stack : String(bug);
  process.stderr.write(`ssescope: this is a bug in ssescope, please report it:\n${stack}\n`, () =>
    process.exit(EXIT_BUG),
  );
}

async function run() {
  for (const event of UNCAUGHT) process.on(event, crash);
  const { loadProgram } = require("./load-program.js");
  const { program, keepCode } = loadProgram(process.argv.slice(2));
  await program.start(`${__dirname}/..`, keepCode);
}

run().catch(crash);
