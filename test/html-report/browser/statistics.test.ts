// The statistics in headless Chromium: the page of `stats`, and the view in the report of `check`.
import { describe, expect, test } from "vitest";
import { hasChromium, useBrowser } from "../support/chromium.ts";
import { openReport, openStatistics } from "../support/open-report.ts";
import { cut, rowsFile, rowsOfModel } from "../support/rows-file.ts";

/** Models with other sizes, first tokens and failures each; the last one has no times. */
async function fleet(count: number): Promise<string> {
  const rows = Array.from({ length: count }, (_, index) =>
    rowsOfModel(
      `m-${index + 1}`,
      9 + ((index * 7) % count),
      index === count - 1 ? null : 100 * (index + 1),
      cut(index),
    ),
  );
  return rowsFile(rows.flat());
}

describe.skipIf(!hasChromium)("the page of statistics", () => {
  const browser = useBrowser();

  test("shows groups, verdicts, quantiles, histograms and findings", async () => {
    const { page, problems } = await openStatistics(browser(), [await fleet(3)]);
    expect(await page.title()).toMatch(/^✗ ssescope stats: 30 responses in 30 streams, by model: 3 failed/);
    const verdicts = page.locator('table[aria-label="Verdicts"]');
    expect(await verdicts.locator("tbody .group-name").allInnerTexts()).toEqual(["m-3", "m-2", "m-1"]);
    expect(await verdicts.locator("tfoot .name").innerText()).toBe("all");
    const times = page.locator('table[aria-label="first token"]');
    expect(await times.locator("tbody tr").first().locator("td.figure").allInnerTexts()).toEqual([
      "10",
      "204 ms",
      "208 ms",
      "209 ms",
      "209 ms",
      "209 ms",
    ]);
    expect(await times.locator("tbody tr").last().innerText()).toMatch(/m-3\s+0\s+not measured/);
    expect(await times.locator(".histogram .bar").count()).toBe(36);
    expect(await times.locator(".histogram title").first().textContent()).toMatch(/^up to \d+ ms: \d+ response/);
    expect(await page.locator('table[aria-label="Findings"]').innerText()).toMatch(/no-terminal\s+3\s+10 %\s+m-3/);
    expect(await page.locator(".figures").innerText()).toMatch(/tokens\s+not reported/);
    expect(await page.locator(".notes").last().innerText()).toBe("quantiles: exact (nearest rank)");
    expect(problems).toEqual([]);
  });

  test("sorts by a column, the other way round, and back; unknown values stay last", async () => {
    const { page } = await openStatistics(browser(), [await fleet(3)]);
    const times = page.locator('table[aria-label="first token"]');
    const names = times.locator("tbody .group-name");
    const p95 = times.getByRole("button", { name: "p95" });
    await p95.click();
    expect(await names.allInnerTexts()).toEqual(["m-2", "m-1", "m-3"]);
    expect(await times.locator('[aria-sort="descending"]').innerText()).toBe("p95");
    await p95.press("Enter");
    expect(await names.allInnerTexts()).toEqual(["m-1", "m-2", "m-3"]);
    await p95.click();
    expect(await names.allInnerTexts()).toEqual(["m-2", "m-1", "m-3"]);
    expect(await times.locator("[aria-sort]").count()).toBe(0);
  });

  test("marks the headings that sort, and the direction in which they do", async () => {
    const { page } = await openStatistics(browser(), [await fleet(3)]);
    const arrows = (selector: string) =>
      page.evaluate(
        `[...new Set([...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => {
          const { content, display, clipPath } = getComputedStyle(each, "::after");
          return content === "none" || display === "none" ? "none" : clipPath;
        }))]`,
      );
    const both = await arrows(".sortable thead button");
    expect(both).toEqual([expect.stringContaining("polygon")]);
    expect(await arrows(".sortable thead .fixed")).toEqual(["none"]);
    const count = page.getByRole("button", { name: "count" }).first();
    await count.click();
    const down = await arrows('[aria-sort="descending"] button');
    await count.click();
    const up = await arrows('[aria-sort="ascending"] button');
    expect(new Set([both, down, up].map(String)).size).toBe(3);
    await page.emulateMedia({ media: "print" });
    expect(await arrows(".sortable thead button")).toEqual(["none"]);
  });

  test("shows the first of many groups, all of them on demand and on paper, and finds one", async () => {
    const { page } = await openStatistics(browser(), [await fleet(60)]);
    const names = page.locator('table[aria-label="Verdicts"] tbody .group-name');
    expect(await names.count()).toBe(12);
    await page.emulateMedia({ media: "print" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await names.count()).toBe(60);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "Show all 60" }).first().click();
    expect(await names.count()).toBe(60);
    await page.keyboard.press("/");
    await page.keyboard.type("m-17");
    expect(await names.allInnerTexts()).toEqual(["m-17"]);
    expect(await page.locator(".groups-search").innerText()).toBe("1 of 60");
  });

  test("marks quantiles of a sketch and states their error", async () => {
    const { page } = await openStatistics(browser(), [await rowsFile(rowsOfModel("m-1", 3000, 100))]);
    expect(await page.locator(".near").count()).toBe(4);
    expect(await page.locator('table[aria-label="Times"] td.figure').last().innerText()).toBe("3.10 s");
    const notes = await page.locator(".notes").last().innerText();
    expect(notes).toContain("exact up to 2,048 values, above that within 0.5 % of the exact value (DDSketch)");
    expect(notes).toContain("≈ marks quantiles of a sketch");
  });

  test("a comparison shows what exceeds the noise, with its test and p, and the rest on demand", async () => {
    const before = await rowsFile([...rowsOfModel("m-1", 40, 100), ...rowsOfModel("m-2", 40, 300)]);
    const after = await rowsFile([...rowsOfModel("m-1", 40, 200), ...rowsOfModel("m-2", 40, 300, cut(20))]);
    const { page, problems } = await openStatistics(browser(), [after, "--against", before]);
    expect(await page.locator(".verdict-line").innerText()).toMatch(/^✗ 3 worse in 6 tests/);
    const rows = page.locator('table[aria-label="Significant differences"] tbody tr');
    const ofTimes = await rows.filter({ hasText: "Mann-Whitney U" }).innerText();
    expect(ofTimes).toMatch(/m-1\s+✗ worse\s+first token\s+p50 119 ms\s+p95 137 ms\s+p50 219 ms/);
    expect(ofTimes).toMatch(/\+84 %\s+larger in 100 % of pairs\s+p < 0\.001/);
    expect(await rows.filter({ hasText: "failed" }).innerText()).toMatch(
      /m-2\s+✗ worse\s+failed\s+0 % \(0 of 40\)\s+50 % \(20 of 40\)\s+\+50 points\s+p < 0\.001\s+Fisher/,
    );
    await page.click("summary");
    expect(await page.locator("summary").innerText()).toBe("All 7 comparisons, 6 tested");
    expect(await page.locator(".comparison .notes").innerText()).toContain(
      "1 of 7 comparisons not tested: no failures on either side",
    );
    const all = page.locator('table[aria-label="All comparisons"]');
    await expect.poll(() => all.locator("tbody tr").count()).toBeGreaterThan(4);
    expect(await all.innerText()).toContain("noise");
    expect(await all.locator("tr", { hasText: "not tested" }).innerText()).toMatch(/m-1\s+no failures\s+failed/);
    expect(problems).toEqual([]);
  });

  test("says that nothing could be compared", async () => {
    const [after, before] = [await rowsFile(rowsOfModel("m-1", 9, 1)), await rowsFile(rowsOfModel("m-2", 9, 1))];
    const { page } = await openStatistics(browser(), [after, "--against", before], {
      expectedStderr: /nothing could be/,
    });
    expect(await page.locator(".verdict-line.warning").innerText()).toContain("nothing could be compared");
  });

  test("has its tables without a script", async () => {
    const { page } = await openStatistics(browser(), [await fleet(3)], { isScripted: false });
    expect(await page.locator("h2").innerText()).toMatch(/^30 responses in 30 streams/);
    expect(await page.locator("table").count()).toBe(3);
    expect(await page.locator("noscript").innerText()).toContain("Without JavaScript");
    // Nothing looks as if it could be sorted.
    expect(await page.locator("thead button").count()).toBe(0);
  });

  test.each([320, 768, 1280])("does not scroll sideways at %d pixels, light and dark", async (width) => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, problems } = await openStatistics(browser(), [await fleet(60)], { width, colorScheme });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(await page.evaluate("document.querySelector('.stream-scroll').scrollWidth")).toBeLessThanOrEqual(width);
      expect(problems).toEqual([]);
    }
  });

  test("an attack in every name has no effect", async () => {
    const attacks = [
      '</script><script>globalThis.owned = 1</script><img src=x onerror="globalThis.owned = 1">',
      "<!--<script>",
      '" onmouseover="globalThis.owned = 1" x="',
      "\u001b[31m\u202e\u2028",
      "__proto__",
      "constructor",
    ];
    const rules = Object.fromEntries(attacks.map((attack) => [attack, 1]));
    const rows = attacks.flatMap((attack) => rowsOfModel(attack, 10, 100, { source: attack, rules }));
    const before = attacks.flatMap((attack) => rowsOfModel(attack, 10, 1000, { source: attack }));
    const argv = ["--by", "model,source", await rowsFile(rows), "--against", await rowsFile(before)];
    const { page, problems } = await openStatistics(browser(), argv);
    for (const button of await page.locator("thead button").all()) await button.click();
    expect(await page.evaluate("globalThis.owned")).toBe(undefined);
    expect(await page.locator("img, a, iframe, [onerror], [onmouseover]").count()).toBe(0);
    expect(await page.locator("script:not([data-part])").count()).toBe(1);
    // oxlint-disable-next-line no-control-regex -- none of them may occur
    expect(await page.locator("#app").innerText()).not.toMatch(/[\u0000\u001b\u202e]/);
    expect(problems).toEqual([]);
  });
});

