#!/usr/bin/env node
// The real arguments, streams and signals in; the exit code out. Nothing else: see src/cli.ts. CommonJS, for what Node.js
// needs to load a module takes as long as a tenth of its own start.
"use strict";

const { pathToFileURL } = require("node:url");
const { setFlagsFromString } = require("node:v8");
const { loadProgram } = require("./load-program.cjs");

async function run() {
  const { EXIT_BUG, main } = loadProgram();
  // Optimising much of the program costs more than it gains on anything short of a gigabyte: only what is very hot is.
  setFlagsFromString("--interrupt-budget=1000000");
  const interrupt = new AbortController();
  // Ctrl-C, and what `timeout` and a CI send. Once: a second one finds no listener and ends the process at once.
  const signals = ["SIGINT", "SIGTERM"];
  const stop = () => {
    for (const signal of signals) process.off(signal, stop);
    interrupt.abort();
  };
  for (const signal of signals) process.on(signal, stop);

  // A terminal that stands still, by Ctrl-S or a slow line, must not stop the clock: reading goes on while it waits.
  for (const { _handle: terminal, isTTY } of [process.stdout, process.stderr]) {
    if (isTTY) terminal?.setBlocking?.(false);
  }

  try {
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
      interrupt: interrupt.signal,
    });
    // All output has arrived; what is still being opened, such as a pipe that nobody writes, is not waited for.
    if (interrupt.signal.aborted) process.exit();
  } catch (bug) {
    process.stderr.write(`${bug instanceof Error ? bug.stack : String(bug)}\n`);
    process.exitCode = EXIT_BUG;
  }
}

void run();
