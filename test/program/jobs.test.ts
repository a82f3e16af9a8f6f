// `check --jobs` with real threads.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { EXIT_BUG } from "../../src/model/exit-codes.ts";
import { captureFiles, temporaryDirectory } from "../support/files.ts";
import { answer } from "../support/stream.ts";
import { startProgram, startShell } from "./start-program.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));

function captures(count: number): string[] {
  return captureFiles(Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.sse`, answer("hey")])));
}

/** Runs the program; returns its outputs and exit code. */
async function check(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const program = startProgram(["check", "--no-config", ...argv], env);
  let stdout = "";
  program.process.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  return { ...(await program.ending), stdout, stderr: program.stderr() };
}

/** NODE_OPTIONS that run code in each worker when it opens `bad.sse`. */
function planted(deed: string): Readonly<Record<string, string>> {
  const script = `if (!require("node:worker_threads").isMainThread) {
    const fs = require("node:fs");
    const { openSync } = fs;
    fs.openSync = (path, ...rest) => {
      if (String(path).endsWith("bad.sse")) { ${deed} }
      return openSync(path, ...rest);
    };
  }`;
  const [file] = captureFiles({ "bug.cjs": script });
  return { NODE_OPTIONS: `--require=${file}` };
}

test("Several threads find the same as one in all fixtures.", async () => {
  const argv = ["--reporter", "ndjson", FIXTURES];
  const three = await check(["--jobs", "3", ...argv]);
  expect(three).toEqual(await check(["--jobs", "1", ...argv]));
  expect(three.stdout.split("\n").length).toBeGreaterThan(256);
  // With this many files, several are checked at a time by default.
  expect(await check(argv)).toEqual(three);
});

test.each([
  ["a bug", 'throw new Error("planted")', "Error: planted\n    at "],
  ["the end of its thread", "process.exit(3)", "its worker thread ended with exit code 3\n"],
])("%s at a source is reported with its name, and the others are checked", async (_, deed, why) => {
  const paths = captures(20);
  const [bad = ""] = captureFiles({ "bad.sse": answer("hey") });
  const sources = [...paths.slice(0, 7), bad, ...paths.slice(7)];
  const { exitCode, stdout, stderr } = await check(["--jobs", "2", "--reporter", "ndjson", ...sources], planted(deed));
  expect(exitCode).toBe(EXIT_BUG);
  expect(stderr).toContain(
    `ssescope: this is a bug in ssescope, please report it: it failed while reading ${bad}:\n${why}`,
  );
  const records = stdout
    .trimEnd()
    .split("\n")
    .map((line): { source: string; exitCode: number } => JSON.parse(line));
  expect(records.map(({ source }) => source)).toEqual(sources);
  expect(records.filter((record) => record.exitCode !== 0).map(({ source }) => source)).toEqual([bad]);
});

test("Ctrl-C ends a check with an unfinished source, and checked sources are reported.", async () => {
  const pipe = join(temporaryDirectory(), "pipe");
  execFileSync("env", ["mkfifo", pipe]);
  const [first = "", ...others] = captures(5);
  const program = startProgram(["check", "--no-config", "--jobs", "2", "--reporter", "ndjson", first, pipe, ...others]);
  const written = program.stdoutHolds(first);
  await written;
  program.process.kill("SIGINT");
  program.process.stdout.resume();
  expect(await program.ending).toEqual({ exitCode: 130, signal: null });
});

test("Ctrl-C is handled between small files, too.", async () => {
  const paths = captures(300);
  // Repeated until it takes longer than a signal.
  const sources = Array.from({ length: 20 }, () => paths).flat();
  const program = startProgram(["check", "--no-config", "--jobs", "1", "--reporter", "ndjson", ...sources]);
  await program.stdoutHolds(paths[0] ?? "");
  program.process.kill("SIGINT");
  program.process.stdout.resume();
  expect(await program.ending).toEqual({ exitCode: 130, signal: null });
});

test("A reader that closes the pipe does not change the exit code.", async () => {
  const [bad = ""] = captureFiles({ "cut.sse": answer("hey").slice(0, 400) });
  const script = '{ "$@"; echo "exit $?" >&2; } | head -1';
  const sources = [...captures(50), bad];
  const shell = startShell(script, ["check", "--no-config", "--jobs", "2", "--reporter", "ndjson", ...sources]);
  shell.process.stdout.resume();
  await shell.ending;
  expect(shell.stderr()).toBe("exit 5\n");
});
