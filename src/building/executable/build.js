// Builds the single executable, which needs no Node.js installation: a copy of the running Node.js with the program in
// it. Tested on Linux.
// https://nodejs.org/docs/latest-v20.x/api/single-executable-applications.html
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";
import { configValidator } from "../../check/compile-validator.js";
import { htmlReportAssets } from "../../html-report/bundle.js";
import { stretchModule } from "../../stretch/bundle.js";
import { leaveOut } from "../leave-out.js";
import { licencesOf } from "../licences.js";
import { packedExamples } from "../packed-examples.js";
import { EXAMPLES, SCRIPT } from "./assets.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FOLDER = join(ROOT, "coverage/executable");
const EXECUTABLE = join(FOLDER, process.platform === "win32" ? "ssescope.exe" : "ssescope");

/** Node.js looks for the embedded program behind this marker. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";
const BLOB = "NODE_SEA_BLOB";

const LOADER = fileURLToPath(new URL("load-program.js", import.meta.url));

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });

const script = join(FOLDER, "ssescope.cjs");
const { output } = await build({
  input: fileURLToPath(new URL("main.js", import.meta.url)),
  platform: "node",
  logLevel: "warn",
  plugins: [
    { name: "load-program", resolveId: (id) => (id === "./load-program.js" ? LOADER : null) },
    leaveOut(),
    configValidator(),
    htmlReportAssets(),
    stretchModule(),
  ],
  output: {
    file: script,
    format: "cjs",
    codeSplitting: false,
    // Scripts with a V8 code cache cannot use import().
    dynamicImportInCjs: false,
    comments: false,
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  },
});
const preact = join(ROOT, "node_modules/preact/package.json");
writeFileSync(join(FOLDER, "LICENCES.txt"), licencesOf([...Object.keys(output[0].modules), preact]));

const examples = join(FOLDER, "rule-examples.json.gz");
writeFileSync(examples, packedExamples());
const blob = join(FOLDER, "ssescope.blob");
const config = join(FOLDER, "sea-config.json");
writeFileSync(
  config,
  JSON.stringify({
    // The name appears in stacks, so it has no folders of this machine.
    main: basename(script),
    output: basename(blob),
    disableExperimentalSEAWarning: true,
    useCodeCache: true,
    assets: { [SCRIPT]: script, [EXAMPLES]: examples },
  }),
);
run(process.execPath, "--experimental-sea-config", config);

copyFileSync(process.execPath, EXECUTABLE);
chmodSync(EXECUTABLE, 0o755);
const isMac = process.platform === "darwin";
// Embedding the program would invalidate the signature.
if (isMac) run("codesign", "--remove-signature", EXECUTABLE);
const segment = isMac ? ["--macho-segment-name", "NODE_SEA"] : [];
run(
  process.execPath,
  join(ROOT, "node_modules/postject/dist/cli.js"),
  EXECUTABLE,
  BLOB,
  blob,
  "--sentinel-fuse",
  FUSE,
  ...segment,
);
if (isMac) run("codesign", "--sign", "-", EXECUTABLE);
for (const file of [script, examples, blob, config]) rmSync(file);
process.stdout.write(`${EXECUTABLE}\n`);

/**
 * Runs a program; its output is shown only if it fails.
 * @param {string} command
 * @param {readonly string[]} words
 */
function run(command, ...words) {
  execFileSync(command, words, { cwd: FOLDER, stdio: ["ignore", "ignore", "pipe"] });
}
