import { describe, expect, test } from "vitest";
import { timingRules } from "../../../src/rules/general/timing.ts";
import { captureFiles } from "../../support/files.ts";
import { run } from "../../support/io.ts";
import { completed, created, event, itemAdded, message, textDelta } from "../../support/stream.ts";

type Pieces = readonly (readonly [bytes: string | Buffer, ms: number])[];
type Report = { findings: readonly { rule: string; severity: string; event: number; message: string }[] };

/** The findings of the timing rules if the pieces of a stream arrive at these times, and the stream ends at `endMs`. */
async function foundIn(
  pieces: Pieces,
  endMs: number,
  ending: Readonly<Record<string, unknown>> = {},
  ...argv: string[]
): Promise<string[]> {
  const { stdout } = await run(["--json", captureOf(pieces, endMs, ending), ...argv]);
  const { findings }: Report = JSON.parse(stdout);
  const ids = new Set<string>(timingRules.rules.map(({ id }) => id));
  return findings
    .filter(({ rule }) => ids.has(rule))
    .map(({ rule, event, message }) => `${rule} at ${event}: ${message}`);
}

/** The findings and the exit code of `check`. */
async function checkOf(pieces: Pieces, endMs: number, ...argv: string[]) {
  const { stdout, exitCode } = await run(["check", captureOf(pieces, endMs, {}), "--reporter", "json", ...argv]);
  const { streams }: { streams: readonly { findings: Report["findings"] }[] } = JSON.parse(stdout);
  return { findings: streams[0]?.findings ?? [], exitCode };
}

/** A recording in which these pieces arrive at these times. */
function captureOf(pieces: Pieces, endMs: number, ending: Readonly<Record<string, unknown>>): string {
  let offset = 0;
  const chunks = pieces.map(([bytes, ms]) => {
    const chunk = { offset, length: Buffer.byteLength(bytes), ms };
    offset += chunk.length;
    return chunk;
  });
  const header = { schema: "ssescope/timing@1", source: "-", startedAt: null, exchange: null, opening: null };
  const end = { end: "complete", ms: endMs, heldBackMs: 0, error: null, ...ending };
  const timing = [header, ...chunks, end].map((line) => `${JSON.stringify(line)}\n`).join("");
  const bytes = Buffer.concat(pieces.map(([piece]) => Buffer.from(piece)));
  const [path = ""] = captureFiles({ "capture.sse": bytes, "capture.sse.timing": timing });
  return path;
}

const opening = [event(created()), event(itemAdded(0, message))].join("");
const deltas = (count: number) => event(textDelta("a")).repeat(count);
const closing = event(completed());

describe("buffered", () => {
  test("is found if nearly all of a stream arrives at one moment, long after the start", async () => {
    expect(await foundIn([[opening + deltas(30) + closing, 8000]], 8000)).toEqual([
      "buffered at 0: 33 of 33 events arrived within 0 ms, 8.0 s after the start",
    ]);
    expect(
      await foundIn(
        [
          [opening, 300],
          [deltas(15), 8000],
          [deltas(15) + closing, 8150],
        ],
        8160,
      ),
    ).toEqual(["buffered at 2: 31 of 33 events arrived within 150 ms, 8.0 s after the start"]);
  });

  test.each<[string, readonly (readonly [string, number])[]]>([
    ["comes as it is made", Array.from({ length: 30 }, (_, index) => [deltas(1), 2000 + index * 60] as const)],
    ["is fast and comes at once, soon after the start", [[opening + deltas(30) + closing, 900]]],
    ["is short", [[opening + deltas(10) + closing, 8000]]],
    [
      "has thought for long, and began before",
      [
        [opening + deltas(10), 500],
        [deltas(20), 8000],
      ],
    ],
  ])("is not a stream that %s", async (_, pieces) => {
    expect(await foundIn(pieces, 9000)).toEqual([]);
  });
});

