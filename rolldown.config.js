import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { defineConfig } from "rolldown";
import { htmlReportAssets } from "./src/html-report/bundle.js";
import { codePathOf, loadScript } from "./bin/load-program.js";

/** What commander loads at start-up and this program never uses, with what stands in its place. */
const LEFT_OUT = [
  // For commands that are programs of their own; there are none.
  { module: "node:child_process", code: "module.exports = {};" },
  { module: "node:fs", code: "module.exports = {};" },
  // The global is the same object, and loading the module reads every one of its slow getters.
  { module: "node:process", code: "module.exports = process;" },
];

const PREFIX = "\0left-out:";

/** The capture that is read once, so that V8's code for all that such a run needs is there to be kept. */
const SAMPLE = "fixtures/openai-responses/hey.sse";

/**
 * Keeps V8's code for a bundle beside it, and the man page that it prints.
 * @param {string} path
 */
async function keepCode(path) {
  const { exports: program, script } = loadScript(path);
  await run(program, [SAMPLE]);
  writeFileSync(codePathOf(path), script.createCachedData());
  writeFileSync(resolve(path, "../ssescope.1"), await run(program, ["man"]));
}

/**
 * Runs the program: what it prints on standard output.
 * @param {typeof import("./src/cli.ts")} program
 * @param {readonly string[]} argv
 */
async function run(program, argv) {
  const stdout = new PassThrough();
  const printed = text(stdout);
  const exitCode = await program.main(argv, {
    stdin: process.stdin,
    stdout,
    stderr: new PassThrough().resume(),
    cwd: process.cwd(),
    packageFolder: new URL(".", import.meta.url),
    env: {},
    clock: program.systemClock,
    runProgram: () => Promise.resolve(0),
    startWorker: () => {
      throw new Error("no worker is needed for this");
    },
    interrupt: new AbortController().signal,
  });
  if (exitCode !== 0) throw new Error(`ssescope ${argv.join(" ")} ended with ${exitCode}`);
  stdout.end();
  return printed;
}

// One file holds all that an ordinary run needs. What only a URL needs (src/sources/http/, undici, ws), and what only
// colour (chalk) and a terminal (string-width, wrap-ansi) need, is loaded with it.
export default defineConfig({
  input: { ssescope: "src/cli.ts" },
  platform: "node",
  // string-width and wrap-ansi are modules with a default export alone, which a CommonJS file cannot require: they are in
  // the chunk that is loaded for a terminal.
  external: ["undici", "chalk", "supports-hyperlinks", "tinyglobby", "diff", "ws", "yaml", /^ajv\//],
  // Lets the entry chunk hold what the other one shares with it: one file to load.
  preserveEntrySignatures: "allow-extension",
  plugins: [
    {
      name: "leave-out",
      resolveId(module, importer = "") {
        const isCommander = importer.split(/[\\/]/).includes("commander");
        return isCommander && LEFT_OUT.some((entry) => entry.module === module) ? PREFIX + module : null;
      },
      load: (id) => LEFT_OUT.find(({ module }) => PREFIX + module === id)?.code ?? null,
    },
    htmlReportAssets(),
    { name: "keep-code", writeBundle: ({ dir = "" }) => keepCode(resolve(dir, "ssescope.cjs")) },
  ],
  output: {
    dir: "dist",
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    // A script that V8's code is kept for cannot import: https://nodejs.org/docs/latest-v20.x/api/vm.html
    dynamicImportInCjs: false,
    cleanDir: true,
    comments: false,
    // What the entry needs stays in its file, whatever else needs it too.
    codeSplitting: { groups: [{ name: "ssescope", tags: ["$initial"] }] },
  },
});
