// Starts `npm run fuzz` on any version of Node.js: the fuzzer is TypeScript, bundled at each start.
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "rolldown";
import program from "../../rolldown.config.js";
import { configValidator } from "../../src/check/compile-validator.js";
import { htmlReportAssets } from "../../src/html-report/bundle.js";

const BUNDLE = "coverage/fuzz/fuzz.js";

process.chdir(fileURLToPath(new URL("../../", import.meta.url)));
await build({
  input: "test/fuzz/fuzz.ts",
  platform: "node",
  external: program.external ?? [],
  plugins: [configValidator(), htmlReportAssets()],
  logLevel: "warn",
  output: { file: BUNDLE, codeSplitting: false },
});
await import(pathToFileURL(BUNDLE).href);
