import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { Checked } from "../../src/check/checked.ts";
import { judge } from "../../src/check/judge.ts";
import type { StreamDetail } from "../../src/html-report/data.ts";
import { createHtml, type HtmlLimits } from "../../src/reporters/html-page.ts";
import { DEFAULT_POLICY } from "../../src/rules/policy.ts";
import { createPage } from "../../src/terminal/page.ts";
import { follow } from "../html-report/support/follow.ts";
import { temporaryDirectory } from "../support/files.ts";
import { run } from "../support/io.ts";
import { answer, created, stream } from "../support/stream.ts";

const fine = answer(...Array.from({ length: 20 }, (_, index) => `word ${index}`));
const cut = fine.slice(0, fine.indexOf("event: response.completed"));

/** What the page contains for each of these streams. */
async function detailsOf(streams: readonly string[], limits: HtmlLimits): Promise<StreamDetail[]> {
  const pieces: string[] = [];
  const page = createPage(
    new Writable({
      decodeStrings: false,
      write(piece: string, _encoding, done) {
        pieces.push(piece);
        done();
      },
    }),
  );
  const reporting = await createHtml(page, { failOn: "error", stallMs: DEFAULT_POLICY.stallMs }, limits);
  for (const text of streams) reporting.checked(checkedBy(text, reporting.follow()));
  await reporting.end({ exitCode: 0, streams: streams.length });
  await page.flush();
  return detailsIn(pieces.join(""));
}

function detailsIn(page: string): StreamDetail[] {
  return [...page.matchAll(/data-part="detail">(.*)<\/script>/g)].map(([, json]) => JSON.parse(json ?? ""));
}

function checkedBy(text: string, listener: Parameters<typeof follow>[1]): Checked {
  return judge(follow(text, listener), { rules: DEFAULT_POLICY, expectations: [], failOn: "error" });
}

const rowCounts = (details: readonly StreamDetail[]) => details.map(({ rows }) => rows.length);

describe("the events in an HTML report", () => {
  test("are those of each stream", async () => {
    expect(rowCounts(await detailsOf([fine, stream(created())], { all: 1e9, passing: 1e9 }))).toEqual([27, 1]);
  });

  test("are those of each stream of a source, however they are interleaved", async () => {
    const path = join(temporaryDirectory(), "report.html");
    await run(["check", "--reporter", `html=${path}`, "fixtures/log/kubectl.log"]);
    const details = detailsIn(readFileSync(path, "utf8"));
    expect(details.length).toBeGreaterThan(1);
    for (const { rows, bytes } of details) {
      expect(bytes).toBeGreaterThan(0);
      const indexes = rows.map(([, index]) => index).filter((index) => index !== null);
      expect(indexes).toEqual(indexes.map((_, index) => index));
    }
  });

  test("of streams that pass leave room for those that fail", async () => {
    const details = await detailsOf([fine, fine, fine, cut], { all: 30_000, passing: 9000 });
    expect(rowCounts(details)).toEqual([27, 0, 0, 26]);
    expect(details.map(({ isWithoutRows }) => isWithoutRows)).toEqual([false, true, true, false]);
  });

  test("do not exceed the page's limits", async () => {
    const details = await detailsOf(
      Array.from({ length: 9 }, () => cut),
      { all: 20_000, passing: 0 },
    );
    const all = details.reduce((sum, { rows }) => sum + rows.length, 0);
    expect(all).toBeGreaterThan(26);
    expect(all).toBeLessThan(26 * 9);
    expect(details.at(-1)).toMatchObject({ rows: [], left: { count: 26 } });
  });
});
