// Files beside a capture are read by their name alone, and from its folder alone.
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { besideFile } from "../../src/sources/beside.ts";

const folder = mkdtempSync(join(tmpdir(), "beside-"));
mkdirSync(join(folder, "in"));
writeFileSync(join(folder, "secret"), "s");
writeFileSync(join(folder, "in", "body"), "abc");
afterAll(() => rmSync(folder, { recursive: true }));

const read = besideFile(join(folder, "in", "a.har"));

test("a file of the folder is read, up to a size", () => {
  expect(Buffer.from(read("body", 3) ?? []).toString()).toBe("abc");
  expect(read("body", 2)).toBeNull();
});

test("nothing else is", () => {
  for (const name of ["", ".", "..", "../secret", "..\\secret", join(folder, "secret"), "none", "a\0b"]) {
    expect(read(name, 100)).toBeNull();
  }
});
