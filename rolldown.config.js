import { defineConfig } from "rolldown";

/** What commander loads at start-up and this program never uses, with what stands in its place. */
const LEFT_OUT = [
  // For commands that are programs of their own; there are none.
  { module: "node:child_process", code: "module.exports = {};" },
  { module: "node:fs", code: "module.exports = {};" },
  // The global is the same object, and loading the module reads every one of its slow getters.
  { module: "node:process", code: "module.exports = process;" },
];

const PREFIX = "\0left-out:";

// One file holds all that an ordinary run needs. What only a URL needs (src/sources/http/, undici), and what only
// colour needs (chalk), is loaded with it.
export default defineConfig({
  input: { ssescope: "src/cli.ts" },
  platform: "node",
  external: ["undici", "chalk", "tinyglobby", "diff", "fast-xml-builder", "yaml", /^ajv\//],
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
  ],
  output: {
    dir: "dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    cleanDir: true,
    comments: false,
    // What the entry needs stays in its file, whatever else needs it too.
    codeSplitting: { groups: [{ name: "ssescope", tags: ["$initial"] }] },
  },
});
