// `ssescope stats --against` over rows with known times.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../support/files.ts";
import { run } from "../support/io.ts";

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
