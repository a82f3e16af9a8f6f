// The page of statistics as text: without a browser, and what a script finds in it.
import { describe, expect, test } from "vitest";
import type { StatisticsPart } from "../../src/html-report/data.ts";
import { dangerousIn } from "../support/control-characters.ts";
import { run } from "../support/io.ts";
import { cut, rowsFile, rowsOfModel } from "./support/rows-file.ts";

async function pageOf(...argv: readonly string[]): Promise<string> {
  return (await run(["stats", "--format", "html", ...argv])).stdout;
}

function partOf(page: string): StatisticsPart {
  const [, json = ""] = /<script type="application\/json" data-part="statistics">(.*)<\/script>\n/.exec(page) ?? [];
  return JSON.parse(json);
}

/** The tables for browsers that do not run scripts. */
function staticOf(page: string): string {
  const [, html = ""] = /<div id="app">([^]*?)<\/div>\n<script/.exec(page) ?? [];
  return html;
}

test("holds the same statistics as --json, and one policy that allows one script and one style", async () => {
  const argv = [await rowsFile([...rowsOfModel("m-1", 9, 100, cut(2)), ...rowsOfModel("m-2", 5, null)])];
  const page = await pageOf(...argv);
  const { stdout } = await run(["stats", "--json", ...argv]);
  expect(partOf(page).statistics).toEqual(JSON.parse(stdout));
  expect(partOf(page).meanings["no-terminal"]?.meaning).toMatch(/terminal event/);
  expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-/);
  expect(page).not.toMatch(/ style=| on\w+=|https?:\/\/(?!www\.w3\.org\/)/);
});

describe("without a script", () => {
  test("has the tables and the notes", async () => {
    const html = staticOf(
      await pageOf(await rowsFile([...rowsOfModel("m-1", 9, 100, cut(2)), ...rowsOfModel("m-2", 5, 7)])),
    );
    expect(html).toContain("<h2>14 responses in 14 streams, by model: 2 failed (14 %)</h2>");
    expect(html).toContain('<tr><th scope="row">m-1</th><td class="figure">9</td><td class="figure">22 %</td>');
    expect(html).toContain('<th scope="row">no-terminal</th>');
    expect(html).toContain("<li>quantiles: exact (nearest rank)</li>");
  });

  test("has the differences", async () => {
    const [before, after] = [await rowsFile(rowsOfModel("m-1", 40, 100)), await rowsFile(rowsOfModel("m-1", 40, 200))];
    const html = staticOf(await pageOf(after, "--against", before));
    expect(html).toMatch(/m-1<\/th><td>worse<\/td><td>first token<\/td><td>p50 119 ms → 219 ms \(\+84 %\)/);
    expect(html).toContain("Fisher&#39;s exact");
  });

  test("says what a missing number means", async () => {
    const tokens = { input_tokens: 5, output_tokens: 7, total_tokens: 12, model: "m-1" };
    const html = staticOf(await pageOf(await rowsFile([tokens, { model: "m-2", output_tokens: 3 }])));
    expect(html).toContain("<li>- means not reported</li>");
  });

  test("nothing at all", async () => {
    const { stdout, exitCode } = await run(["stats", "--format", "html"], { stdin: [""] });
    expect(exitCode).toBe(2);
    expect(staticOf(stdout)).toContain("1 failed (100 %)");
  });
});

test.each(["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "a\u001b[31m\u202eb", `"'&amp;`])(
  "a hostile model %j is text",
  async (model) => {
    const rows = [...rowsOfModel(model, 20, 100, cut(9)), ...rowsOfModel("m", 3, 3)];
    const [after, before] = [await rowsFile(rows), await rowsFile(rowsOfModel(model, 20, 900))];
    const page = await pageOf("--by", "model,source", after, "--against", before);
    expect(dangerousIn(page)).toEqual([]);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(staticOf(page)).not.toMatch(/<img|<script|\u202e/);
    expect(partOf(page).statistics.groups[0]?.values[0]).toBe(model);
  },
);
