// Times of two streams compared, through the whole command.
import { writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Comparison } from "../../src/diff/difference.ts";
import diffSchema from "../../src/schemas/diff.schema.json" with { type: "json" };
import { captureFiles } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { answer } from "../support/stream.ts";

const isComparison = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(diffSchema);

const words = Array.from({ length: 40 }, (_, index) => `w${index} `);
const body = answer(...words);
const events = body.split(/(?<=\n\n)/);

/** The recording of a stream whose events came at these times, in ms. */
function recorded(atMs: (index: number) => number): string {
  const [path = ""] = captureFiles({ "a.sse": body });
  let offset = 0;
  const chunks = events.map((event, index) => {
    const chunk = { offset, length: Buffer.byteLength(event), ms: atMs(index) };
    offset += chunk.length;
    return chunk;
  });
  const header = { schema: "ssescope/timing@1", source: "x", startedAt: null, exchange: null, opening: null };
  const end = { end: "complete", ms: (chunks.at(-1)?.ms ?? 0) + 1, heldBackMs: 0, error: null };
  writeFileSync(`${path}.timing`, [header, ...chunks, end].map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}

async function compare(a: string, b: string, ...argv: readonly string[]) {
  const { exitCode, stdout } = await run(["diff", "--json", ...argv, a, b]);
  const comparison: Comparison = JSON.parse(stdout);
  expect(isComparison(comparison)).toBe(true);
  const { isEqual, times } = comparison;
  const notable = times?.measures.filter(({ isNotable }) => isNotable).map(({ what }) => what);
  return { exitCode, isEqual, times, notable, signs: times?.buffering.map(({ type, side }) => `${side} ${type}`) };
}

/** An event every 30 ms. */
const steady = () => recorded((index) => 300 + index * 30);
/** The same, held back to the end, then an event every 2 ms. */
const held = () => recorded((index) => 1600 + index * 2);
/** The same, in chunks of five events. */
const collected = () => recorded((index) => 450 + Math.floor(index / 5) * 150);

test("A first token that comes later while gaps shrink is what a buffering hop does, on either side.", async () => {
  const { exitCode, isEqual, notable, signs, times } = await compare(steady(), held());
  expect([exitCode, isEqual, signs]).toEqual([0, true, ["b late-first-token"]]);
  expect(notable).toEqual(["first token", "gap, median", "tokens/s"]);
  expect(times?.buffering[0]?.message).toBe(
    "in the second stream the first token comes 1.22 s later, and gaps shrink from 30 ms to 2 ms (median): a sign of a hop that buffers",
  );
  expect((await compare(held(), steady())).signs).toEqual(["a late-first-token"]);
});

test("Chunks that hold many events are a sign, too, and their gaps make no other stream look late.", async () => {
  const { signs, times } = await compare(steady(), collected());
  expect(signs).toEqual(["b full-chunks"]);
  expect(times?.buffering[0]?.message).toContain("hold 5 events (median), those of the first 1");
  expect((await compare(collected(), steady())).signs).toEqual(["a full-chunks"]);
});

test("Blocks of a buffer's size are named.", async () => {
  const tides = fixtureNamed("recorded/tides.sse").path;
  const blocks = fixtureNamed("recorded/block-buffered.sse").path;
  const { signs, times } = await compare(tides, blocks);
  expect(signs).toEqual(["b blocks", "b full-chunks"]);
  expect(times?.buffering[0]?.message).toContain("in blocks of 4 KiB");
});

describe("Times decide only if they are asked for:", () => {
  test("by default not", async () => {
    const { exitCode, stdout } = await run(["diff", steady(), held()]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("no difference: ");
    expect(stdout).toContain("\n\ntimes\n  first token  390 ms -> 1.61 s\n");
    expect(stdout).not.toContain("silence");
    expect((await run(["diff", "--only", "text,usage", steady(), held()])).stdout).not.toContain("times");
    expect((await compare(steady(), held(), "--only", "text")).times).toBeNull();
  });

  test("by name they do, and all of them are printed", async () => {
    expect(await compare(steady(), held(), "--only", "times")).toMatchObject({ exitCode: 1, isEqual: false });
    const { exitCode, stdout } = await run(["diff", "--only", "times", steady(), held()]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("silence at end")]);
  });

  test("what one run differs from the next is no difference", async () => {
    const other = recorded((index) => 330 + index * 31);
    const { exitCode, notable, signs } = await compare(steady(), other, "--only", "times");
    expect([exitCode, notable, signs]).toEqual([0, [], []]);
    expect((await run(["diff", steady(), other])).stdout).toMatch(/^no difference: .*\n$/);
  });

  test("without times on both sides nothing is compared, and that is said if it was asked for", async () => {
    const [untimed = ""] = captureFiles({ "a.sse": body });
    expect(await compare(steady(), untimed)).toMatchObject({ exitCode: 0, times: null });
    for (const paths of [
      [steady(), untimed],
      [untimed, steady()],
    ]) {
      const { exitCode, stderr } = await run(["diff", "--only", "times", ...paths]);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining("has no times to compare")]);
    }
  });
});
