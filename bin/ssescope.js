#!/usr/bin/env node
// The real arguments, streams and signals in; the exit code out. Nothing else: see src/cli.ts.
import { main } from "../dist/ssescope.js";

const interrupt = new AbortController();
// Once: a second Ctrl-C finds no listener and ends the process at once.
process.once("SIGINT", () => interrupt.abort());

// The exit code is set, not exited with: what is still being written must arrive.
process.exitCode = await main(process.argv.slice(2), {
  // Opened only where it is read: that costs time, and takes over the terminal.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  interrupt: interrupt.signal,
});
