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

async function namesIn(folder: string, takesReports = false): Promise<string[]> {
  return (await walkFolder(folder, takesReports)).captures.map((path) => path.slice(folder.length + 1));
}

function skippedNote(count: string, where: string): string {
  return `ssescope: skipped ${count} in ${where}: not captures by their names; to read them, give their names or a pattern\n`;
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

  test("prints once on stderr how many files were skipped, as stats does", async () => {
    const folders = [folderWith(["a.sse", "README.md"]), folderWith(["a.sse", "x.md", "y.txt"])];
    const one = skippedNote("1 file (1 .md)", folders[0] ?? "");
    const both = skippedNote("3 files (2 .md, 1 .txt)", "2 folders");
    expect(await run(["check", "--no-config", folders[0] ?? ""])).toEqual({ exitCode: 0, stdout: "", stderr: one });
    expect((await run(["check", "--no-config", ...folders])).stderr).toBe(both);
    const list = [`${folders.join("\n")}\n`];
    expect((await run(["check", "--no-config", "--sources-from", "-"], { stdin: list })).stderr).toBe(both);
    expect((await run(folders)).stderr).toContain(both);
    expect((await run(["--quiet", ...folders])).stderr).toBe("");
  });

  test("without captures suggests a pattern for the files that it has", async () => {
    const { stderr } = await run([folderWith(["a.yaml", "b/c.yaml", "d.md"])]);
    expect(stderr).toContain(`: skipped 3 files (2 .yaml, 1 .md)`);
    expect(stderr).toContain(`${join("**", "*.yaml")}'`);
  });
});

describe("a recorded session as a source", () => {
  const header = { schema: "ssescope/timing@1", source: "http://127.0.0.1/", startedAt: null, opening: null };
  const tooMany = { type: "rate_limit", code: "rate_limit_exceeded", message: "slow down" };

  /** Recordings with their times, and a report for those with a verdict. */
  function sessionWith(recordings: readonly (readonly [name: string, status: number, verdict: string | null])[]) {
    const folder = temporaryDirectory();
    for (const [name, status] of recordings) {
      const request = { method: "GET", url: "http://127.0.0.1/", headers: {}, exchange: 1 };
      const response = { status, statusText: "", headers: { "content-type": "application/json" } };
      const body = status === 200 ? '{"object":"list"}' : JSON.stringify({ error: tooMany });
      const lines = [
        { ...header, exchange: { request, response } },
        { offset: 0, length: body.length, ms: 1 },
        { end: "complete", ms: 2, heldBackMs: 0, error: null },
      ];
      writeFileSync(join(folder, name), body);
      writeFileSync(join(folder, `${name}.timing`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      writeFileSync(join(folder, name.replace(/\.\w+$/, ".request.json")), "{}");
    }
    const reports = recordings.filter(([, , verdict]) => verdict !== null);
    const lines = reports.map(([source, , verdict]) => `${JSON.stringify({ source, verdict })}\n`);
    writeFileSync(join(folder, "exchanges.ndjson"), `${lines.join("")}{"source":`);
    return folder;
  }

  test("is checked with its HTTP errors, whatever their names are", async () => {
    const folder = sessionWith([
      ["0001-get.json", 429, "not-a-stream"],
      ["0002-get.html", 502, "not-a-stream"],
      ["0003-get.bin", 503, "transport-error"],
    ]);
    const { exitCode, stdout, stderr } = await run(["check", "--no-config", folder]);
    expect([exitCode, stderr]).toEqual([7, ""]);
    expect(stdout).toContain("HTTP 429, rate_limit_exceeded: slow down");
    expect(stdout).toContain("3 of 3 streams fail");
    expect((await run([folder])).stderr).toContain("3 sources, the worst: not-a-stream");
  });

  test("is checked with recordings that have no report: the recording was killed", async () => {
    const folder = sessionWith([
      ["0001-get.json", 429, "not-a-stream"],
      ["0002-get.json", 429, null],
    ]);
    expect((await run(["check", "--no-config", folder])).stdout).toContain("2 of 2 streams fail");
    // The reports stand for the others.
    expect(await namesIn(folder, true)).toEqual(["0002-get.json", "exchanges.ndjson"]);
  });

  test("is checked without complete responses to requests for no stream, which are skipped", async () => {
    const folder = sessionWith([
      ["0001-get.json", 200, "ended"],
      ["0002-post.json", 200, "completed"],
      ["0003-post.json", 429, "not-a-stream"],
    ]);
    expect(await namesIn(folder)).toEqual(["0003-post.json"]);
    const { stderr } = await run(["check", "--no-config", folder]);
    expect(stderr).toContain("skipped 2 files (2 .json)");
    expect([...(await walkFolder(folder, true)).skipped]).toEqual([]);
  });
});

test("A recording in a folder is read whatever its name is.", async () => {
  expect(await namesIn(folderWith(["b.txt", "b.txt.timing"]))).toEqual(["b.txt"]);
});
