// Our own reconnecting against a replay with faults: what comes out must be the stream as it was.
import { describe, expect, test } from "vitest";
import { type Faults, NO_FAULTS } from "../../src/replay/faults.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";
import { answer } from "../support/stream.ts";

const TEXTS = ["At Büsum", " the ebb", " runs out", " until a quarter", " past two"];
/** Asks to be reconnected to at once. */
const AT_ONCE = "retry: 0\n\n";
const numbered = AT_ONCE + answer(...TEXTS);
const withIds = AT_ONCE + TEXTS.map((text, index) => `id: ${index}\ndata: ${text}\n\n`).join("");

/** What comes of a capture whose first three answers have these faults. */
async function join(capture: string, option: string, faults: Partial<Faults>) {
  const { origin, answers } = await serveReplay(capture, { faults: { ...NO_FAULTS, ...faults }, faulty: 3 });
  const argv = [`${origin}/v1/responses`, option];
  const { exitCode, stdout } = await run([...argv, "--json"]);
  return { exitCode, report: parseReport(stdout), answers: answers.length, argv };
}

async function rawOf(capture: string, option: string, faults: Partial<Faults>): Promise<string> {
  const { origin } = await serveReplay(capture, { faults: { ...NO_FAULTS, ...faults }, faulty: 3 });
  return (await run([`${origin}/v1/responses`, option, "--format", "raw"])).stdout;
}

const cuts: readonly (readonly [name: string, faults: Partial<Faults>])[] = [
  ["in order, after two events", { cutAfter: { unit: "events", count: 2 } }],
  ["in order, in the middle of an event", { cutAfter: { unit: "bytes", count: 700 } }],
  ["by a reset", { cutAfter: { unit: "events", count: 3 }, reset: true }],
  ["by a reset, after bytes one by one", { cutAfter: { unit: "bytes", count: 900 }, reset: true, chunkBytes: 1 }],
];

describe("A stream that is cut three times is resumed by its numbers, and equals the uncut one:", () => {
  test.each(cuts)("%s.", async (_, faults) => {
    expect(await rawOf(numbered, "--resume", faults)).toBe(numbered);
    const { exitCode, report, answers } = await join(numbered, "--resume", faults);
    expect(exitCode).toBe(0);
    expect(answers).toBe(4);
    expect(report).toMatchObject({ verdict: "completed", findings: [], error: null });
    expect(report.breaks).toHaveLength(3);
    expect(report.responses[0]?.text).toBe(TEXTS.join(""));
  });
});

describe("A stream of ids that is cut three times is joined as EventSource does it:", () => {
  test.each([
    ["in order", { cutAfter: { unit: "events", count: 1 } }],
    ["by a reset", { cutAfter: { unit: "events", count: 1 }, reset: true }],
  ] as const)("%s.", async (_, faults) => {
    const { origin, answers } = await serveReplay(withIds, { faults: { ...NO_FAULTS, ...faults }, faulty: 3 });
    const { stdout } = await run([origin, "--reconnect=1", "--format", "raw"]);
    // The last, whole answer ends in order: a stream that does not say its end is asked for once more.
    expect(stdout.startsWith(withIds)).toBe(true);
    expect(answers.length).toBeGreaterThanOrEqual(4);
  });
});

test("What a server leaves out stays out, and is found.", async () => {
  const { report } = await join(numbered, "--resume", { drop: new Set([4]), cutAfter: { unit: "events", count: 6 } });
  expect(report.findings.map(({ rule }) => rule)).toContain("sequence-gap");
});

test("What comes twice after a break is there once.", async () => {
  const { report } = await join(numbered, "--resume", {
    repeat: new Set([2]),
    cutAfter: { unit: "events", count: 3 },
  });
  expect(report.verdict).toBe("completed");
  expect(report.responses[0]?.text).toBe(TEXTS.join(""));
});
