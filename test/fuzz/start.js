// Starts `npm run fuzz` on any version of Node.js: the fuzzer is TypeScript, bundled at each start.
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "rolldown";
import { configValidator } from "../../src/check/compile-validator.js";
import { htmlReportAssets } from "../../src/html-report/bundle.js";
import { stretchModule } from "../../src/stretch/bundle.js";

const BUNDLE = "coverage/fuzz/fuzz.js";

process.chdir(fileURLToPath(new URL("../../", import.meta.url)));
await build({
  input: "test/fuzz/fuzz.ts",
  platform: "node",
  // libxml2-wasm loads its WebAssembly from its own folder; undici is not bundled with the program either.
  external: ["libxml2-wasm", "undici"],
  plugins: [configValidator(), htmlReportAssets(), stretchModule()],
  logLevel: "warn",
  output: { file: BUNDLE, codeSplitting: false },
});
await import(pathToFileURL(BUNDLE).href);
