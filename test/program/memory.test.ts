// Memory does not grow with the size of a capture, except for the text in the report.
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tried } from "../support/exhaustive.ts";
import { temporaryDirectory } from "../support/files.ts";
import { startProgram } from "./start-program.ts";
import { completed, created, streamFrom, stream, textDelta } from "../support/stream.ts";

const MEBIBYTE = 1024 ** 2;

/** Writes a capture of one response with deltas of one word, at least `bytes` long. */
function writeCapture(path: string, bytes: number): void {
  const file = openSync(path, "w");
  let written = writeSync(file, stream(created()));
  let next = 1;
  while (written < bytes) {
    const deltas = Array.from({ length: 2000 }, () =>
      streamFrom(next++, { ...textDelta("word "), obfuscation: "x".repeat(120) }),
    );
    written += writeSync(file, deltas.join(""));
  }
  writeSync(file, streamFrom(next, completed()));
  closeSync(file);
}

/** The peak of the program's resident memory in bytes while it inspects a capture of that size. */
async function peakOf(bytes: number): Promise<number> {
  const path = join(temporaryDirectory(), "capture.sse");
  writeCapture(path, bytes);
  const report = "process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS * 1024}\\n`));";
  const program = startProgram([path], { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(report)}` });
  program.process.stdout.resume();
  expect((await program.ending).exitCode).toBe(0);
  expect(program.stderr()).toContain("completed");
  return Number(/peak (\d+)/.exec(program.stderr())?.[1]);
}

test("a capture of many MiB needs little more memory than one of 4 MiB", async () => {
  const small = await peakOf(4 * MEBIBYTE);
  const large = await peakOf(tried(64, 128) * MEBIBYTE);
  expect(small).toBeGreaterThan(30 * MEBIBYTE);
  expect(large - small).toBeLessThan(40 * MEBIBYTE);
});
