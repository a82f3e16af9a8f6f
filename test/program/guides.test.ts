// Runs the commands in README and the guides; their output must match. After an intended change,
// `npx vitest run test/program/guides.test.ts -u` updates the output in the guides.
import { execFile, execFileSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { timingDefinitions } from "../../src/model/timing.ts";

const root = path.resolve(import.meta.dirname, "../..");
const guides = globGuides();
const EXAMPLE = /```console\n\$ (?<command>.*)\n(?<output>[^]*?)```/g;

/** All Markdown files, by their paths in the project. */
function globGuides(): readonly string[] {
  const listed = execFileSync("find", [".", "-name", "*.md", "-not", "-path", "*/node_modules/*"], { cwd: root });
  return listed
    .toString()
    .trim()
    .split("\n")
    .map((file) => path.posix.normalize(file))
    .sort();
}

function textOf(guide: string): string {
  return readFileSync(path.join(root, guide), "utf8");
}

/** A folder where `ssescope` is the program of this checkout. */
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ssescope-guides-"));
  const program = path.join(root, "bin", "ssescope.js");
  await chmod(program, 0o755);
  await symlink(program, path.join(folder, "ssescope"));
});

afterAll(() => rm(folder, { recursive: true }));

/** Both outputs, in the order in which they were written, as on a terminal. */
function runInShell(command: string): Promise<string> {
  const env = { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}`, NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile("bash", ["-c", `exec 2>&1; ${command}`], { cwd: root, env }, (_error, stdout) => resolve(stdout));
  });
}

function exampleOf(command: string, output: string): string {
  return `\`\`\`console\n$ ${command}\n${output}\`\`\``;
}

/** A table without its padding. */
function words(table: string): string {
  return table.replaceAll(/-+/g, "-").replaceAll(/ +/g, " ");
}

/** consumer.test.ts runs its commands in a project that installs the package. */
const OF_CONSUMERS = "src/library/README.md";
const guidesWithExamples = guides.filter((guide) => guide !== OF_CONSUMERS && textOf(guide).search(EXAMPLE) !== -1);

test("README and the guides show commands", () => {
  expect(guidesWithExamples).toContain("README.md");
  expect(guidesWithExamples.length).toBeGreaterThan(5);
});

test.each(guidesWithExamples)("%s says what its commands print", async (guide) => {
  const text = textOf(guide);
  let printed = text;
  for (const { groups: { command = "", output = "" } = {} } of text.matchAll(EXAMPLE)) {
    const shown = await runInShell(command);
    printed = printed.replace(exampleOf(command, output), () => exampleOf(command, shown));
  }
  await expect(printed).toMatchFileSnapshot(path.join(root, guide));
});

test("the guide of times defines them as --help does", async () => {
  const rows = timingDefinitions.map(([name, meaning]) => `| ${name} | ${meaning} |\n`).join("");
  const table = `| time | from the start of the request, or of the reading |\n| --- | --- |\n${rows}`;
  expect(words(await readFile(path.join(root, "src/timing/README.md"), "utf8"))).toContain(words(table));
});

const MOST_WORDS = 900;

test("README can be read in four minutes", () => {
  expect(textOf("README.md").split(/\s+/).length).toBeLessThan(MOST_WORDS);
});

describe("The links of", () => {
  test.each(guides)("%s lead somewhere", (guide) => {
    const links = [
      ...withoutCode(textOf(guide)).matchAll(/\]\((?<target>[^)\s]+)\)|(?:src|srcset)="(?<image>[^"]+)"/g),
    ];
    const targets = links.map(({ groups }) => groups?.["target"] ?? groups?.["image"] ?? "");
    expect(targets.filter((target) => !/^https?:/.test(target) && !leadsSomewhere(guide, target))).toEqual([]);
  });
});

/** Removes code, which can look like links. */
function withoutCode(text: string): string {
  return text.replaceAll(/```[^]*?```/g, "").replaceAll(/`[^`\n]*`/g, "`code`");
}

function leadsSomewhere(guide: string, target: string): boolean {
  const [file = "", anchor] = target.split("#");
  const resolved = file === "" ? guide : path.posix.join(path.posix.dirname(guide), file);
  if (!existsSync(path.join(root, resolved))) return false;
  return anchor === undefined || anchorsIn(textOf(resolved)).has(anchor);
}

/** The anchors of headings, as GitHub generates them; repeated names get a number. */
function anchorsIn(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, title = ""] of text.replaceAll(/```[^]*?```/g, "").matchAll(/^#+ (.*)$/gm)) {
    const anchor = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-");
    let number = 0;
    while (anchors.has(number === 0 ? anchor : `${anchor}-${number}`)) number += 1;
    anchors.add(number === 0 ? anchor : `${anchor}-${number}`);
  }
  return anchors;
}
