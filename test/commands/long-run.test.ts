// A check of thousands of sources says so, once, so that V8 optimises the code that reads them.
import { expect, test } from "vitest";
import { run } from "../support/io.ts";

async function longRuns(sources: number, jobs: number): Promise<number> {
  let expected = 0;
  const names = Array.from({ length: sources }, (_, index) => `missing-${index}.sse`);
  const { exitCode } = await run(["check", "--no-config", "--jobs", String(jobs), ...names], {
    expectLongRun: () => {
      expected += 1;
    },
  });
  expect(exitCode).not.toBe(0);
  return expected;
}

test.each([
  [4999, 1, 0],
  [5000, 1, 1],
  [5000, 2, 0],
])("With %i sources and %i jobs it is said %i times.", async (sources, jobs, times) => {
  expect(await longRuns(sources, jobs)).toBe(times);
});
