// How the tests run for `npm run mutate` (mutate.js): those of one folder, without the bundle, which holds no mutants.
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { configValidator } from "../../src/check/compile-validator.js";
import { htmlReportAssets } from "../../src/html-report/bundle.js";
import { stretchModule } from "../../src/stretch/bundle.js";
import { testsOf } from "./folders.js";

const files = testsOf.get(process.env.MUTATED_FOLDER ?? "") ?? [];

/** What stands before the first wildcard of a pattern. */
function stem(pattern: string): string {
  return pattern.split("*", 1)[0] ?? "";
}

function rankOf({ moduleId }: TestSpecification): number {
  return files.findLastIndex((file) => moduleId.includes(stem(file)));
}

/** The first test that fails ends a run: those come first that say most in the least time. */
class AsNamed extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    return specifications.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

export default defineConfig({
  plugins: [configValidator(), htmlReportAssets(), stretchModule()],
  test: {
    include: [...files],
    // Modules are loaded once for all files of a run: loading the program for each takes longer than most tests.
    isolate: false,
    setupFiles: ["test/mutants/setup.ts"],
    sequence: { sequencer: AsNamed },
    // Stryker has a time limit of its own for mutants that hang.
    testTimeout: 60_000,
  },
});
