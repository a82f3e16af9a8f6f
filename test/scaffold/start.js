// Starts `npm run new` on any version of Node.js: the scaffold is TypeScript, bundled at each start.
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "rolldown";

const BUNDLE = "coverage/scaffold/new.js";

process.chdir(fileURLToPath(new URL("../../", import.meta.url)));
await build({
  input: "test/scaffold/new.ts",
  platform: "node",
  external: "rolldown/parseAst",
  logLevel: "warn",
  output: { file: BUNDLE },
});
await import(pathToFileURL(BUNDLE).href);
