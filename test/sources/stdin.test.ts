import { PassThrough, Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { hey, heyAfterDelta, heyUntilDelta } from "../support/captured.ts";
import { chunkings } from "../support/chunkings.ts";
import { run } from "../support/io.ts";
import { start } from "../support/live.ts";
import { parseReport } from "../support/read-report.ts";

test.each([[["-"]], [[]]])("Standard input is read with the arguments %j.", async (argv) => {
  const { exitCode, stdout } = await run([...argv, "--json"], { stdin: [hey] });
  expect(exitCode).toBe(0);
  expect(parseReport(stdout)).toMatchObject({ source: "-", verdict: "completed", bytes: hey.length, http: null });
});

test.each(chunkings)("Standard input in pieces gives the same result as whole: $name", async ({ cut }) => {
  const whole = await run(["--json"], { stdin: [hey] });
  expect(await run(["--json"], { stdin: cut(hey) })).toEqual(whole);
});

test("Standard input is shown as it arrives.", async () => {
  const stdin = new PassThrough();
  const { stdout, exitCode } = start([], { stdin });
  stdin.write(heyUntilDelta);
  await stdout.holds("hey");
  stdin.end(heyAfterDelta);
  expect(await exitCode).toBe(0);
});

test("An interrupt ends standard input with the summary so far.", async () => {
  const stdin = new PassThrough();
  const { stdout, stderr, exitCode, interrupt } = start(["-"], { stdin });
  stdin.write(heyUntilDelta);
  await stdout.holds("hey");
  interrupt();
  expect(await exitCode).toBe(130);
  expect(stderr.text()).toContain("interrupted");
  expect(stdin.destroyed).toBe(true);
});

test("An earlier interrupt ends standard input at once.", async () => {
  const { exitCode } = await run(["-"], { stdin: new PassThrough(), interrupt: AbortSignal.abort() });
  expect(exitCode).toBe(130);
});

describe("Standard input", () => {
  test("that is empty is not a stream.", async () => {
    const { exitCode, stdout, stderr } = await run(["-"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: "" });
    expect(stderr).toContain("the input is empty");
  });

  test("cannot be two sources.", async () => {
    const { exitCode, stdout, stderr } = await run(["-", "-"], { stdin: [hey] });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("standard input is used more than once");
  });

  test("that cannot be read ends with exit code 2 after the text so far.", async () => {
    const { exitCode, stdout, stderr } = await run(["-"], { stdin: Readable.from(brokenInput()) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "hey" });
    expect(stderr).toContain("cannot read standard input: i/o error, read");
  });

  test("that is a terminal is not read: help is shown.", async () => {
    const { exitCode, stdout } = await run([], { terminalColumns: 80, env: { NO_COLOR: "1" } });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Usage: ssescope");
  });
});

async function* brokenInput(): AsyncGenerator<Buffer> {
  yield heyUntilDelta;
  throw Object.assign(new Error("i/o error, read"), { code: "EIO" });
}
