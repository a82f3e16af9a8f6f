// The tests that write generated files, to be run after a scaffold adds to them.
import type { Plan } from "./plan.ts";

type Renewal = Plan["renewals"][number];

/** The expected files of the fixtures whose path starts with `path`. */
export function expectedFilesOf(fixture: string): Renewal {
  return { file: "test/fixtures.test.ts", test: fixture };
}

/** The lists of dialects. */
export const listOfDialects: Renewal = {
  file: "test/dialects/readme.test.ts",
  test: "src/dialects/README.md lists the dialects",
};

/** The types of the library for the names of dialects and framings. */
export const namesInTypes: Renewal = { file: "test/library/format-names.test.ts", test: "the types of names" };

/** The page of all rules. */
export const pageOfRules: Renewal = { file: "test/rules/readme.test.ts", test: "the page of the rules" };

/** The page of all commands, with the values of their options. */
export const pageOfOptions: Renewal = { file: "test/commands/reference.test.ts", test: "the reference lists" };
