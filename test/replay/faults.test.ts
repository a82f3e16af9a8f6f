// Injected faults, as ssescope itself reads them.
import { describe, expect, test } from "vitest";
import { type Faults, NO_FAULTS } from "../../src/replay/faults.ts";
import { hey } from "../support/captured.ts";
import { jumpingClock } from "../support/clocks.ts";
import { run } from "../support/io.ts";
import { start } from "../support/live.ts";
import { parseReport } from "../support/read-report.ts";
import { captureOf, serveReplay } from "../support/replay.ts";
import { stillTimers } from "../support/timers.ts";

/** The report of the stream with these faults. */
async function reportOf(faults: Partial<Faults>, ...argv: readonly string[]) {
  const { origin } = await serveReplay(hey, { faults: { ...NO_FAULTS, ...faults } });
  const { stdout } = await run([`${origin}/v1/responses`, "--json", ...argv]);
  return parseReport(stdout);
}

const rulesOf = ({ findings }: Awaited<ReturnType<typeof reportOf>>) => findings.map(({ rule }) => rule);

/** Where the events of `hey` end, in bytes. */
const borders = [...hey.toString("latin1").matchAll(/\n\n/g)].map(({ index }) => index + 2);

describe("A cut", () => {
  test.each(borders.slice(0, -1))(
    "by a clean close after the event at byte %i is a truncated stream.",
    async (count) => {
      const report = await reportOf({ cutAfter: { unit: "bytes", count } });
      expect(report).toMatchObject({ verdict: "truncated", exitCode: 5, bytes: count, error: null });
    },
  );

  test.each(borders.slice(0, -1))("by a reset after the event at byte %i is a network failure.", async (count) => {
    const report = await reportOf({ cutAfter: { unit: "bytes", count }, reset: true });
    expect(report).toMatchObject({ verdict: "transport-error", exitCode: 6 });
    expect(report.bytes).toBeLessThanOrEqual(count);
  });

  test("after N events sends exactly these.", async () => {
    for (const count of [0, 1, 5, 9, 10]) {
      const report = await reportOf({ cutAfter: { unit: "events", count } });
      expect(report.events).toBe(Math.min(count, 9));
    }
  });

  test("in the middle of an event leaves it pending.", async () => {
    const report = await reportOf({ cutAfter: { unit: "bytes", count: (borders[0] ?? 0) + 40 } });
    expect(report.pending).not.toBeNull();
  });
});

test("A stall leaves the connection open, and --idle-timeout ends it.", async () => {
  const timers = stillTimers();
  const { origin } = await serveReplay(hey, { faults: { ...NO_FAULTS, stallAfter: 5 } });
  const { stdout, exitCode } = start([origin, "--format", "facts", "--idle-timeout", "50ms"]);
  // From the fifth event.
  await stdout.holds('"text":"hey"');
  await timers.pass(50);
  expect(await exitCode).toBe(6);
  const report = parseReport(stdout.text().trimEnd().split("\n").at(-1) ?? "");
  expect(report).toMatchObject({ events: 5, error: { code: "IDLE_TIMEOUT" } });
});

test("An interrupted reader leaves a stall at once, and the response is over.", async () => {
  const { origin, answers } = await serveReplay(hey, { faults: { ...NO_FAULTS, stallAfter: 5 } });
  const { stdout, exitCode, interrupt } = start([origin]);
  await stdout.holds("hey");
  interrupt();
  expect(await exitCode).toBe(130);
  await expect.poll(() => answers).toMatchObject([{ ending: "stalled" }]);
});

test("A dropped event is reported missing.", async () => {
  const report = await reportOf({ drop: new Set([4]) });
  expect(rulesOf(report)).toContain("sequence-gap");
  expect(report.events).toBe(8);
});

test("A repeated event is reported.", async () => {
  const report = await reportOf({ repeat: new Set([4, 8]) });
  expect(rulesOf(report)).toContain("sequence-repeat");
  expect(report.events).toBe(11);
});

test.each([1, 2, 3, 7, 100_000])("In chunks of %i bytes the stream is the same.", async (chunkBytes) => {
  const report = await reportOf({ chunkBytes });
  expect(report).toMatchObject({ verdict: "completed", bytes: hey.length, findings: [] });
});

test("--status replaces the stream, with the given headers.", async () => {
  const { origin } = await serveReplay(hey, {
    faults: { ...NO_FAULTS, status: 429 },
    headers: { "retry-after": "0" },
    faulty: 1,
  });
  const { exitCode, stdout, stderr } = await run([origin, "--json", "--retry", "1"]);
  expect(exitCode).toBe(0);
  expect(stderr).toContain("HTTP 429; retrying in 0 ms");
  expect(parseReport(stdout).http).toMatchObject({ status: 200, attempts: 2 });
});

test("--buffer sends everything at once, at the time of the last event.", async () => {
  const clock = jumpingClock();
  const { origin } = await serveReplay(captureOf(hey), {
    faults: { ...NO_FAULTS, buffer: true },
    pace: { speed: 1, gapMs: 250 },
    clock,
  });
  const { timing, bytes } = parseReport((await run([origin, "--json"])).stdout);
  expect(bytes).toBe(hey.length);
  expect(timing?.reads).toEqual({ count: 1, eventsPerRead: { p50: 9, max: 9 } });
  expect(clock.waitsMs).toEqual(Array(8).fill(250));
});
