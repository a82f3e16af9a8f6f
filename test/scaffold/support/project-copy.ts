// A copy of the project to generate into.
import { spawnSync } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryDirectory } from "../../support/files.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));

const COPIED = [
  "bin",
  "fixtures",
  "src",
  "test",
  ".oxfmtrc.json",
  ".oxlintrc.json",
  "README.md",
  "CONTRIBUTING.md",
  "knip.json",
  "package.json",
  "rolldown.config.js",
  "tsconfig.json",
  "vitest.config.ts",
];

/** The folder of a copy, which is removed after the test. It shares the packages of the project. */
export function copyProject(): string {
  const root = temporaryDirectory();
  for (const name of COPIED) cpSync(join(PROJECT, name), join(root, name), { recursive: true });
  symlinkSync(join(PROJECT, "node_modules"), join(root, "node_modules"), "dir");
  return root;
}

/** Runs a program of a package in a folder. Returns its output if it fails, otherwise an empty text. */
export function complaintsOf(root: string, program: string, ...argv: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "node_modules", program), ...argv], {
    cwd: root,
    encoding: "utf8",
    env: environment(),
  });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

/** The environment without the variables of this test runner. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_V8_COVERAGE$|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(own), NO_COLOR: "1" };
}
