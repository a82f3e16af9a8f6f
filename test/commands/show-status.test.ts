import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { manualClock } from "../support/clocks.ts";
import { run } from "../support/io.ts";
import { start } from "../support/live.ts";
import { answer } from "../support/stream.ts";

const ERASE_LINE = "\u001b[2K";

test("The status line is drawn five times a second, and removed at the end.", async () => {
  const clock = manualClock();
  const stdin = new PassThrough();
  const { stderr, exitCode } = start([], { stdin, clock, terminalColumns: 80 });
  await clock.awaited();
  await clock.advance(199);
  expect(stderr.text()).toBe("");
  await clock.advance(1);
  await stderr.holds("0.2 s  waiting for the first byte");
  await clock.advance(400);
  await stderr.holds("0.6 s  waiting for the first byte");
  expect(stderr.text().match(/waiting/g)).toHaveLength(3);
  stdin.end(answer("hey"));
  expect(await exitCode).toBe(0);
  expect(stderr.text()).toMatch(/waiting for the first byte[^]*completed/);
  expect(stderr.text().lastIndexOf(ERASE_LINE)).toBeGreaterThan(stderr.text().lastIndexOf("waiting"));
});

test("No line is drawn if the clock stands still, however slow the machine is.", async () => {
  const bytes = [...Buffer.from(answer("hey"))].map((byte) => Buffer.of(byte));
  const { stderr } = await run(["--color", "never"], { stdin: bytes, terminalColumns: 80 });
  expect(stderr).not.toContain("\u001b");
});

test("Comments are not events: the line counts them, and shows how long the stream is silent.", async () => {
  const clock = manualClock();
  const stdin = new PassThrough();
  const { stderr, exitCode } = start([], { stdin, clock, terminalColumns: 80 });
  await clock.awaited();
  stdin.write(": processing\n\n: processing\n\n");
  await settled();
  await clock.advance(200);
  await stderr.holds("0.2 s  waiting for the first event  2 comments");
  stdin.write("data: 1\n\n");
  await settled();
  await clock.advance(1000);
  stdin.write(": processing\n\n");
  await settled();
  await clock.advance(1000);
  await stderr.holds("2.2 s  1 event  silent for 2.0 s");
  stdin.end();
  expect(await exitCode).toBe(0);
});

/** Waits until the written bytes have been read. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await setImmediate();
}
