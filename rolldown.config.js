import { defineConfig } from "rolldown";

// One file holds all that an ordinary run needs; what only a URL needs (src/sources/http.ts, undici) is loaded with it.
export default defineConfig({
  input: { ssescope: "src/cli.ts" },
  platform: "node",
  // Lets the entry chunk hold what the other one shares with it: one file to load.
  preserveEntrySignatures: "allow-extension",
  external: ["undici"],
  output: { dir: "dist", format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name].js", cleanDir: true },
});
