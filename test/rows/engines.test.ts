// The recipes for engines take the exit code of a stream for a row, and any other for a failure to be retried.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { verdictTable } from "../../src/model/verdict.ts";

const highest = Math.max(...Object.values(verdictTable).map(({ exitCode }) => exitCode));

test.each(["ssescope-rows", "parallel.sh"])("%s accepts every exit code of a verdict, and no higher one", (name) => {
  const script = readFileSync(new URL(`../../src/rows/engines/${name}`, import.meta.url), "utf8");
  expect(/-le (\d+) \]/.exec(script)?.[1]).toBe(String(highest));
});
