// The commands that README shows are run, and must print what it says. After a change that is meant to change them,
// SSESCOPE_RENEW=1 writes what they print now into README.
import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { timingDefinitions } from "../../src/model/timing.ts";

const root = path.resolve(import.meta.dirname, "../..");
const readme = path.join(root, "README.md");
const text = await readFile(readme, "utf8");
const examples = [...text.matchAll(/```console\n\$ (?<command>.*)\n(?<output>[^]*?)```/g)].map(({ groups }) => ({
  command: groups?.command ?? "",
  output: groups?.output ?? "",
}));

/** A folder in which `ssescope` is the program of this checkout. */
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ssescope-readme-"));
  const program = path.join(root, "bin", "ssescope.js");
  await chmod(program, 0o755);
  await symlink(program, path.join(folder, "ssescope"));
});

afterAll(() => rm(folder, { recursive: true }));

/** What a person sees: both outputs, in the order in which they were written. */
function runInShell(command: string): Promise<string> {
  const env = { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}`, NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile("bash", ["-c", `exec 2>&1; ${command}`], { cwd: root, env }, (_error, stdout) => resolve(stdout));
  });
}

async function renew(command: string, output: string, printed: string): Promise<string> {
  const before = await readFile(readme, "utf8");
  const example = (shown: string) => `$ ${command}\n${shown}\`\`\``;
  await writeFile(
    readme,
    before.replace(example(output), () => example(printed)),
  );
  return printed;
}

/** A table without its padding. */
function words(table: string): string {
  return table.replaceAll(/-+/g, "-").replaceAll(/ +/g, " ");
}

describe("README", () => {
  it("shows five uses with their output", () => {
    expect(examples.length).toBeGreaterThanOrEqual(5);
  });

  it("defines times as --help does", async () => {
    const table = `| time | from the start of the request, or of the reading |\n| --- | --- |\n${timingDefinitions
      .map(([name, meaning]) => `| ${name} | ${meaning} |\n`)
      .join("")}`;
    expect(words(await readFile(readme, "utf8"))).toContain(words(table));
  });

  it.each(examples)("says what `$command` prints", async ({ command, output }) => {
    const printed = await runInShell(command);
    const shown = process.env.SSESCOPE_RENEW === "1" ? await renew(command, output, printed) : output;
    expect(printed).toBe(shown);
  });
});
