// Configs of `check`: named, found in a folder, and in a package.json.
import { fixtureNamed } from "../../support/fixtures.ts";
import { changes } from "../changes.ts";
import { inFolder, writeFiles } from "../folder.ts";
import { describe, perform } from "../perform.ts";
import { jsonChanges } from "../structure.ts";
import type { Model, Target } from "../target.ts";
import type { Output } from "../trial.ts";

const NAME = "ssescope.config.json";

function config(name: string, value: object): Model {
  return { name, path: "", bytes: Buffer.from(JSON.stringify(value, null, 2)) };
}

const { path: hey } = fixtureNamed("openai-responses/hey.sse");

function checked(fileName: string, isNamed: boolean, wrap: (config: string) => string): Output["of"] {
  return (input) =>
    inFolder(async (folder) => {
      const text = Buffer.from(wrap(Buffer.from(input).toString("latin1")), "latin1");
      const [path = ""] = writeFiles(folder, new Map([[fileName, text]]));
      const argv = ["check", "--color", "never", ...(isNamed ? ["--config", path] : []), hey];
      const done = await perform(argv, { cwd: folder, inputBytes: input.length, terminalColumns: 80 });
      return describe(done).replaceAll(`${folder}/`, "");
    });
}

const asItIs = (text: string): string => text;

export const configs: Target = {
  name: "configs",
  models: [
    config("all keys", {
      $schema: "./node_modules/ssescope/src/schemas/config.schema.json",
      profile: "openai",
      rules: { "sequence-gap": "warning", "delta-mismatch": "off", "no-terminal": "error" },
      failOn: "warning",
      stallThreshold: "15s",
      expect: ["status=completed", "usage.outputTokens<=500", "text~/hey|hi/i", "ttft<=2s", "tool=get_weather"],
    }),
    config("a package", { name: "x", ssescope: { profile: "core", expect: ["text~/^(?:a+)+$/"] } }),
  ],
  changes: [...jsonChanges, ...jsonChanges, ...changes],
  trials: [
    {
      name: "config",
      outputs: [
        { way: "named", of: checked(NAME, true, asItIs) },
        { way: "found", of: checked(NAME, false, asItIs) },
      ],
    },
    {
      name: "config in a package",
      outputs: [
        { way: "named", of: checked("package.json", true, (text) => `{"ssescope":${text}}`) },
        { way: "found", of: checked("package.json", false, (text) => `{"ssescope":${text}}`) },
      ],
    },
    { name: "package", outputs: [{ way: "found", of: checked("package.json", false, asItIs) }] },
  ],
  trialsEach: 3,
};
