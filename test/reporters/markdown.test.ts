import { describe, expect, test } from "vitest";
import type { Checked } from "../../src/check/checked.ts";
import { markdown } from "../../src/reporters/markdown.ts";
import type { Finding } from "../../src/model/finding.ts";
import { dangerousIn } from "../support/control-characters.ts";
import { checkedOf, findingOf, unreadable } from "./support/checked.ts";
import { disguises, everyDisguise, hostileStream } from "./support/hostile.ts";
import { reported } from "./support/reported.ts";

/** The most that GitHub takes of one step. */
const MOST_BYTES = 1024 * 1024;

function* many(count: number, streamAt: (index: number) => Checked): Generator<Checked> {
  for (let index = 0; index < count; index += 1) yield streamAt(index);
}

/** The cells of each row of the tables. */
function cellsIn(text: string): string[][] {
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  return rows.map((row) => row.slice("| ".length, -" |".length).split(" | "));
}

/** Text as a browser shows it. */
function shown(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

test("the headline counts verdicts and findings, and names the stream that decided", async () => {
  const streams = [
    checkedOf(),
    checkedOf([findingOf()], { source: "b.sse", checkCode: 1 }),
    checkedOf([], { source: "c.sse", verdict: "truncated" }),
    unreadable("gone.sse"),
  ];
  expect(shown(await reported(markdown, streams))).toMatch(
    /^### ssescope check: 4 streams: 2 completed, 1 truncated, 1 unreadable\n\n2 errors; \*\*the worst: gone\.sse, unreadable, exit 2\*\*\n/,
  );
});

test("where all is well there are a headline and a row", async () => {
  const text = await reported(markdown, [checkedOf()]);
  expect(text.split("\n")).toEqual([
    "### ssescope check: 1 stream: 1 completed",
    "",
    "no findings; **exit 0**",
    "",
    "| verdict | exit | errors | warnings | events | tokens | source |",
    "| --- | --: | --: | --: | --: | --: | --- |",
    "| completed | 0 | 0 | 0 | 9 | 18 | <code>cap.sse</code> |",
    "",
  ]);
});

test("the worst streams come first, and of very many the others are counted", async () => {
  const streams = [
    ...many(60, (index) => checkedOf([], { source: `good-${index}` })),
    ...many(10, (index) => checkedOf([findingOf()], { source: `findings-${index}`, checkCode: 1 })),
    checkedOf([], { source: "cut", verdict: "truncated" }),
    ...many(10, (index) => checkedOf([], { source: `refused-${index}`, verdict: "refused" })),
  ];
  const text = await reported(markdown, streams);
  const sources = cellsIn(text)
    .filter((cells) => cells.length === 7)
    .map((cells) => cells[6])
    .slice(2);
  expect(sources).toHaveLength(50);
  expect(sources.slice(0, 3)).toEqual(["cut", "refused-0", "refused-1"].map((name) => `<code>${name}</code>`));
  expect(sources[11]).toBe("<code>findings-0</code>");
  expect(sources.at(-1)).toBe("<code>good-28</code>");
  expect(text).toContain("\nand 31 more streams\n");
});

describe("findings", () => {
  const findings = (["error", "warning", "info"] as const).map((severity) => findingOf({ severity, rule: severity }));

  test("stand in a table for each severity that people are shown", async () => {
    const text = await reported(markdown, [checkedOf(findings, { checkCode: 1 })]);
    expect(text.match(/^#### .*$/gm)).toEqual(["#### 1 error", "#### 1 warning"]);
    expect(shown(text)).toContain(
      "| <code>cap.sse:34</code> | <code>error</code> | sequence number 7 follows 5: 1 missing |",
    );
    expect(await reported(markdown, [checkedOf(findings)], { leastShown: "info" })).toContain("#### 1 info");
  });

  test("are folded where they are many", async () => {
    const few = await reported(
      markdown,
      many(10, () => checkedOf([findingOf()])),
    );
    const more = await reported(
      markdown,
      many(11, () => checkedOf([findingOf()])),
    );
    expect(few).not.toContain("<details>");
    expect(more).toMatch(/\n<details><summary>11 errors<\/summary>\n\n\| place [^]*\|\n\n<\/details>\n$/);
  });

  test("of very many are counted, and those that are counted only too", async () => {
    const stream = checkedOf([findingOf()], { unlisted: { "sequence-gap": 9 } });
    const text = await reported(
      markdown,
      many(300, () => stream),
    );
    expect(text).toContain("<summary>3,000 errors</summary>");
    expect(text).toContain("\nand 2,800 more errors\n");
    expect(cellsIn(text).filter((cells) => cells.length === 3)).toHaveLength(200 + 2);
  });
});

test("10,000 streams, and findings of any length, stay under GitHub's limit", async () => {
  const said = everyDisguise.repeat(50);
  const findings = (["error", "warning", "info"] as const).map((severity): Finding => {
    return findingOf({ severity, message: said, expected: said, seen: `${said}!` });
  });
  const streams = many(10_000, (index) => checkedOf(findings, { source: `${index}${said}`, checkCode: 1 }));
  const text = await reported(markdown, streams, { leastShown: "info" });
  expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES / 1.5);
  expect(text).toContain("and 9,950 more streams");
});

describe("text of a stream stays text", () => {
  test.each(Object.entries(disguises))("that would be %s", async (_what, text) => {
    const output = await reported(markdown, [hostileStream(text)], { leastShown: "info" });
    const rows = cellsIn(output);
    expect(rows.map((cells) => cells.length)).toEqual([7, 7, 7, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
    const own = new Set(["#", "*", "|", "<code>", "</code>"]);
    const marks = output.replaceAll(/&#\d+;/g, "").match(/<[^>]*>|[^\w\s.,;=%?…/+-]/g) ?? [];
    expect(marks.filter((mark) => !own.has(mark) && mark !== ":")).toEqual([]);
    expect(dangerousIn(output)).toEqual([]);
  });

  test("and can be read", async () => {
    const output = await reported(markdown, [hostileStream("a | <b> `c` *d* \u001b[2J\nwww.e.example")]);
    expect(output).not.toContain("www.");
    expect(shown(output)).toContain(String.raw`a | <b> ${"`c`"} *d* ^[[2J\nwww.e.example`);
  });
});
