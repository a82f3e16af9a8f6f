// A fleet of captures of which everything is known, with a slow model and a gateway that cuts streams among them. With
// SSESCOPE_EXHAUSTIVE there are 5,000 on each side; SSESCOPE_FLEET sets another number.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Ajv2020 } from "ajv/dist/2020.js";
import statsSchema from "../../src/schemas/stats.schema.json" with { type: "json" };
import type { GroupStatistics } from "../../src/stats/statistics.ts";
import { tried } from "../support/exhaustive.ts";
import { run } from "../support/io.ts";
import { runStats, type StatsRun } from "./support/run-stats.ts";
import { type Call, gateways, models, writeFleet } from "./support/fleet.ts";

const SIZE = Number(process.env.SSESCOPE_FLEET ?? "") || tried(600, 5_000);
const LONG_MS = SIZE > 600 ? 3_600_000 : 120_000;
const SLOW = "ebb-1";
const CUTTING = "south";

const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(statsSchema);

const folder = mkdtempSync(join(tmpdir(), "ssescope-fleet-"));
const after = join(folder, "after");
/** Rows of the captures of that name: captures are read once. */
const rowsOf = (name: string) => join(folder, `${name}.ndjson`);
let calls: readonly Call[] = [];

beforeAll(async () => {
  const usual = { size: SIZE, slow: null, cutting: null };
  writeFleet(join(folder, "before"), { ...usual, seed: "before" });
  writeFleet(join(folder, "same"), { ...usual, size: Math.min(SIZE, 600), seed: "same" });
  calls = writeFleet(after, {
    size: SIZE,
    seed: "after",
    slow: { model: SLOW, factor: 1.3 },
    cutting: { gateway: CUTTING, oneIn: 5 },
  });
  for (const name of ["before", "same", "after"]) {
    await run(["check", "--no-config", "--reporter", `rows=${rowsOf(name)}`, join(folder, name)]);
  }
}, LONG_MS);

afterAll(() => rmSync(folder, { recursive: true }), LONG_MS);

async function statsOf(...argv: readonly string[]): Promise<StatsRun> {
  const outcome = await runStats(argv);
  expect(outcome.stderr).toBe("");
  validate(outcome.statistics);
  expect(validate.errors ?? []).toEqual([]);
  return outcome;
}

/** The nearest rank. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? NaN;
}

function expectGroup(group: GroupStatistics | undefined, expected: readonly Call[], error: number): void {
  if (group === undefined) throw new Error("there is no such group");
  const cut = expected.filter(({ isCut }) => isCut).length;
  expect(group).toMatchObject({ count: expected.length, responses: expected.length, streams: expected.length });
  expect(group.failed).toBe(cut);
  expect(new Map(group.verdicts.map(({ verdict, count }) => [verdict, count]))).toEqual(
    new Map(
      [["completed", expected.length - cut] as const, ["truncated", cut] as const].filter(([, count]) => count > 0),
    ),
  );
  expect(group.rules.find(({ rule }) => rule === "no-terminal")?.count ?? 0).toBe(cut);
  expect(group.tokens.input).toEqual({
    sum: expected.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0),
    reported: expected.length - cut,
  });
  const known = {
    firstToken: expected.map(({ firstTokenMs }) => firstTokenMs),
    longestGap: expected.map(({ longestGapMs }) => longestGapMs),
    silenceAtEnd: expected.map(({ silenceAtEndMs }) => silenceAtEndMs),
    total: expected.flatMap(({ totalMs }) => totalMs ?? []),
  };
  for (const name of ["firstToken", "longestGap", "silenceAtEnd", "total"] as const) {
    const [values, measure] = [known[name], group.measures[name]];
    expect(measure).toMatchObject({ count: values.length, min: quantile(values, 0), max: quantile(values, 1) });
    expect(measure.exact).toBe(values.length <= 2048);
    for (const [share, found] of [
      [0.5, measure.p50],
      [0.9, measure.p90],
      [0.95, measure.p95],
      [0.99, measure.p99],
    ] as const) {
      const exact = quantile(values, share);
      expect(Math.abs((found ?? NaN) - exact)).toBeLessThanOrEqual(measure.exact ? 0 : exact * error * 1.000001);
    }
  }
}

test(
  "every count is exact, and quantiles are within the stated error, by model, by folder and by both",
  async () => {
    const { exitCode, statistics } = await statsOf("--by", "model", rowsOf("after"));
    expect(exitCode).toBe(0);
    const { sketchRelativeError: error } = statistics.quantiles;
    expect(statistics.groups).toHaveLength(models.length);
    for (const model of models) {
      const group = statistics.groups.find(({ values }) => values[0] === model);
      expectGroup(
        group,
        calls.filter((call) => call.model === model),
        error,
      );
    }
    const { statistics: both } = await statsOf("--by", "folder,model", rowsOf("after"));
    expect(both.groups).toHaveLength(models.length * gateways.length);
    for (const group of both.groups) {
      const [place, model] = group.values;
      const ofGroup = calls.filter((call) => join(after, call.gateway) === place && call.model === model);
      expectGroup(group, ofGroup, error);
    }
    const { statistics: together } = await statsOf("--by", "all", rowsOf("after"));
    expectGroup(together.groups[0], calls, error);
    // The captures themselves give the same, several at a time.
    expect((await statsOf("--by", "all", "--jobs", "2", after)).statistics).toEqual(together);
  },
  LONG_MS,
);

describe("what was planted is found", () => {
  test(
    "by --by: the gateway that cuts streams",
    async () => {
      const { statistics } = await statsOf("--by", "folder", rowsOf("after"));
      const worst = statistics.groups.toSorted((a, b) => b.failedShare - a.failedShare)[0];
      expect(worst?.values).toEqual([join(after, CUTTING)]);
    },
    LONG_MS,
  );

  test(
    "by --against: the slow model",
    async () => {
      const { exitCode, statistics } = await statsOf("--by", "model", rowsOf("after"), "--against", rowsOf("before"));
      expect(exitCode).toBe(1);
      const slower = statistics.against?.differences.filter(
        (difference) => difference.judgement === "worse" && difference.type === "values",
      );
      expect(slower?.map((difference) => difference.values)).toContainEqual([SLOW]);
      for (const { values } of slower ?? []) expect(values).toEqual([SLOW]);
    },
    LONG_MS,
  );

  test(
    "by --against: the gateway that cuts streams, whose folder is another one",
    async () => {
      const { exitCode, statistics } = await statsOf("--by", "folder", rowsOf("after"), "--against", rowsOf("before"));
      expect(exitCode).toBe(1);
      const failing = statistics.against?.differences.filter(
        (difference) => difference.judgement === "worse" && difference.type === "share" && difference.rule === null,
      );
      expect(failing?.map(({ values }) => values)).toEqual([[CUTTING]]);
    },
    LONG_MS,
  );
});

test(
  "two fleets that are alike do not differ",
  async () => {
    const { exitCode, statistics } = await statsOf("--by", "model", rowsOf("same"), "--against", rowsOf("before"));
    expect(exitCode).toBe(0);
    expect(statistics.against).toMatchObject({ worse: 0, better: 0 });
    expect(statistics.against?.tests).toBeGreaterThan(20);
  },
  LONG_MS,
);
