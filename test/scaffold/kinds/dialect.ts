import { addImport } from "../code/imports.ts";
import { addToExportedList } from "../code/lists.ts";
import type { Kind } from "../kind.ts";
import { camelCase, checkName } from "../names.ts";
import { expectedFilesOf, listOfDialects, namesInTypes, pageOfOptions, pageOfRules } from "../renewals.ts";
import { fill } from "../template.ts";

/** Other folders and files beside the dialects, and the dialect that must stay last in the list. */
const TAKEN = ["dialect", "dialects", "index", "interpreter", "reader", "generic"];

export const dialect: Kind = {
  name: "dialect",
  place: "",
  summary: "a protocol: src/dialects/<name>/, a fixture and a test",
  plan(root, name) {
    checkName(name, TAKEN);
    const variable = camelCase(name);
    const entry = `{ name: "${name}", load: () => ${variable} }`;
    const file = (path: string, template: string) => ({
      path,
      content: fill(root, `dialect/${template}`, { name, variable }),
    });
    return {
      files: [
        file(`src/dialects/${name}/${name}.ts`, "reader.ts.txt"),
        file(`src/dialects/${name}/traits.ts`, "traits.ts.txt"),
        file(`src/dialects/${name}/README.md`, "README.md.txt"),
        file(`fixtures/${name}/text.sse`, "text.sse.txt"),
        file(`test/dialects/${name}/${name}.test.ts`, "test.ts.txt"),
      ],
      edits: [
        {
          path: "src/dialects/index.ts",
          change: (code) =>
            // `generic` claims every event, so it must come last.
            addToExportedList(addImport(code, variable, `./${name}/${name}.ts`), "dialects", entry, "generic"),
        },
      ],
      renewals: [expectedFilesOf(`${name}/`), listOfDialects, pageOfRules, pageOfOptions, namesInTypes],
      next: [
        `replace fixtures/${name}/text.sse with bytes as the provider sends them, and continue at step 3 of`,
        "src/dialects/README.md, How to add a dialect",
      ],
    };
  },
};
