import { addImport } from "../code/imports.ts";
import { addToExportedList } from "../code/lists.ts";
import type { Kind } from "../kind.ts";
import { camelCase, checkName } from "../names.ts";
import { pageOfOptions } from "../renewals.ts";
import { fill } from "../template.ts";

export const reporter: Kind = {
  name: "reporter",
  place: "",
  summary: "a value of --reporter: src/reporters/<name>.ts and a test",
  plan(root, name) {
    checkName(name, ["reporter", "reporters", "index"]);
    const values = { name, variable: camelCase(name) };
    return {
      files: [
        { path: `src/reporters/${name}.ts`, content: fill(root, "reporter/reporter.ts.txt", values) },
        { path: `test/reporters/${name}.test.ts`, content: fill(root, "reporter/test.ts.txt", values) },
      ],
      edits: [
        {
          path: "src/reporters/index.ts",
          // The first one is the default.
          change: (code) =>
            addToExportedList(addImport(code, values.variable, `./${name}.ts`), "reporters", values.variable),
        },
      ],
      renewals: [pageOfOptions],
      next: [`decide what --reporter ${name} writes: src/reporters/${name}.ts`],
    };
  },
};
