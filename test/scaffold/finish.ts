// The last steps, once the files are written: formats them, and runs the tests that write generated files.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Plan } from "./plan.ts";
import { ScaffoldError } from "./scaffold-error.ts";

/** Formats files of the project. Throws ScaffoldError with the output of the formatter. */
export function format(root: string, paths: readonly string[]): void {
  run(
    root,
    "oxfmt/bin/oxfmt",
    paths.filter((path) => /\.(?:ts|md)$/.test(path)),
  );
}

/** Writes the expected files of new fixtures and the generated pages. Throws ScaffoldError with the tests' output. */
export function renew(root: string, renewals: Plan["renewals"]): void {
  if (renewals.length === 0) return;
  const names = renewals.map(({ test }) => test.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`));
  const files = [...new Set(renewals.map(({ file }) => file))];
  run(root, "vitest/vitest.mjs", ["run", ...files, "--update", "--testNamePattern", names.join("|")]);
}

function run(root: string, program: string, argv: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "node_modules", program), ...argv], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  if (status !== 0) throw new ScaffoldError(`the files are written, but ${program} failed:\n${stdout}${stderr}`);
}