describe.skipIf(!hasChromium)("the report of check", () => {
  const browser = useBrowser();
  const streams = ["fixtures/recorded/tides.sse", "fixtures/anthropic/cut.sse", "fixtures/openai-responses/failed.sse"];

  test("shows the statistics of several streams, and goes back", async () => {
    const { page, problems } = await openReport(browser(), streams);
    await page.click(".tab");
    expect(page.url()).toMatch(/#\/statistics$/);
    await expect.poll(() => page.locator("h2").innerText()).toMatch(/^3 responses in \d groups by model/);
    expect(await page.locator('table[aria-label="Verdicts"] tfoot').innerText()).toMatch(/all\s+3\s+67 %/);
    expect(await page.locator(".figures").innerText()).toMatch(/first token\s+1\.82 s/);
    await page.locator(".stream-row").first().click();
    await expect.poll(() => page.locator("h2").innerText()).toMatch(/\.sse$/);
    expect(problems).toEqual([]);
  });

  test("opens at them, also on a narrow page; of one stream there are none", async () => {
    const { page } = await openReport(browser(), streams, { hash: "#/statistics", width: 390 });
    await expect.poll(() => page.locator(".figures").isVisible()).toBe(true);
    await page.click(".back");
    await expect.poll(() => page.locator(".stream-row").first().isVisible()).toBe(true);
    const one = await openReport(browser(), streams.slice(0, 1), { hash: "#/statistics" });
    expect(await one.page.locator(".tab").count()).toBe(0);
  });
});
