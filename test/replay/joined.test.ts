// Our own reconnecting with a replay that injects faults: the output must be the original stream.
import { describe, expect, test } from "vitest";
import { type Faults, NO_FAULTS } from "../../src/replay/faults.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";
import { answer } from "../support/stream.ts";

const TEXTS = ["At Büsum", " the ebb", " runs out", " until a quarter", " past two"];
/** Requests no delay before reconnecting. */
const AT_ONCE = "retry: 0\n\n";
const numbered = AT_ONCE + answer(...TEXTS);
const withIds = AT_ONCE + TEXTS.map((text, index) => `id: ${index}\ndata: ${text}\n\n`).join("");

/** The result of a capture whose first three responses have these faults. */
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
  ["by a clean close after two events", { cutAfter: { unit: "events", count: 2 } }],
  ["by a clean close within an event", { cutAfter: { unit: "bytes", count: 700 } }],
  ["by a reset", { cutAfter: { unit: "events", count: 3 }, reset: true }],
  ["by a reset, with every byte alone", { cutAfter: { unit: "bytes", count: 900 }, reset: true, chunkBytes: 1 }],
];

describe("A stream that is cut three times and resumed by its numbers equals the uncut one:", () => {
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

describe("A stream with ids that is cut three times is reconnected like EventSource:", () => {
  test.each([
    ["by a clean close", { cutAfter: { unit: "events", count: 1 } }],
    ["by a reset", { cutAfter: { unit: "events", count: 1 }, reset: true }],
  ] as const)("%s.", async (_, faults) => {
    const { origin, answers } = await serveReplay(withIds, { faults: { ...NO_FAULTS, ...faults }, faulty: 3 });
    const { stdout } = await run([origin, "--reconnect=1", "--format", "raw"]);
    // The last, whole response closes cleanly: a stream without an end event is requested once more.
    expect(stdout.startsWith(withIds)).toBe(true);
    expect(answers.length).toBeGreaterThanOrEqual(4);
  });
});

test("An event that the server drops stays missing, and is reported.", async () => {
  const { report } = await join(numbered, "--resume", { drop: new Set([4]), cutAfter: { unit: "events", count: 6 } });
  expect(report.findings.map(({ rule }) => rule)).toContain("sequence-gap");
});

test("An event repeated after a break appears only once.", async () => {
  const { report } = await join(numbered, "--resume", {
    repeat: new Set([2]),
    cutAfter: { unit: "events", count: 3 },
  });
  expect(report.verdict).toBe("completed");
  expect(report.responses[0]?.text).toBe(TEXTS.join(""));
});
