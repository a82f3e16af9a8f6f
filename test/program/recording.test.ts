// A recording whose program is killed.
import { existsSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { half, newCapture } from "../capture/support/timed-capture.ts";
import { heyAfterDelta, heyUntilDelta } from "../support/captured.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { startProgram } from "./start-program.ts";

test("A pipe is recorded with its times, and a kill leaves a pair that can be read.", async () => {
  const path = newCapture();
  const program = startProgram(["--record", path, "-"]);
  program.process.stdin.write(heyUntilDelta);
  await program.stdoutHolds("hey");
  // The next chunk is asked for when this one is written.
  program.process.stdin.write(heyAfterDelta.subarray(0, 10));
  await expect.poll(() => existsSync(path) && statSync(path).size).toBeGreaterThan(half);
  program.process.kill("SIGKILL");
  await program.ending;
  const report = parseReport((await run([path, "--json"])).stdout);
  expect(report).toMatchObject({ verdict: "truncated", bytes: half + 10 });
  expect(report.responses[0]?.text).toBe("hey");
  expect(report.timing?.ttfbMs).toBeGreaterThan(0);
});
