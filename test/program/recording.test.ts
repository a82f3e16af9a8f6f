// Recordings that are killed.
import { existsSync, readFileSync, statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { complete, half, header, newCapture, timedCapture, twoChunks } from "../capture/support/timed-capture.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { hey, heyAfterDelta, heyUntilDelta } from "../support/captured.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { startProgram } from "./start-program.ts";

test("A pipe is recorded with its times, and both files can be read after a kill.", async () => {
  const path = newCapture();
  const program = startProgram(["--record", path, "-"]);
  program.process.stdin.write(heyUntilDelta);
  await program.stdoutHolds("hey");
  // The next chunk is read after this one is written.
  program.process.stdin.write(heyAfterDelta.subarray(0, 10));
  await expect.poll(() => existsSync(path) && statSync(path).size).toBeGreaterThan(half);
  program.process.kill("SIGKILL");
  await program.ending;
  const report = parseReport((await run([path, "--json"])).stdout);
  expect(report).toMatchObject({ verdict: "truncated", bytes: half + 10 });
  expect(report.responses[0]?.text).toBe("hey");
  expect(report.timing?.ttfbMs).toBeGreaterThan(0);
});

test("A pipe that is checked and recorded is checked by its arrival times, and so is the recording.", async () => {
  const path = newCapture();
  const expectations = ["tool.get_tide.at<=1h", "tool.get_tide.at<=0ms", "ttft>0ms", "silence.end<=1h"];
  const options = expectations.flatMap((text) => ["--expect", text]);
  const program = startProgram(["check", "--no-config", ...options, "--record", path]);
  const capture = fixtureNamed("openai-responses/function-call.sse").bytes;
  program.process.stdin.write(capture.subarray(0, half));
  await expect.poll(() => existsSync(path) && statSync(path).size).toBe(half);
  program.process.stdin.end(capture.subarray(half));
  const message = /expected tool\.get_tide\.at<=0ms, but it is ([\d.]+ m?s)\n/;
  const [said] = message.exec(await program.stdoutHolds("exit 1")) ?? [];
  expect((await program.ending).exitCode).toBe(1);
  const again = await run(["check", "--no-config", ...options, path]);
  expect(again).toMatchObject({ exitCode: 1, stderr: "" });
  expect(message.exec(again.stdout)?.[0]).toBe(said);
  expect(again.stdout.match(/but it is/g)).toHaveLength(1);
});

/** Moments of a recording that a test can wait for. */
const moments: readonly (readonly [name: string, hasCome: (path: string) => boolean])[] = [
  ["the capture is created", (path) => existsSync(path)],
  ["the file of times is created", (path) => existsSync(`${path}.timing`)],
  ["the first bytes are written", (path) => sizeOf(path) > 0],
  ["a time is written", (path) => linesOf(`${path}.timing`) > 1],
];

/** The exit codes of a capture that was cut before its file of times, before its first byte, or after it. */
const READ = [
  { exitCode: 7, bytes: 0 },
  { exitCode: 5, bytes: 0 },
  { exitCode: 5, bytes: half },
];

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The number of complete lines. */
function linesOf(path: string): number {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;
}

describe.each(["SIGKILL", "SIGQUIT", "SIGHUP"] as const)("After %s", (signal) => {
  async function readAfterKill(path: string, hasCome: (path: string) => boolean) {
    const program = startProgram(["--record", path, "-"]);
    program.process.stdin.write(heyUntilDelta);
    program.process.stdout.resume();
    while (!hasCome(path)) await setImmediate();
    program.process.kill(signal);
    await program.ending;
    const { exitCode, stdout } = await run([path, "--json"]);
    return { exitCode, bytes: parseReport(stdout).bytes };
  }

  test.each(moments)("when %s, the capture can be read.", async (_, hasCome) => {
    expect(READ).toContainEqual(await readAfterKill(newCapture(), hasCome));
  });

  test("over an older recording, the capture can be read.", async () => {
    const path = timedCapture(hey, header, ...twoChunks, complete);
    expect(READ).toContainEqual(await readAfterKill(path, () => sizeOf(path) < hey.length));
  });
});
