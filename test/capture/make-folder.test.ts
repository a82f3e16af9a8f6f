import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../src/capture/make-folder.ts";
import { temporaryDirectory } from "../support/files.ts";

test("makeFolder creates missing parents and returns the first folder created.", async () => {
  const root = temporaryDirectory();
  const path = join(root, "a", "b", "c");
  expect(await makeFolder(path)).toBe(join(root, "a"));
  expect(existsSync(path)).toBe(true);
  expect(await makeFolder(path)).toBeUndefined();
  expect(await makeFolder(join(path, "d"))).toBe(join(path, "d"));
});

test("makeFolder fails at once if a parent cannot contain folders.", async () => {
  await expect(makeFolder("/proc/none/of/these")).rejects.toThrow("ENOENT");
  const file = join(temporaryDirectory(), "file");
  writeFileSync(file, "");
  await expect(makeFolder(join(file, "a"))).rejects.toThrow("ENOTDIR");
});
