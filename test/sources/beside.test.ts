// Files beside a capture are read only by name, and only from allowed folders.
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

test("a file of a folder that the caller names is read, also from its subfolders", () => {
  mkdirSync(join(folder, "__files", "chat"), { recursive: true });
  writeFileSync(join(folder, "__files", "chat", "1.txt"), "c");
  expect(Buffer.from(read("chat/1.txt", 9, ["none", "../__files"]) ?? []).toString()).toBe("c");
  expect(Buffer.from(read("body", 9, ["../__files", "."]) ?? []).toString()).toBe("abc");
  for (const name of ["chat/../../secret", "../secret", "/etc/hosts", "chat//1.txt", "C:\\a", "", "chat"]) {
    expect(read(name, 9, ["../__files"])).toBeNull();
  }
});

test("no other file is read", () => {
  for (const name of ["", ".", "..", "../secret", "..\\secret", join(folder, "secret"), "none", "a\0b"]) {
    expect(read(name, 100)).toBeNull();
  }
});
