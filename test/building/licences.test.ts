import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { licencesOf } from "../../src/building/licences.js";
import { temporaryDirectory } from "../support/files.ts";

function install(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryDirectory(), "node_modules", name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return join(folder, "index.js");
}

describe("the licences of bundled packages", () => {
  test("contain each package once, including scoped ones, and none of our own modules", () => {
    const plain = install("plain", { "package.json": '{"name":"plain","version":"1.0.0"}', LICENSE: "Plain terms\n" });
    const scoped = install("@a/b", {
      "package.json": '{"name":"@a/b","version":"2.0.0"}',
      "licence.md": "Other terms",
    });
    const all = licencesOf([plain, `${plain}/../lib.js`, `\0${scoped}`, "/project/src/cli.ts"]);
    expect(all.match(/Plain terms/g)).toHaveLength(1);
    expect(all).toContain("plain 1.0.0\n\nPlain terms\n");
    expect(all).toContain("@a/b 2.0.0\n\nOther terms\n");
  });

  test("are required", () => {
    const bare = install("bare", { "package.json": '{"name":"bare","version":"1.0.0"}' });
    expect(() => licencesOf([bare])).toThrow("bare, which is bundled, has no file with its licence");
  });
});
