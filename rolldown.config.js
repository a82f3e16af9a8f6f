import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig } from "rolldown";
import { loadProgram } from "./bin/load-program.js";
import { deferredFileOf } from "./src/building/deferred-modules.js";
import { writeLibrary } from "./src/building/library.js";
import { leaveOut } from "./src/building/leave-out.js";
import { licencesOf } from "./src/building/licences.js";
import { packedExamples } from "./src/building/packed-examples.js";
import { deferred, RUNTIME, withConstants, withExportsOnDemand, withRuntime, wrapped } from "./src/building/scripts.js";
import { configValidator } from "./src/check/compile-validator.js";
import { htmlReportAssets } from "./src/html-report/bundle.js";
import { stretchModule } from "./src/stretch/bundle.js";

/** In the page of the HTML report, which is a bundle of its own. */
const PREACT = fileURLToPath(new URL("node_modules/preact/package.json", import.meta.url));

/**
 * Writes what is made of the program itself, its examples, and the licences of what is bundled.
 * @param {string} folder
 * @param {readonly string[]} modules
 */
async function complete(folder, modules) {
  writeFileSync(join(folder, "LICENCES.txt"), licencesOf([...modules, PREACT]));
  writeFileSync(join(folder, "rule-examples.json.gz"), packedExamples());
  const { program } = loadProgram(["man"]);
  writeFileSync(join(folder, "ssescope.1.gz"), gzipSync(await run(program, ["man"]), { level: 9 }));
  writeLibrary(folder);
}

/**
 * Runs the program: what it prints on standard output.
 * @param {typeof import("./src/process/start.ts")} program
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
  input: { ssescope: "src/process/start.ts" },
  platform: "node",
  external: ["undici"],
  // Lets the entry chunk hold what the other one shares with it: one file to load.
  preserveEntrySignatures: "allow-extension",
  plugins: [
    leaveOut(),
    configValidator(),
    htmlReportAssets(),
    stretchModule(),
    {
      name: "defer",
      renderChunk(code, { facadeModuleId, isEntry }) {
        const own = facadeModuleId === null ? [] : (this.getModuleInfo(facadeModuleId)?.exports ?? []);
        const whole = isEntry ? withExportsOnDemand(code, own) : withConstants(code);
        return { code: deferred(whole, isEntry), map: null };
      },
    },
    {
      name: "complete",
      async writeBundle({ dir = "" }, bundle) {
        const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
        const runtime = bundle[RUNTIME];
        for (const { fileName, isEntry, code } of chunks) {
          const whole = isEntry && runtime?.type === "chunk" ? withRuntime(code, runtime.code) : code;
          writeFileSync(resolve(dir, fileName), wrapped(whole));
        }
        await complete(
          resolve(dir),
          chunks.flatMap(({ modules }) => Object.keys(modules)),
        );
      },
    },
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
    // The names of functions make a stack readable; those of variables do not occur in it.
    minify: { compress: true, mangle: { toplevel: false, keepNames: true }, codegen: { removeWhitespace: true } },
    // What the entry needs stays in its file, whatever else needs it too.
    codeSplitting: {
      // Each module is in the file that it was given, and what it imports in its own.
      includeDependenciesRecursively: false,
      groups: [
        { name: deferredFileOf, debugName: "deferred", priority: 1 },
        { name: "ssescope", tags: ["$initial"] },
      ],
    },
  },
});
