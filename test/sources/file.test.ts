import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, constants, createWriteStream, openSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, onTestFinished, test } from "vitest";
import { fileSource } from "../../src/sources/file.ts";
import { hey, heyAfterDelta, heyUntilDelta } from "../support/captured.ts";
import { temporaryDirectory } from "../support/files.ts";
import { run } from "../support/io.ts";
import { start } from "../support/live.ts";
import { parseReport } from "../support/read-report.ts";

function temporaryFile(content: string | Uint8Array): string {
  const path = join(temporaryDirectory(), "capture.sse");
  writeFileSync(path, content);
  return path;
}

function temporaryPipe(): string {
  const path = join(temporaryDirectory(), "pipe");
  execFileSync("env", ["mkfifo", path]);
  return path;
}

test("A file with any name is read.", async () => {
  const path = temporaryFile(hey);
  expect(await run([path, "--quiet"])).toEqual({ exitCode: 0, stdout: "hey", stderr: "" });
});

test("A file larger than one read is read whole.", async () => {
  const comment = `: ${"x".repeat(1000)}\n`;
  const path = temporaryFile(comment.repeat(2000) + hey.toString("utf8"));
  const { exitCode, stdout } = await run([path, "--json"]);
  const report = parseReport(stdout);
  expect({ exitCode, verdict: report.verdict }).toEqual({ exitCode: 0, verdict: "completed" });
  expect(report).toMatchObject({ source: path, bytes: comment.length * 2000 + hey.length, comments: 2000, events: 9 });
});

// Other systems refuse such a name.
test.skipIf(process.platform !== "linux")("A file whose name is not UTF-8 is reported with what to do.", async () => {
  const folder = temporaryDirectory();
  const name = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9), Buffer.from(".sse")]);
  writeFileSync(name, hey);
  for (const argv of [[name.toString()], ["check", folder], ["check", `${folder}/*.sse`]]) {
    const { exitCode, stdout, stderr } = await run(argv);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toMatch(
      /no such file(?:; |\n {2})names must be valid UTF-8: rename it, or pipe it: ssescope < FILE/,
    );
  }
});

test("A link to a file is read.", async () => {
  const path = temporaryFile(hey);
  const link = `${path}.link`;
  symlinkSync(path, link);
  expect((await run([link])).stdout).toBe("hey");
});

test.each([
  ["An empty file", () => temporaryFile("")],
  ["The null device", () => "/dev/null"],
])("%s is not a stream.", async (_, path) => {
  const { exitCode, stdout, stderr } = await run([path()]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: "" });
  expect(stderr).toContain("the input is empty");
});

describe("A path that cannot be read ends with exit code 2 and the reason:", () => {
  test("a missing file.", async () => {
    const { exitCode, stdout, stderr } = await run(["no/such/capture.sse"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe(
      "ssescope: cannot read no/such/capture.sse: no such file\n" +
        "  check the path; - reads standard input, and a URL begins with http://, https://, ws:// or wss://\n",
    );
  });

  test("a folder without captures.", async () => {
    const folder = temporaryDirectory();
    const { exitCode, stderr } = await run([folder]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`no captures in ${folder}`);
    expect(stderr).toContain("give a pattern for others");
  });

  test("a path through a file.", async () => {
    const { exitCode, stderr } = await run([join(temporaryFile(hey), "x.sse")]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("cannot read");
  });

  // The superuser may read everything.
  test.skipIf(process.getuid?.() === 0)("a file without permission (not as root, who may read it).", async () => {
    const path = temporaryFile(hey);
    chmodSync(path, 0);
    const { exitCode, stderr } = await run([path]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("permission denied");
  });

  test("an empty name.", async () => {
    expect((await run([""])).exitCode).toBe(2);
  });
});

describe("Of several files", () => {
  test("each is read even if one is missing, and the exit code is 2.", async () => {
    const path = temporaryFile(hey);
    const { exitCode, stdout, stderr } = await run([path, "no/such.sse", path]);
    expect(exitCode).toBe(2);
    expect(stdout.match(/hey/g)).toHaveLength(2);
    expect(stderr).toContain("cannot read no/such.sse: no such file");
    expect(stderr.match(/^✓ completed {2}openai-responses$/gm)).toHaveLength(2);
  });

  test("there is a report for each that can be read.", async () => {
    const path = temporaryFile(hey);
    const { exitCode, stdout, stderr } = await run(["no/such.sse", path, path, "--json"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("cannot read no/such.sse");
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => parseReport(line).source)).toEqual([path, path]);
  });

  test("one may be standard input.", async () => {
    const path = temporaryFile(hey);
    const { exitCode, stdout } = await run(["-", path, "--json"], { stdin: [heyUntilDelta] });
    expect(exitCode).toBe(5);
    const reports = stdout.trimEnd().split("\n").map(parseReport);
    expect(reports.map(({ source, verdict }) => [source, verdict])).toEqual([
      ["-", "truncated"],
      [path, "completed"],
    ]);
  });
});

describe.skipIf(process.platform === "win32")("A named pipe", () => {
  test("is read as it is written.", async () => {
    const path = temporaryPipe();
    const { stdout, exitCode } = start([path]);
    const writer = createWriteStream(path);
    writer.write(heyUntilDelta);
    await stdout.holds("hey");
    writer.end(heyAfterDelta);
    expect(await exitCode).toBe(0);
  });

  test("without data is empty.", async () => {
    const path = temporaryPipe();
    const { exitCode } = start([path]);
    createWriteStream(path).end();
    expect(await exitCode).toBe(7);
  });

  test("without a writer is left on an interrupt, even if no thread waits for it yet.", async () => {
    // All four threads of Node.js wait for other pipes.
    const others = Array.from({ length: 4 }, temporaryPipe);
    const waiting = others.map((path) => open(path, "r"));
    const interrupt = new AbortController();
    const opened = fileSource(temporaryPipe()).open(interrupt.signal);
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    interrupt.abort();
    const writers = others.map((path) => openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
    for (const file of await Promise.all(waiting)) await file.close();
    for (const writer of writers) closeSync(writer);
    for await (const _ of (await opened).chunks) expect.unreachable();
  });

  test("is left at once when the user interrupts.", async () => {
    const path = temporaryPipe();
    const { stdout, exitCode, interrupt } = start([path]);
    const writer = createWriteStream(path);
    writer.on("error", () => {});
    writer.write(heyUntilDelta);
    await stdout.holds("hey");
    interrupt();
    expect(await exitCode).toBe(130);
    writer.end();
    await once(writer, "close");
  });

  test("is closed once, so the garbage collector does not close it again.", async () => {
    const path = temporaryPipe();
    const { exitCode } = start([path]);
    createWriteStream(path).end(hey);
    expect(await exitCode).toBe(0);
    const warnings: Error[] = [];
    const listen = (warning: Error): number => warnings.push(warning);
    process.on("warning", listen);
    onTestFinished(() => void process.off("warning", listen));
    // A second close would fail in the collector, where it cannot be caught.
    setFlagsFromString("--expose-gc");
    const collect: unknown = runInNewContext("gc");
    for (let round = 0; round < 3; round += 1) {
      if (typeof collect === "function") collect();
      await setImmediate();
    }
    expect(warnings).toEqual([]);
  });
});
