import { describe, expect, test } from "vitest";
import type { Checked } from "../../src/check/checked.ts";
import { markdown } from "../../src/reporters/markdown.ts";
import type { Finding } from "../../src/model/finding.ts";
import { dangerousIn } from "../support/control-characters.ts";
import { checkedOf, findingOf, unreadable } from "./support/checked.ts";
import { disguises, everyDisguise, hostileStream } from "./support/hostile.ts";
import { reported } from "./support/reported.ts";

/** GitHub's limit for one step. */
const MOST_BYTES = 1024 * 1024;

function* many(count: number, streamAt: (index: number) => Checked): Generator<Checked> {
  for (let index = 0; index < count; index += 1) yield streamAt(index);
}

/** The cells of each row of the tables. */
function cellsIn(text: string): string[][] {
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  return rows.map((row) => row.slice("| ".length, -" |".length).split(" | "));
}

/** Text as a browser displays it. */
function shown(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

/** Folded content, by title. */
function foldedIn(text: string): Map<string, { isOpen: boolean; inner: string }> {
  const folded = text.matchAll(/<details(?<open> open)?><summary>(?<title>.*)<\/summary>\n(?<inner>[^]*?)<\/details>/g);
  return new Map(
    [...folded].map(({ groups }) => [
      groups?.["title"] ?? "",
      { isOpen: groups?.["open"] !== undefined, inner: groups?.["inner"] ?? "" },
    ]),
  );
}

test("the headline counts failing streams, verdicts and findings, and names the decisive stream", async () => {
  const streams = [
    checkedOf(),
    checkedOf([findingOf()], { source: "b.sse", checkCode: 1 }),
    checkedOf([], { source: "c.sse", verdict: "truncated" }),
    unreadable("gone.sse"),
  ];
  expect(
    shown(await reported(markdown, streams))
      .split("\n")
      .slice(0, 3),
  ).toEqual([
    "### ❌ ssescope check: 3 of 4 streams fail",
    "",
    "4 streams: 2 completed, 1 truncated, 1 unreadable; 2 errors; **the worst: gone.sse, unreadable, exit 2**",
  ]);
});

test.each<[headline: string, streams: readonly Checked[]]>([
  ["✅ ssescope check: no streams", []],
  ["✅ ssescope check: 1 stream passes", [checkedOf()]],
  ["✅ ssescope check: 2 streams pass", [checkedOf(), checkedOf()]],
  ["❌ ssescope check: 1 stream fails", [unreadable("gone.sse")]],
  ["❌ ssescope check: 1 of 2 streams fails", [unreadable("gone.sse"), checkedOf()]],
  ["❌ ssescope check: 2 streams fail", [unreadable("gone.sse"), unreadable("gone.sse")]],
])("the headline is: %s", async (headline, streams) => {
  expect((await reported(markdown, streams)).split("\n", 1)).toEqual([`### ${headline}`]);
});

test("if all is well, there is a headline with the folded streams", async () => {
  const text = await reported(markdown, [checkedOf()]);
  expect(text.split("\n")).toEqual([
    "### ✅ ssescope check: 1 stream passes",
    "",
    "1 stream: 1 completed; no findings; **exit 0**",
    "",
    "<details><summary>1 stream passes</summary>",
    "",
    "| source | verdict | events | tokens | warnings |",
    "| --- | --- | --: | --: | --: |",
    "| <code>cap.sse</code> | completed | 9 | 18 | 0 |",
    "",
    "</details>",
    "",
  ]);
});

test("a failing stream is a row with its reason, above everything folded", async () => {
  const findings = [
    findingOf({ severity: "warning" }),
    findingOf({ rule: "no-terminal", message: "no terminal event" }),
  ];
  const text = await reported(markdown, [
    checkedOf(),
    checkedOf(findings, { source: "cut.sse", verdict: "truncated" }),
    checkedOf([], { source: "left.sse", verdict: "incomplete" }),
  ]);
  expect(
    shown(text.slice(0, text.indexOf("<details")))
      .split("\n")
      .slice(4, 8),
  ).toEqual([
    "| source | verdict | exit | reason | errors | warnings |",
    "| --- | --- | --: | --- | --: | --: |",
    "| <code>cut.sse</code> | truncated | 5 | <code>no-terminal</code> line 34: no terminal event | 1 | 1 |",
    "| <code>left.sse</code> | incomplete | 4 | incomplete, exit 4 | 0 | 0 |",
  ]);
  expect([...foldedIn(text).keys()]).toEqual(["1 error", "1 warning", "1 stream passes"]);
});

test("the worst streams come first, and those over the limit are counted", async () => {
  const streams = [
    ...many(60, (index) => checkedOf([], { source: `good-${index}` })),
    ...many(60, (index) => checkedOf([findingOf()], { source: `findings-${index}`, checkCode: 1 })),
    checkedOf([], { source: "cut", verdict: "truncated" }),
    ...many(10, (index) => checkedOf([], { source: `refused-${index}`, verdict: "refused" })),
  ];
  const text = await reported(markdown, streams);
  const sources = cellsIn(text)
    .filter((cells) => cells.length === 6)
    .map((cells) => cells[0])
    .slice(2);
  expect(sources).toHaveLength(50);
  expect(sources.slice(0, 3)).toEqual(["cut", "refused-0", "refused-1"].map((name) => `<code>${name}</code>`));
  expect(sources[11]).toBe("<code>findings-0</code>");
  expect(text).toContain("\nand 21 more streams\n");
  expect(foldedIn(text).get("60 streams pass")?.inner).toContain("\nand 10 more streams\n");
});

/** Whether the tables of streams with this many errors each are open. */
async function isOpenWith(...errors: readonly number[]): Promise<boolean[]> {
  const streams = errors.map((count) => checkedOf(Array(count).fill(findingOf()), { checkCode: 1 }));
  return [...foldedIn(await reported(markdown, streams)).values()].map(({ isOpen }) => isOpen);
}

describe("findings", () => {
  const findings = (["error", "warning", "info"] as const).map((severity) => findingOf({ severity, rule: severity }));

  test("have a table for each severity that is shown", async () => {
    const text = await reported(markdown, [checkedOf(findings, { checkCode: 1 })]);
    expect([...foldedIn(text).keys()]).toEqual(["1 error", "1 warning"]);
    expect(shown(text)).toContain(
      "| <code>cap.sse:34</code> | <code>error</code> | sequence number 7 follows 5: 1 missing |",
    );
    expect(foldedIn(await reported(markdown, [checkedOf(findings)], { leastShown: "info" })).has("1 info")).toBe(true);
  });

  test("are open if they are a few errors that the rows above do not cover", async () => {
    expect(await isOpenWith(1, 1)).toEqual([false]);
    expect(await isOpenWith(1, 9)).toEqual([true]);
    expect(await isOpenWith(1, 10)).toEqual([false]);
  });

  test("over the limit are counted, and so are those that were only counted", async () => {
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
  const passing = many(1000, (index) => checkedOf([], { source: `${index}${said}` }));
  const text = await reported(markdown, [...passing, ...streams], { leastShown: "info" });
  expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES / 1.5);
  expect(text).toContain("and 9,950 more streams");
});

describe("text of a stream stays text", () => {
  test.each(Object.entries(disguises))("that would be %s", async (_what, text) => {
    const output = await reported(markdown, [hostileStream(text)], { leastShown: "info" });
    const rows = cellsIn(output);
    expect(rows.map((cells) => cells.length)).toEqual([6, 6, 6, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
    const own = new Set(["#", "*", "|", "❌", "<code>", "</code>", "<details open>", "<details>", "</details>"]);
    const marks = output.replaceAll(/&#\d+;/g, "").match(/<[^>]*>|[^\w\s.,;=%?…/+-]/g) ?? [];
    expect(marks.filter((mark) => !own.has(mark) && !/^(?::|<\/?summary>)$/.test(mark))).toEqual([]);
    expect(dangerousIn(output)).toEqual([]);
  });

  test("and is readable", async () => {
    const output = await reported(markdown, [hostileStream("a | <b> `c` *d* \u001b[2J\nwww.e.example")]);
    expect(output).not.toContain("www.");
    expect(shown(output)).toContain(String.raw`a | <b> ${"`c`"} *d* ^[[2J\nwww.e.example`);
  });
});
