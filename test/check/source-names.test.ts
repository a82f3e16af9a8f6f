import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expandPattern } from "../../src/check/source-names.ts";
import { captureFiles } from "../support/files.ts";

describe("A name is kept as it is", () => {
  test.each(["-", "plain.sse", "no/such.sse", "http://127.0.0.1/v1?a[]=*", "https://h/{x}"])("%s", async (name) => {
    expect(await expandPattern(name, "/")).toEqual([name]);
  });

  test("if a file with that name exists, even if it looks like a pattern", async () => {
    const [path = ""] = captureFiles({ "a[1].sse": "", "a1.sse": "" });
    expect(await expandPattern(path, "/")).toEqual([path]);
  });
});

describe("A pattern expands to the files that it matches", () => {
  const names = ["b.sse", "a.sse", "c1.sse", "d.txt"];
  const files = () => {
    const [first = ""] = captureFiles(Object.fromEntries(names.map((name) => [name, ""])));
    return join(first, "..");
  };

  test.each([
    ["*.sse", ["a.sse", "b.sse", "c1.sse"]],
    ["?.sse", ["a.sse", "b.sse"]],
    ["[ab].sse", ["a.sse", "b.sse"]],
    ["{b,d}.*", ["b.sse", "d.txt"]],
    ["**/*.txt", ["d.txt"]],
  ])("in the order of their names: %s", async (pattern, matched) => {
    const cwd = files();
    expect(await expandPattern(pattern, cwd)).toEqual(matched);
    expect(await expandPattern(join(cwd, pattern), "/")).toEqual(matched.map((name) => join(cwd, name)));
  });

  test("but not to the contents of folders that it matches", async () => {
    const cwd = files();
    mkdirSync(join(cwd, "folder.sse"));
    writeFileSync(join(cwd, "folder.sse", "e.sse"), "");
    expect(await expandPattern("*.sse", cwd)).toEqual(["a.sse", "b.sse", "c1.sse"]);
  });

  test("and is a user error if it matches none", async () => {
    await expect(expandPattern("*.har", files())).rejects.toThrow("no file matches *.har");
  });
});
