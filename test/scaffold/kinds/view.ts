import { addImport } from "../code/imports.ts";
import { addToExportedList } from "../code/lists.ts";
import type { Kind } from "../kind.ts";
import { camelCase, checkName } from "../names.ts";
import { pageOfOptions } from "../renewals.ts";
import { fill } from "../template.ts";

export const view: Kind = {
  name: "view",
  place: "",
  summary: "a value of --format: src/views/<name>.ts and a test",
  plan(root, name) {
    checkName(name, ["view", "views", "index"]);
    const values = { name, variable: camelCase(name) };
    return {
      files: [
        { path: `src/views/${name}.ts`, content: fill(root, "view/view.ts.txt", values) },
        { path: `test/views/${name}.test.ts`, content: fill(root, "view/test.ts.txt", values) },
      ],
      edits: [
        {
          path: "src/views/index.ts",
          // The first one is the default.
          change: (code) =>
            addToExportedList(addImport(code, values.variable, `./${name}.ts`), "views", values.variable),
        },
      ],
      renewals: [pageOfOptions],
      next: [`decide what --format ${name} shows: src/views/${name}.ts`],
    };
  },
};
