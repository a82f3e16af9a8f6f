#!/usr/bin/env node
// The real arguments, streams and signals in; the exit code out. Nothing else: see src/cli.ts.
import { main } from "../dist/ssescope.js";

const { argv, stdin, stdout, stderr, env } = process;
const controller = new AbortController();
// Once: a second Ctrl-C finds no listener and ends the process at once.
process.once("SIGINT", () => controller.abort());

// Set, not exited with: what is still being written must arrive.
process.exitCode = await main(argv.slice(2), { stdin, stdout, stderr, env, interrupt: controller.signal });
