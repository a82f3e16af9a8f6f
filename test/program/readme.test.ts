// The commands that README shows are run, and must print what it says. After a change that is meant to change them,
// `npx vitest run test/program/readme.test.ts -u` writes what they print now into README.
import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
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

function exampleOf(command: string, output: string): string {
  return `$ ${command}\n${output}\`\`\``;
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

  it("says what its commands print", async () => {
    let printed = text;
    for (const { command, output } of examples) {
      const shown = await runInShell(command);
      printed = printed.replace(exampleOf(command, output), () => exampleOf(command, shown));
    }
    await expect(printed).toMatchFileSnapshot(readme);
  });
});
