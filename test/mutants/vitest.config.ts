// The test configuration of `npm run mutate` (mutate.js): the tests of one folder, without the bundle.
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { configValidator } from "../../src/check/compile-validator.js";
import { htmlReportAssets } from "../../src/html-report/bundle.js";
import { stretchModule } from "../../src/stretch/bundle.js";
import { testsOf } from "./folders.js";

const files = testsOf.get(process.env.MUTATED_FOLDER ?? "") ?? [];

/** The part of a pattern before its first wildcard. */
function stem(pattern: string): string {
  return pattern.split("*", 1)[0] ?? "";
}

function rankOf({ moduleId }: TestSpecification): number {
  return files.findLastIndex((file) => moduleId.includes(stem(file)));
}

/** Runs files in the order of folders.js: the first failing test ends a run, so effective and fast ones come first. */
class AsNamed extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    return specifications.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

export default defineConfig({
  plugins: [configValidator(), htmlReportAssets(), stretchModule()],
  test: {
    include: [...files],
    // Loads modules once for all files: loading the program for each file takes longer than most tests.
    isolate: false,
    setupFiles: ["test/mutants/setup.ts"],
    sequence: { sequencer: AsNamed },
    // Stryker has a time limit of its own for mutants that hang.
    testTimeout: 60_000,
  },
});
