// What every test file of a mutation run begins with.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeEach } from "vitest";

/**
 * What takes longer than all other tests of its folder together is left out: a mutant that no test notices meets them all.
 */
const SLOW: readonly RegExp[] = [
  /^gives the same however it is cut/,
  /^is no other id's\.$/,
  /^is as long as the id\.$/,
  /^of one line may be many MiB, in one chunk or in many\.$/,
  /^below the limit is read in pieces, and not held\.$/,
];

beforeEach(({ task, skip }) => {
  if (SLOW.some((pattern) => pattern.test(task.name))) skip();
});

// Modules that the program loads when it needs them are loaded here: else Stryker takes what a module does when it is
// loaded for a part of the one test that comes first, and asks no other.
const folder = new URL(`../../src/${process.env.MUTATED_FOLDER}/`, import.meta.url);
for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
  if (name.endsWith(".ts")) await import(fileURLToPath(new URL(name, folder)));
}
