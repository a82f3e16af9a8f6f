// `npm run mutate [-- FOLDER…]`: changes the source of each folder one place at a time, and reports the changes that no
// test detects. coverage/mutants/FOLDER.html lists all of them.
import { Stryker } from "@stryker-mutator/core";
import { testsOf } from "./folders.js";

const folders = [...testsOf.keys()];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !testsOf.has(name));
if (unknown.length > 0) {
  process.stderr.write(`no tests are listed for ${unknown.join(", ")}: folders are ${folders.join(", ")}\n`);
  process.exit(2);
}

/**
 * Tests the mutants of a folder of `src` and counts them by status.
 * @param {string} folder
 */
async function mutate(folder) {
  process.env.MUTATED_FOLDER = folder;
  const mutants = await new Stryker({
    mutate: [`src/${folder}/**/*.ts`],
    plugins: ["@stryker-mutator/vitest-runner"],
    testRunner: "vitest",
    vitest: { configFile: "test/mutants/vitest.config.ts", related: false },
    concurrency: 1,
    // Most strings are wording, which people judge; types and fixtures check the names among them.
    mutator: { excludedMutations: ["StringLiteral"] },
    // No such file exists: otherwise Stryker would edit tsconfig.json with an API that TypeScript 7 lacks.
    tsconfigFile: "none",
    ignorePatterns: ["coverage", "dist"],
    tempDirName: "coverage/mutants/sandbox",
    reporters: ["progress-append-only", "clear-text", "html", "json"],
    clearTextReporter: { reportTests: false, allowEmojis: false, allowColor: false },
    htmlReporter: { fileName: `coverage/mutants/${folder}.html` },
    jsonReporter: { fileName: `coverage/mutants/${folder}.json` },
  }).runMutationTest();
  const count = (/** @type {string} */ status) => mutants.filter((mutant) => mutant.status === status).length;
  return {
    killed: count("Killed") + count("Timeout"),
    survived: count("Survived"),
    uncovered: count("NoCoverage"),
  };
}

let table = "folder     killed  survived  no coverage  score\n";
for (const folder of asked.length === 0 ? folders : asked) {
  const { killed, survived, uncovered } = await mutate(folder);
  const score = (killed * 100) / (killed + survived + uncovered);
  const cells = [
    folder.padEnd(8),
    ...[killed, survived, uncovered].map((count, index) => String(count).padStart([9, 10, 13][index] ?? 0)),
  ];
  table += `${cells.join("")}  ${score.toFixed(1).padStart(5)}\n`;
}
process.stdout.write(`\n${table}`);
