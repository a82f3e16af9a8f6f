import { defineConfig } from "rolldown";

/** What libraries load at start-up and this program never uses, with what stands in its place. */
const LEFT_OUT = new Map(
  Object.entries({
    // commander: for commands that are programs of their own; there are none.
    "node:child_process": "module.exports = {};",
    // commander: the global is the same object, and importing the module reads every one of its slow getters.
    "node:process": "module.exports = process;",
    // chalk: guesses whether colour is wanted; src/terminal/page.ts decides that.
    "#supports-color": "export default { stdout: false, stderr: false };",
  }),
);

// One file holds all that an ordinary run needs; what only a URL needs (src/sources/http.ts, undici) is loaded with it.
export default defineConfig({
  input: { ssescope: "src/cli.ts" },
  platform: "node",
  external: ["undici"],
  // Lets the entry chunk hold what the other one shares with it: one file to load.
  preserveEntrySignatures: "allow-extension",
  plugins: [
    {
      name: "leave-out",
      resolveId: (id) => (LEFT_OUT.has(id) ? `\0left-out:${id}` : null),
      load: (id) => LEFT_OUT.get(id.replace("\0left-out:", "")) ?? null,
    },
  ],
  output: {
    dir: "dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    cleanDir: true,
    comments: false,
  },
});
