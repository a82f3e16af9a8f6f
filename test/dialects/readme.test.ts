// The pages about dialects: the generated lists, and the page of each one. `-u` updates the lists.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { allDialects } from "../../src/dialects/all-dialects.ts";
import { markdownTable, withSection } from "../support/generated-section.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = `${ROOT}src/dialects/`;

/** Entries that are not the folder of a dialect. */
const NOT_DIALECTS: ReadonlySet<string> = new Set(["reader"]);

function pageOf(name: string): string {
  return readFileSync(`${FOLDER}${name}/README.md`, "utf8");
}

/** The first sentence of a page without links: who uses the protocol. */
function firstSentenceOf(page: string): string {
  const sentence = /^# .*\n+(?<sentence>.*?)\.(?:\s|$)/.exec(page)?.groups?.sentence ?? "";
  return sentence.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
}

test("src/dialects/README.md lists the dialects, each with the first sentence of its page", async () => {
  expect.assertions(1);
  const path = `${FOLDER}README.md`;
  const rows = allDialects().map(({ name }) => [`[\`${name}\`](${name}/README.md)`, firstSentenceOf(pageOf(name))]);
  const table = markdownTable(["dialect", "protocol"], rows);
  await expect(await withSection(path, "dialects", table)).toMatchFileSnapshot(path);
});

test("every folder is a dialect of the list", () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => !NOT_DIALECTS.has(name));
  expect(names.sort()).toEqual(
    allDialects()
      .map(({ name }) => name)
      .sort(),
  );
});

describe.each(allDialects().map(({ name }) => name))("the page of %s", (name) => {
  const page = pageOf(name);

  test("says what it is, how it ends and how tokens are counted", () => {
    const titles = [...page.matchAll(/^#+ .*$/gm)].map(([title]) => title);
    expect(titles.slice(0, 3)).toEqual([`# ${name}`, "## How it ends", "## How it counts"]);
    expect(firstSentenceOf(page).length).toBeGreaterThan(20);
  });

  test("names only words that its code or its fixtures have", () => {
    const known = `${textIn(`${FOLDER}${name}`, /\.ts$/)}${textIn(`${ROOT}fixtures/${name}`, /\.(?:sse|ndjson)$/)}`;
    const cells = [...page.matchAll(/^\|.*\|$/gm)].map(([row]) => row).join();
    const words = [...cells.matchAll(/`([^`]+)`/g)].flatMap(([, code = ""]) => code.split(/[^\w-]+/));
    expect(words.filter((word) => !known.includes(word))).toEqual([]);
  });
});

/** The joined texts of all files of a folder with a matching name. */
function textIn(folder: string, name: RegExp): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => name.test(file));
  return files.map((file) => readFileSync(`${folder}/${file}`, "utf8")).join("\n");
}
