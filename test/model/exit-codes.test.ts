import { describe, expect, test } from "vitest";
import { exitCodeOfVerdict, exitCodes, worstExitCode } from "../../src/model/exit-codes.ts";
import { run } from "../support/io.ts";

test("each verdict has the exit code that users rely on", () => {
  expect(exitCodeOfVerdict).toEqual({
    completed: 0,
    ended: 0,
    failed: 3,
    incomplete: 4,
    truncated: 5,
    "transport-error": 6,
    "not-a-stream": 7,
    refused: 8,
  });
});

test("every exit code is told once, with its meaning", () => {
  expect(exitCodes.map(([code]) => code)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 70, 130]);
  expect(exitCodes.filter(([, meaning]) => meaning === "")).toEqual([]);
});

test("the help prints every exit code", async () => {
  const { stdout } = await run(["--help"]);
  for (const [code, meaning] of exitCodes) expect(stdout).toContain(`${String(code).padStart(3)}  ${meaning}\n`);
});

describe("of several exit codes the worst decides", () => {
  const worstFirst = [130, 2, 6, 7, 3, 5, 4, 8, 1, 0];
  const pairs = worstFirst.flatMap((worse, index) => worstFirst.slice(index + 1).map((better) => ({ worse, better })));

  test.each(pairs)("$worse before $better", ({ worse, better }) => {
    expect(worstExitCode([worse, better])).toBe(worse);
    expect(worstExitCode([better, worse, better])).toBe(worse);
  });

  test("and of none it is 0", () => {
    expect(worstExitCode([])).toBe(0);
  });
});
