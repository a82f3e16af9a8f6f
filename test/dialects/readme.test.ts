// What is written about the dialects: the generated lists, and the page of each one. `-u` writes the lists anew.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.ts";
import { markdownTable, withSection } from "../support/generated-section.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = `${ROOT}src/dialects/`;

/** Files of `reader/` and the list itself are of no dialect. */
const NOT_DIALECTS: ReadonlySet<string> = new Set(["reader"]);

test.each([
  ["README.md", "src/dialects/"],
  ["src/dialects/README.md", ""],
])("%s lists the dialects", async (file, folder) => {
  const rows = dialects.map(({ name, title }) => [`[\`${name}\`](${folder}${name}/README.md)`, title]);
  const path = ROOT + file;
  await expect(await withSection(path, "dialects", markdownTable(["dialect", "protocol"], rows))).toMatchFileSnapshot(
    path,
  );
});

test("every folder is a dialect of the list", () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => !NOT_DIALECTS.has(name));
  expect(names.sort()).toEqual(dialects.map(({ name }) => name).sort());
});

describe.each(dialects.map(({ name }) => name))("the page of %s", (name) => {
  const page = readFileSync(`${FOLDER}${name}/README.md`, "utf8");

  test("says what it is, how it ends and how it counts", () => {
    const titles = [...page.matchAll(/^#+ .*$/gm)].map(([title]) => title);
    expect(titles.slice(0, 3)).toEqual([`# ${name}`, "## How it ends", "## How it counts"]);
  });

  test("names only words that its code or its fixtures have", () => {
    const known = `${textIn(`${FOLDER}${name}`, /\.ts$/)}${textIn(`${ROOT}fixtures/${name}`, /\.(?:sse|ndjson)$/)}`;
    const cells = [...page.matchAll(/^\|.*\|$/gm)].map(([row]) => row).join();
    const words = [...cells.matchAll(/`([^`]+)`/g)].flatMap(([, code = ""]) => code.split(/[^\w-]+/));
    expect(words.filter((word) => !known.includes(word))).toEqual([]);
  });
});

/** All files of a folder whose name fits, one behind the other. */
function textIn(folder: string, name: RegExp): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => name.test(file));
  return files.map((file) => readFileSync(`${folder}/${file}`, "utf8")).join("\n");
}
