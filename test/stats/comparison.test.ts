// `ssescope stats --against` over rows with known times.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../support/files.ts";
import { run } from "../support/io.ts";
import { runStats } from "./support/run-stats.ts";

const chat = `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":{"content":"Ebb"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`;

/** A file of rows that differ in one column. */
async function rowsWith(column: string, values: readonly number[]): Promise<string> {
  const { stdout } = await run(["check", "--reporter", "rows"], { stdin: [chat] });
  expect(stdout).toContain(`"${column}":null`);
  const path = join(temporaryDirectory(), "rows.ndjson");
  writeFileSync(path, values.map((value) => stdout.replace(`"${column}":null`, `"${column}":${value}`)).join(""));
  return path;
}

/** So many equal values, the others from 100 to 199. */
function valuesWith(count: number, equal: number, of = 1000): readonly number[] {
  return Array.from({ length: of }, (_, index) => (index < count ? equal : 100 + (index % 100)));
}

describe("equal values in the tail", () => {
  test.each([
    ["exact", 1000],
    ["in a sketch", 4000],
  ])("%s: more of the same timeout is worse", async (_, of) => {
    const [before, after] = [valuesWith(of / 200, 5000, of), valuesWith(of / 10, 5000, of)];
    const argv = [await rowsWith("longest_gap_ms", after), "--against", await rowsWith("longest_gap_ms", before)];
    const { exitCode, stdout } = await run(["stats", ...argv]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /worse {2}m-1 {2}longest gap ≥ (?:5\.00|4\.9\d|5\.0\d) s {2}0\.5 % \([\d,]+ of [\d,]+\) → 10 %/,
    );
  });

  test("less speed is worse in the same way", async () => {
    const argv = [
      await rowsWith("tokens_per_second", valuesWith(100, 5)),
      "--against",
      await rowsWith("tokens_per_second", valuesWith(5, 5)),
    ];
    const { exitCode, stdout } = await run(["stats", ...argv]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("worse  m-1  tokens/s ≤ 5.0  0.5 % (5 of 1,000)")]);
  });
});

/** What `stats --against` prints for values of the longest gap. */
async function compareGaps(before: readonly number[], after: readonly number[]) {
  const argv = [await rowsWith("longest_gap_ms", after), "--against", await rowsWith("longest_gap_ms", before)];
  return run(["stats", ...argv]);
}

const oneIn = (share: number) => Array.from({ length: 1000 }, (_, index) => (index < share * 1000 ? 100 : 1000));

const around = (value: number) => Array.from({ length: 1000 }, (_, index) => value + (index % 10) / 50);

describe("the number shown is the one that is worse", () => {
  test("another quantile, if the median is the same", async () => {
    const { exitCode, stdout } = await compareGaps(oneIn(0.75), oneIn(0.55));
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringContaining("longest gap  p60 100 ms → 1.00 s (+900 %), p95 1.00 s → 1.00 s"),
    ]);
  });

  test("a change of less than 1 % in every quantile is negligible", async () => {
    const { exitCode, stdout } = await compareGaps(around(100.4), around(100.6));
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("2 differences significant, but negligible")]);
  });
});

/** A folder with so many streams in each of its folders. */
function foldersWith(folders: readonly string[], count: number): string {
  const whole = temporaryDirectory();
  for (const folder of folders) {
    mkdirSync(join(whole, folder), { recursive: true });
    for (let index = 0; index < count; index += 1) writeFileSync(join(whole, folder, `${index}.sse`), chat);
  }
  return whole;
}

async function groupsOf(after: string, before: string) {
  const { against } = (await runStats(["--by", "folder", after, "--against", before])).statistics;
  return { both: against?.differences.map(({ values: [folder] }) => folder), onlyAfter: against?.onlyAfter };
}

describe("--by folder", () => {
  test("a folder that all files of a side share has its whole name", async () => {
    const [after, before] = [foldersWith(["south"], 9), foldersWith(["south"], 9)];
    expect(await groupsOf(after, before)).toEqual({ both: [join(after, "south")], onlyAfter: [] });
  });

  test("one folder is compared with that of the same name among several", async () => {
    const [after, before] = [foldersWith(["south"], 9), foldersWith(["north", "south"], 9)];
    expect(await groupsOf(after, before)).toEqual({ both: ["south"], onlyAfter: [] });
    expect(await groupsOf(before, after)).toEqual({ both: ["south"], onlyAfter: [["north"]] });
  });
});

test("Groups on one side only: the largest first, then by name.", async () => {
  const [before, after] = [temporaryDirectory(), temporaryDirectory()];
  writeFileSync(join(before, "a.sse"), chat);
  const sizes = { "m-9": 1, "m-8": 1, "m-7": 2, "m-6": 8 };
  const rows = Object.entries(sizes).flatMap(([model, count]) =>
    Array.from({ length: count }, (_, index) => [`${model}-${index}.sse`, chat.replace("m-1", model)] as const),
  );
  // By their names, small groups are read first.
  for (const [index, [name, text]] of rows.entries()) writeFileSync(join(after, `${index + 10}-${name}`), text);
  const names = ["m-6", "m-7", "m-8", "m-9"];
  const { against } = (await runStats([after, "--against", before])).statistics;
  expect(against?.onlyAfter).toEqual(names.map((name) => [name]));
  const earlier = (await runStats([before, "--against", after])).statistics.against;
  expect(earlier?.onlyBefore).toEqual(names.map((name) => [name]));
  const { stdout } = await run(["stats", after, "--against", before]);
  expect(stdout).toContain(`only after: ${names.join("; ")}`);
});

test("Groups with too few values to test: the most values first.", async () => {
  const folder = temporaryDirectory();
  const sizes = { "m-9": 1, "m-8": 3, "m-7": 2 };
  for (const [model, count] of Object.entries(sizes)) {
    for (let index = 0; index < count; index += 1) {
      writeFileSync(join(folder, `${9 - Number(model.slice(2))}-${index}.sse`), chat.replace("m-1", model));
    }
  }
  const { stdout } = await run(["stats", folder, "--against", folder]);
  const few = stdout.slice(stdout.indexOf("fewer than 8 values: m"));
  expect(few).toMatch(/m-8 \(3 before, 3 after\); m-7 \(2 before, 2\s+after\); m-9 \(1/);
});