describe("stall", () => {
  test("is a silence of more than ten seconds in the middle of a text; before the end it is an error", async () => {
    const pieces = [
      [opening + deltas(1), 500],
      [deltas(1), 12_500],
      [deltas(1), 13_000],
    ] as const;
    expect(await foundIn(pieces, 40_000)).toEqual([
      "stall at 2: no data for 12.0 s after event 2, in the middle of a text",
      "stall at 4: no data for 27.0 s after event 4, and the response did not end",
    ]);
    const { findings, exitCode } = await checkOf(pieces, 40_000);
    const stalls = findings.filter(({ rule }) => rule === "stall");
    expect(stalls.map(({ severity }) => severity)).toEqual(["warning", "error"]);
    expect(exitCode).toBe(5);
  });

  test("is not ended by comments, or by events without content", async () => {
    const ping = event({ type: "ping" });
    expect(
      await foundIn(
        [
          [opening + deltas(1), 500],
          [": keep-alive\n\n", 8000],
          [": keep-alive\n\n", 16_000],
          [deltas(1), 20_000],
          [ping, 21_000],
          [deltas(1), 36_000],
          [": keep-alive\n\n", 44_000],
        ],
        52_000,
      ),
    ).toEqual([
      "stall at 2: no data for 19.5 s after event 2 but 2 comments, in the middle of a text",
      "stall at 3: no data for 16.0 s after event 3 but 1 ping, in the middle of a text",
      "stall at 5: no data for 16.0 s after event 5 but 1 comment, and the response did not end",
    ]);
  });

  test("is not ended by pings, which Anthropic sends while it is silent", async () => {
    const ping = event({ type: "ping" });
    const pings = [6000, 12_000, 18_000, 24_000].map((ms) => [ping, ms] as const);
    expect(await foundIn([[opening + deltas(1), 500], ...pings], 25_000)).toEqual([
      "stall at 2: no data for 24.5 s after event 2 but 4 pings, and the response did not end",
    ]);
    expect(await foundIn(pings, 25_000)).toEqual(["stall at 0: no event in 19.0 s, only 4 pings"]);
  });

  test("is not found before the text, or after the end of the response", async () => {
    expect(
      await foundIn(
        [
          [opening, 500],
          [deltas(1), 60_000],
          [closing, 61_000],
        ],
        120_000,
      ),
    ).toEqual([]);
  });

  test("is found if only comments arrive", async () => {
    expect(
      await foundIn(
        [
          [": processing\n\n", 500],
          [": processing\n\n", 30_000],
        ],
        60_500,
      ),
    ).toEqual(["stall at 0: no event in 1 min 0 s, only 2 comments"]);
  });

  test("is found at the end of an unfinished response, even outside a text, whoever ended the stream", async () => {
    for (const end of ["complete", "interrupted"]) {
      expect(await foundIn([[opening, 500]], 15_500, { end })).toEqual([
        "stall at 1: no data for 15.0 s after event 1, and the response did not end",
      ]);
    }
    const error = { code: "IDLE_TIMEOUT", message: "no bytes for 15 s" };
    expect(await foundIn([[opening, 500]], 15_500, { end: "failed", error })).toHaveLength(1);
  });

  test.each([
    ["--stall-threshold=20s", 0],
    ["--stall-threshold=15", 0],
    ["--stall-threshold=14.9s", 1],
    ["--stall-threshold=500ms", 1],
  ])("begins at the threshold: %s", async (option, count) => {
    expect(await foundIn([[opening, 500]], 15_500, {}, option)).toHaveLength(count);
  });

  test("has the threshold of the config file, unless the option sets another", async () => {
    const pieces = [[opening + deltas(1), 500] as const];
    const [config = ""] = captureFiles({ "ssescope.config.json": '{"stallThreshold":"20s"}' });
    const stallsWith = async (...argv: string[]) =>
      (await checkOf(pieces, 15_500, ...argv)).findings.filter(({ rule }) => rule === "stall").length;
    expect(await stallsWith("--config", config)).toBe(0);
    expect(await stallsWith("--config", config, "--stall-threshold", "10s")).toBe(1);
    expect(await stallsWith("--no-config")).toBe(1);
  });

  test("has the severity that the user sets, also before the end", async () => {
    const { findings } = await checkOf([[opening + deltas(1), 500]], 15_500, "--rule", "stall=info");
    expect(findings.filter(({ rule }) => rule === "stall").map(({ severity }) => severity)).toEqual(["info"]);
  });
});

describe("block-buffered", () => {
  const whole = Buffer.from(opening + deltas(200) + closing);
  /** The stream cut into blocks that arrive at this interval, in ms. */
  function inBlocks(bytes: number, pauseMs: number, first = bytes): [Buffer, number][] {
    const pieces: [Buffer, number][] = [[whole.subarray(0, first), 500]];
    for (let at = first; at < whole.length; at += bytes) {
      pieces.push([whole.subarray(at, at + bytes), 500 + pieces.length * pauseMs]);
    }
    return pieces;
  }

  test("is found in a stream in blocks of equal size that end within events, without stalls between them", async () => {
    const found = await foundIn(inBlocks(4096, 12_000), 200_000);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(
      /^block-buffered at \d+: the stream arrived in blocks of 4 KiB \(\d+ of \d+ chunks end within an event\): flush after each event; nginx: proxy_buffering off; curl: -N$/,
    );
  });

  test("is not found in a stream that arrives event by event, whose silences are stalls", async () => {
    const pieces = [opening, ...Array.from({ length: 20 }, () => deltas(1)), closing];
    const timed = pieces.map((piece, index) => [piece, 500 + index * 11_000] as const);
    expect((await foundIn(timed, 300_000)).map((found) => found.split(" ")[0])).toEqual(
      Array.from({ length: 20 }, () => "stall"),
    );
  });
});
