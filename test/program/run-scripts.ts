// Runs the scripts of workflows as a CI does, with replaced programs in their path.
import { execFile } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryDirectory } from "../support/files.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** A shell command that runs the program of this checkout. */
export const PROGRAM = `'${process.execPath}' '${join(ROOT, "bin", "ssescope.js")}'`;

export interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

/** A folder for PATH with these programs, each a script for `sh`. */
export function programs(scripts: Readonly<Record<string, string>>): string {
  const folder = temporaryDirectory();
  for (const [name, script] of Object.entries(scripts)) {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }
  return folder;
}

/** The commands of a workflow in order, one script per step. */
export function scriptsIn(value: unknown, keys: readonly string[]): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (!keys.includes(key)) return scriptsIn(inner, keys);
    return Array.isArray(inner) ? inner.map(String) : [String(inner)];
  });
}

/**
 * Runs a script with bash like GitHub: with `-o pipefail` if its step names the shell. The output has both streams.
 * https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#jobsjob_idstepsshell
 */
export function runScript(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = ["-e"],
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile("bash", [...flags, "-c", `exec 2>&1\n${script}`], { cwd, env }, (_error, output) =>
      resolve({ exitCode: child.exitCode ?? 1, output }),
    );
  });
}
