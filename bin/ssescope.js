#!/usr/bin/env node
// The real arguments, streams and signals in; the exit code out. Nothing else: see src/cli.ts. CommonJS, for what Node.js
// needs to load a module takes as long as a tenth of its own start.
"use strict";

const { pathToFileURL } = require("node:url");
const { setFlagsFromString } = require("node:v8");
const { loadProgram } = require("./load-program.js");

/**
 * For runs that take less than a second, and memory that stays small: src/README.md has the numbers. Only for the V8 of
 * Node.js 20, where they were measured; another one may not know them, and would say so on stderr.
 */
const MEASURED_V8 = /^11\./;
const V8_FLAGS = [
  // Optimising much of the program costs more than it gains: only what is very hot is, and each function by itself.
  "--interrupt-budget=500000",
  "--no-turbo-inlining",
  // What is thrown away soonest stays within the processor's cache, and is cleared away by one thread.
  "--semi-space-growth-factor=1",
  "--no-parallel-scavenge",
  // The rest is cleared away when it is half as large again as what is in use, not several times as large.
  "--heap-growing-percent=50",
];

/** EX_SOFTWARE of sysexits.h, EXIT_BUG in src/model/exit-codes.ts: that module may be what fails. */
const EXIT_BUG = 70;

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

/** Thrown in a callback or in an event listener, and rejected promises that nobody awaits. */
const UNCAUGHT = ["uncaughtException", "unhandledRejection"];

/**
 * Whether a terminal is among the standard streams. Node.js aborts at its exit if that is gone, so then the signal ends the
 * process: ResetStdio in https://github.com/nodejs/node/blob/v20.x/src/node.cc
 */
function hasTerminal() {
  return [process.stdout, process.stderr, process.stdin].some(({ isTTY }) => isTTY);
}

/** Ctrl-C reaches both, and is the other program's to heed: it may mean anything there. */
function ignore() {}

/**
 * Runs another program on the same terminal. Signals that end this process end it too, and are left to it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Promise<number>} its exit code; 128 + n for signal n, as shells have it
 */
function runProgram(command, args, env) {
  const { spawn } = require("node:child_process");
  const { constants } = require("node:os");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: "inherit" });
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => child.kill(signal);
    process.on("SIGINT", ignore);
    for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(signal, passOn);
    const settle = () => {
      process.off("SIGINT", ignore);
      for (const signal of ["SIGTERM", "SIGHUP"]) process.off(signal, passOn);
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** Another thread of the program: worker.js. */
function startWorker() {
  const { join } = require("node:path");
  const { Worker } = require("node:worker_threads");
  return new Worker(join(__dirname, "worker.js"));
}

async function run() {
  for (const event of UNCAUGHT) process.on(event, crash);
  const { main, systemClock } = loadProgram();
  if (MEASURED_V8.test(process.versions.v8)) for (const flag of V8_FLAGS) setFlagsFromString(flag);
  const interrupt = new AbortController();
  // Ctrl-C, what `timeout` and a CI send, and what a closed terminal sends. Once: a second one finds no listener and ends
  // the process at once.
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const stopped = { by: "" };
  /** @param {string} signal */
  const stop = (signal) => {
    stopped.by = signal;
    for (const each of signals) process.off(each, stop);
    interrupt.abort();
  };
  for (const signal of signals) process.on(signal, stop);

  // A terminal that stands still, by Ctrl-S or a slow line, must not stop the clock: reading goes on while it waits.
  for (const { _handle: terminal, isTTY } of [process.stdout, process.stderr]) {
    if (isTTY) terminal?.setBlocking?.(false);
  }

  // The exit code is set, not exited with: what is still being written must arrive.
  process.exitCode = await main(process.argv.slice(2), {
    // Opened only where it is read: that costs time, and takes over the terminal.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    get cwd() {
      return process.cwd();
    },
    packageFolder: new URL("..", pathToFileURL(__filename)),
    env: process.env,
    clock: systemClock,
    runProgram,
    startWorker,
    interrupt: interrupt.signal,
  });
  if (stopped.by === "SIGHUP" && hasTerminal()) process.kill(process.pid, "SIGHUP");
  // All output has arrived; what is still being opened, such as a pipe that nobody writes, is not waited for.
  if (interrupt.signal.aborted) process.exit();
}

run().catch(crash);
