// Runs before every test file of a mutation run.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeEach } from "vitest";

/**
 * Skipped tests, each slower than all others of its folder together: a mutant that no test detects has to pass all of
 * them.
 */
const SLOW: readonly RegExp[] = [
  /^gives the same however it is cut/,
  /^is unique\.$/,
  /^is as long as the id\.$/,
  /^of one line may be many MiB, in one chunk or in many\.$/,
  /^below the limit is read in pieces, and not held in memory\.$/,
];

beforeEach(({ task, skip }) => {
  if (SLOW.some((pattern) => pattern.test(task.name))) skip();
});

// Loads the modules that the program loads on first use. Otherwise Stryker would assign their top-level code to the
// test that runs first, and run no other test for it.
const folder = new URL(`../../src/${process.env.MUTATED_FOLDER}/`, import.meta.url);
for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
  if (name.endsWith(".ts")) await import(fileURLToPath(new URL(name, folder)));
}
