import { addImport } from "../code/imports.ts";
import { addToExportedList } from "../code/lists.ts";
import type { Kind } from "../kind.ts";
import { camelCase, checkName } from "../names.ts";
import { read } from "../plan.ts";
import { expectedFilesOf, namesInTypes, pageOfOptions } from "../renewals.ts";
import { fill } from "../template.ts";

/** The first of the framings that accept almost any input; framings with a signature go before it. */
const LOOSE = "log";

export const framing: Kind = {
  name: "framing",
  place: "",
  summary: "a value of --framing: src/framing/<name>.ts, a fixture and a test",
  plan(root, name) {
    checkName(name, ["framing", "framings", "index"]);
    const values = { name, variable: camelCase(name) };
    return {
      files: [
        { path: `src/framing/${name}.ts`, content: fill(root, "framing/framing.ts.txt", values) },
        { path: `fixtures/${name}/hey.log`, content: wrap(read(root, "fixtures/openai-responses/hey.sse"), name) },
        { path: `test/framing/${name}.test.ts`, content: fill(root, "framing/test.ts.txt", values) },
      ],
      edits: [
        {
          path: "src/framing/index.ts",
          change: (code) =>
            addToExportedList(addImport(code, values.variable, `./${name}.ts`), "framings", values.variable, LOOSE),
        },
      ],
      renewals: [expectedFilesOf(`${name}/`), pageOfOptions, namesInTypes],
      next: [
        `replace fixtures/${name}/hey.log with real bytes, then the reader in src/framing/${name}.ts; its position`,
        "in src/framing/index.ts decides which framings are tried before it",
      ],
    };
  },
};

/** Wraps the payloads of Server-Sent Events for the generated framing. */
function wrap(stream: string, name: string): string {
  return stream
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => `${name} ${line.slice("data: ".length)}\n`)
    .join("");
}
