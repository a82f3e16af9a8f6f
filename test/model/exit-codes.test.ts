import { readFile } from "node:fs/promises";
import path from "node:path";
import { format } from "oxfmt";
import { describe, expect, test } from "vitest";
import { allRuleIds } from "../../src/check/all-rules.ts";
import { exitMeanings, worstExitCode } from "../../src/model/exit-codes.ts";
import { verdictTable } from "../../src/model/verdict.ts";
import { run } from "../support/io.ts";

test("each verdict has the exit code that users rely on", () => {
  expect(verdictTable).toMatchObject({
    completed: { exitCode: 0 },
    ended: { exitCode: 0 },
    failed: { exitCode: 3 },
    incomplete: { exitCode: 4 },
    truncated: { exitCode: 5 },
    "transport-error": { exitCode: 6 },
    "not-a-stream": { exitCode: 7 },
    refused: { exitCode: 8 },
  });
});

test("every verdict that is not good has a rule, and that rule exists", () => {
  const bad = Object.values(verdictTable).filter(({ exitCode }) => exitCode !== 0);
  const rules = bad.map(({ rule }) => rule);
  expect(rules.length).toBeGreaterThan(5);
  expect(allRuleIds()).toEqual(expect.arrayContaining(rules));
});

test("each exit code has its own rank", () => {
  const pairs = new Set(exitMeanings().map(({ exitCode, rank }) => `${exitCode} ${rank}`));
  expect(pairs.size).toBe(new Set(exitMeanings().map(({ exitCode }) => exitCode)).size);
  expect(pairs.size).toBe(new Set(exitMeanings().map(({ rank }) => rank)).size);
});

test("the help prints every exit code with its verdict and meaning", async () => {
  const { stdout } = await run(["--help"]);
  const help = stdout.replaceAll(/\s+/g, " ");
  expect(exitMeanings().length).toBeGreaterThan(11);
  for (const { exitCode, verdict, meaning } of exitMeanings())
    expect(help).toContain(` ${exitCode} ${verdict === null ? "" : `${verdict}: `}${meaning} `);
});

// `npx vitest run test/model/exit-codes.test.ts -u` updates this part of src/report/README.md.
test("the guide lists every exit code with its verdict and meaning", async () => {
  const file = path.resolve(import.meta.dirname, "../../src/report/README.md");
  const guide = await readFile(file, "utf8");
  const [, before, after] =
    /^([^]*<!-- exit codes, from src\/model\/verdict\.ts and exit-codes\.ts -->\n)[^]*(<!-- end of the exit codes -->[^]*)$/.exec(
      guide,
    ) ?? [];
  const rows = exitMeanings().map(
    ({ exitCode, verdict, meaning }) => `| ${exitCode} | ${verdict ?? ""} | ${meaning} |\n`,
  );
  const worstFirst = [...exitMeanings()].sort((a, b) => b.rank - a.rank).map(({ exitCode }) => exitCode);
  const { code } = await format(
    "README.md",
    `| exit code | verdict | meaning |\n| --- | --- | --- |\n${rows.join("")}\nOf several responses or sources the worst decides, in the order ${[...new Set(worstFirst)].join(", ")}.\n`,
  );
  await expect(`${before}\n${code}\n${after}`).toMatchFileSnapshot(file);
});

describe("the worst of several exit codes decides", () => {
  const worstFirst = [70, 130, 2, 6, 7, 3, 5, 4, 8, 1, 0] as const;
  const pairs = worstFirst.flatMap((worse, index) => worstFirst.slice(index + 1).map((better) => ({ worse, better })));

  test.each(pairs)("$worse before $better", ({ worse, better }) => {
    expect(worstExitCode([worse, better])).toBe(worse);
    expect(worstExitCode([better, worse, better])).toBe(worse);
  });

  test("and without any it is 0", () => {
    expect(worstExitCode([])).toBe(0);
  });
});
