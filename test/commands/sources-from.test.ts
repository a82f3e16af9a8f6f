// Sources of a list that arrive one by one, from a co-process.
import { PassThrough } from "node:stream";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { captureFiles, temporaryDirectory } from "../support/files.ts";
import { run } from "../support/io.ts";
import { answer } from "../support/stream.ts";

const ARGV = ["check", "--no-config", "--sources-from", "-", "--reporter"];

describe("A source of a list is reported before the next name arrives", () => {
  test.each(["1", "2"])("with --jobs %s", async (jobs) => {
    const report = join(temporaryDirectory(), "report.ndjson");
    const paths = captureFiles({ "a.sse": answer("a"), "b.sse": answer("b"), "c.sse": answer("c") });
    const stdin = new PassThrough();
    const running = run([...ARGV, `ndjson=${report}`, "--jobs", jobs], { stdin });
    for (const [index, path] of paths.entries()) {
      stdin.write(`${path}\n`);
      await expect.poll(() => readFileSync(report, "utf8").split("\n").length - 1).toBe(index + 1);
    }
    stdin.end();
    expect((await running).exitCode).toBe(0);
  });
});

test("An interrupt ends the wait for the next one", async () => {
  const interrupt = new AbortController();
  const [path = ""] = captureFiles({ "a.sse": answer("a") });
  const report = join(temporaryDirectory(), "report.ndjson");
  const stdin = new PassThrough();
  const running = run([...ARGV, `ndjson=${report}`], { stdin, interrupt: interrupt.signal });
  stdin.write(`${path}\n`);
  await expect.poll(() => readFileSync(report, "utf8")).toContain("a.sse");
  interrupt.abort();
  expect((await running).exitCode).toBe(130);
});

test("A source that cannot be read has its own row, and the others are read", async () => {
  const [good = "", ...others] = captureFiles({ "a.sse": answer("a"), "list.ndjson": "" });
  const folder = join(temporaryDirectory(), "folder");
  mkdirSync(folder);
  writeFileSync(join(folder, "in-folder.sse"), answer("b"));
  const list = [good, "no-such.sse", "-", folder, others[0], good].join("\n");
  const { exitCode, stdout } = await run([...ARGV, "rows", "--reporter", `ndjson=${others[0] ?? ""}`], {
    stdin: [list],
  });
  const rows = stdout
    .trim()
    .split("\n")
    .map((line): { source: string; verdict: string } => JSON.parse(line));
  expect(rows.map(({ source, verdict }) => [source, verdict])).toEqual([
    [good, "completed"],
    ["no-such.sse", "unreadable"],
    ["-", "unreadable"],
    [join(folder, "in-folder.sse"), "completed"],
    [others[0], "unreadable"],
    [good, "completed"],
  ]);
  expect(exitCode).toBe(2);
});

test("Options for a URL are allowed with a list, because it may contain URLs", async () => {
  const [path = ""] = captureFiles({ "a.sse": answer("a") });
  expect(await run([...ARGV, "human", "--header", "x: y"], { stdin: [path] })).toMatchObject({ exitCode: 0 });
  expect(await run([...ARGV, "human", "-d", "@-"], { stdin: [path] })).toMatchObject({ exitCode: 2 });
});

test("Only one source can be recorded", async () => {
  const [path = ""] = captureFiles({ "a.sse": answer("a") });
  const record = ["--record", join(temporaryDirectory(), "new.sse")];
  expect(await run([...ARGV, "human", ...record], { stdin: [path] })).toMatchObject({ exitCode: 0, stderr: "" });
  const { exitCode, stderr } = await run([...ARGV, "human", ...record], { stdin: [`${path}\n${path}\n`] });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--record takes one source");
});
