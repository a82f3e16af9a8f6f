import { describe, expect, test } from "vitest";
import { timingRules } from "../../../src/rules/general/timing.ts";
import { captureFiles } from "../../support/files.ts";
import { run } from "../../support/io.ts";
import { completed, created, event, itemAdded, message, textDelta } from "../../support/stream.ts";

/** What the rules of times find where pieces of a stream came at these times, and the stream ended at `endMs`. */
async function foundIn(pieces: readonly (readonly [bytes: string, ms: number])[], endMs: number): Promise<string[]> {
  let offset = 0;
  const chunks = pieces.map(([bytes, ms]) => {
    const chunk = { offset, length: Buffer.byteLength(bytes), ms };
    offset += chunk.length;
    return chunk;
  });
  const header = { schema: "ssescope/timing@1", source: "-", startedAt: null, exchange: null, opening: null };
  const end = { end: "complete", ms: endMs, heldBackMs: 0, error: null };
  const timing = [header, ...chunks, end].map((line) => `${JSON.stringify(line)}\n`).join("");
  const [path = ""] = captureFiles({
    "capture.sse": pieces.map(([bytes]) => bytes).join(""),
    "capture.sse.timing": timing,
  });
  const { stdout } = await run(["--json", path]);
  const { findings }: { findings: readonly { rule: string; event: number; message: string }[] } = JSON.parse(stdout);
  const ids = new Set<string>(timingRules.rules.map(({ id }) => id));
  return findings
    .filter(({ rule }) => ids.has(rule))
    .map(({ rule, event, message }) => `${rule} at ${event}: ${message}`);
}

const opening = [event(created()), event(itemAdded(0, message))].join("");
const deltas = (count: number) => event(textDelta("a")).repeat(count);
const closing = event(completed());

describe("buffered", () => {
  test("is a stream of which nearly all came at one moment, long after the start", async () => {
    expect(await foundIn([[opening + deltas(30) + closing, 8000]], 8000)).toEqual([
      "buffered at 0: 33 of 33 events came within 0 ms, 8.0 s after the start",
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
    ).toEqual(["buffered at 2: 31 of 33 events came within 150 ms, 8.0 s after the start"]);
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
  test("is a silence of more than ten seconds in the middle of a text, wherever it ends", async () => {
    expect(
      await foundIn(
        [
          [opening + deltas(1), 500],
          [deltas(1), 12_500],
          [deltas(1), 13_000],
        ],
        40_000,
      ),
    ).toEqual([
      "stall at 2: nothing came for 12.0 s after this event, in the middle of a text",
      "stall at 4: nothing came for 27.0 s after this event, in the middle of a text",
    ]);
  });

  test("is none where comments keep the connection alive, nor before the text, nor after its end", async () => {
    expect(
      await foundIn(
        [
          [opening, 500],
          [deltas(1), 60_000],
          [": keep-alive\n\n", 68_000],
          [deltas(1), 76_000],
          [closing, 77_000],
        ],
        120_000,
      ),
    ).toEqual([]);
  });
});
