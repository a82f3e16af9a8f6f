import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeSkipped, walkFolder } from "../../src/check/folder.ts";
import { run } from "../support/io.ts";
import { temporaryDirectory } from "../support/files.ts";
import { answer, created, stream } from "../support/stream.ts";

function folderWith(names: readonly string[]): string {
  const folder = temporaryDirectory();
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), answer("hey"));
  }
  return folder;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await walkFolder(folder)).captures.map((path) => path.slice(folder.length + 1));
}

describe("a folder is walked", () => {
  test("for captures, compressed or not, sorted by name", async () => {
    const names = ["b.sse", "a/z.ndjson", "a/y.SSE.GZ", "c/d/e.har", "a.jsonl.zst", "f.log.br"];
    expect(await namesIn(folderWith(names))).toEqual([...names].sort());
  });

  test("and other files are counted", async () => {
    const folder = folderWith(["a.sse", "a.sse.timing", "a.sse.request.json", "README.md", "x.json", "y.json", "x.gz"]);
    const { captures, skipped } = await walkFolder(folder);
    expect(captures).toHaveLength(1);
    expect(describeSkipped(skipped)).toBe("4 files (2 .json, 1 .md, 1 .gz)");
  });

  test("without the reports of a session, unless they are asked for", async () => {
    const folder = folderWith(["0001-post-v1-responses.sse", "exchanges.ndjson"]);
    expect(await namesIn(folder)).toEqual(["0001-post-v1-responses.sse"]);
    expect((await walkFolder(folder, true)).captures).toHaveLength(2);
    await expect(walkFolder(folderWith(["exchanges.ndjson"]))).rejects.toThrow("no captures in");
  });

  test("without hidden files and installed packages", async () => {
    expect(await namesIn(folderWith(["a.sse", ".git/b.sse", ".c.sse", "node_modules/d/e.sse"]))).toEqual(["a.sse"]);
  });

  test("through links, but no folder twice", async () => {
    const folder = folderWith(["a/b.sse", "c/d.sse"]);
    symlinkSync("..", join(folder, "a", "loop"));
    symlinkSync(join(folder, "c"), join(folder, "a", "linked"));
    symlinkSync("gone", join(folder, "a", "dangling.sse"));
    const names = await namesIn(folder);
    expect(names.filter((name) => name.endsWith("d.sse"))).toHaveLength(1);
    expect(names.filter((name) => name.endsWith("b.sse"))).toHaveLength(1);
    expect(names).toContain("a/dangling.sse");
  });
});

test("a pipe in a folder is not waited for", async () => {
  const folder = temporaryDirectory();
  execFileSync("env", ["mkfifo", join(folder, "pipe.sse")]);
  writeFileSync(join(folder, "a.sse"), answer("hey"));
  const { captures, skipped } = await walkFolder(folder);
  expect([captures, [...skipped]]).toEqual([[join(folder, "a.sse")], [[".sse", 1]]]);
});

describe("a folder as a source", () => {
  test("is checked with all captures in it", async () => {
    const folder = folderWith(["a.sse", "b/c.sse"]);
    writeFileSync(join(folder, "b", "d.sse"), stream(created()));
    const { exitCode, stdout } = await run(["check", "--no-config", folder]);
    expect(exitCode).toBe(5);
    expect(stdout).toContain("1 of 3 streams fails: 1 truncated\n");
  });

  test("is also read without a command", async () => {
    const { stdout, stderr } = await run([folderWith(["a.sse", "b/c.sse"])]);
    expect(stdout).toBe("hey\nhey");
    expect(stderr).toContain("2 sources, the worst: completed, exit 0");
  });

  test("without captures is an error that says what was skipped", async () => {
    const folder = folderWith(["a.txt"]);
    const { exitCode, stdout } = await run(["check", "--no-config", folder]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain(`no captures in ${folder}: skipped 1 file (1 .txt)`);
    expect((await run([folder])).exitCode).toBe(2);
  });

  test("prints on a terminal and in a CI how many files were skipped", async () => {
    const folder = folderWith(["a.sse", "README.md"]);
    const said = `ssescope: skipped 1 file (1 .md) in ${folder}: not captures\n`;
    expect((await run(["check", "--no-config", folder], { env: { CI: "true" } })).stderr).toBe(said);
    expect((await run(["check", "--no-config", folder], { terminalColumns: 200, env: { NO_COLOR: "1" } })).stderr).toBe(
      said,
    );
    expect((await run(["check", "--no-config", folder])).stderr).toBe("");
  });
});
