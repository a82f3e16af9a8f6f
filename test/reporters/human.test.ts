import { describe, expect, test } from "vitest";
import { human } from "../../src/reporters/human.ts";
import { EACH_STREAM, type HumanOptions } from "../../src/reporters/human-options.ts";
import type { Severity } from "../../src/model/finding.ts";
import { terminalRuler } from "../../src/terminal/terminal-ruler.ts";
import { checkedOf, findingOf, responseOf, unreadable } from "./support/checked.ts";
import { reported } from "./support/reported.ts";

const hint = findingOf({ severity: "info", rule: "resumed-stream", message: "it begins in the middle" });
const warning = findingOf({ severity: "warning", rule: "bom", line: 1, message: "a byte order mark" });
/** The options of `check`. */
const usual: HumanOptions = { groupBy: null, showsWarnings: false, hasExcerpts: false, isCi: false };

function failing(source: string, change: Parameters<typeof findingOf>[0] = {}) {
  return checkedOf([findingOf(change)], { source, checkCode: 1 });
}

test("nothing is printed to a pipe if all is well", async () => {
  expect(await reported(human, [checkedOf(), checkedOf([hint])])).toBe("");
});

describe("if all is well, the number of checked streams is printed", () => {
  const streams = [checkedOf(), checkedOf([warning])];

  test("on a terminal, and in a CI", async () => {
    const said = "✓ 2 streams checked, 1 warning (--warnings shows them)\n";
    expect(await reported(human, streams, { columns: 80, human: usual })).toBe(said);
    expect(await reported(human, streams, { human: { ...usual, isCi: true } })).toBe(said);
    expect(await reported(human, streams, { human: usual })).toBe("");
  });

  test("below the requested warnings", async () => {
    const said = await reported(human, streams, { human: { ...usual, showsWarnings: true } });
    expect(said.split("\n")).toEqual([
      "! cap.sse  completed  1 warning  exit 0",
      "  1  warning  bom  a byte order mark",
      "",
      "✓ 2 streams checked, 1 warning",
      "",
    ]);
  });
});

describe("a stream that fails has a block", () => {
  test("with its name and how it ended, and a row for each finding", async () => {
    const gap = findingOf({ expected: "6", seen: "7" });
    const said = await reported(human, [checkedOf([gap, warning], { source: "ci.log", checkCode: 1 })]);
    expect(said.split("\n")).toEqual([
      "✗ ci.log  completed  1 error, 1 warning  exit 1",
      "  34  error    sequence-gap  sequence number 7 follows 5: 1 missing",
      "   1  warning  bom           a byte order mark",
      "",
    ]);
  });

  test("that names the stream within a log", async () => {
    const stream = { name: "api-1", line: 12, skippedLines: 3 };
    expect(await reported(human, [checkedOf([findingOf()], { source: "ci.log", stream })])).toMatch(
      /^! ci\.log:12 \(api-1\) {2}completed {2}1 error {2}exit 0\n {2}34 {2}error/,
    );
  });

  test("with the line in a recorded body as well as that in the file", async () => {
    const said = await reported(human, [checkedOf([findingOf({ line: 262, bodyLine: 13 })], { source: "a.har" })]);
    expect(said).toContain("  262  error  sequence-gap  sequence number 7 follows 5: 1 missing (body line 13)\n");
  });

  test("without a line if a finding has none", async () => {
    expect(await reported(human, [checkedOf([findingOf({ line: null })])])).toContain("\n  -  error  sequence-gap");
  });

  test("that says how many findings are not listed", async () => {
    const stream = checkedOf([findingOf()], { unlisted: { "sequence-gap": 1233 } });
    const said = await reported(human, [stream]);
    expect(said).toContain("\n  and 1,233 more of sequence-gap\n");
    expect(said).toContain("  1,234 errors  ");
  });

  test("and a long message is cut", async () => {
    const said = await reported(human, [checkedOf([findingOf({ message: "x".repeat(100_000) })])]);
    expect(said).toContain("(100,000 characters)");
    expect(said.length).toBeLessThan(1000);
  });
});

describe("the expected and the seen value", () => {
  test.each([
    ["stands behind a message that says neither", "the status is wrong", "a", "b", "(expected a, seen b)"],
    ["is not taken for said where it is part of a longer number", "16 follows 15", "6", "5", "(expected 6, seen 5)"],
    ["is seen where it is empty", "the name is empty", "a", "", '(expected a, seen "")'],
    ["stands there alone where there is only one", "something is wrong", null, "b", "(seen b)"],
    ["is left out where it is no value", "it ends too early", "the end", "b", "(seen b)"],
  ])("%s", async (_what, message, wanted, seen, said) => {
    const finding = findingOf({ message, expected: wanted, seen });
    expect(await reported(human, [checkedOf([finding])])).toContain(`${message} ${said}\n`);
  });

  test("is left out if there is nothing to compare, or the message contains it", async () => {
    expect(await reported(human, [checkedOf([findingOf({ message: "odd" })])])).toContain("  odd\n");
    const finding = findingOf({ message: "it is 7", expected: "6", seen: "7" });
    expect(await reported(human, [checkedOf([finding])])).toContain("  it is 7\n");
  });
});

describe("the lowest severity that is shown", () => {
  test.each<[Severity, number]>([
    ["error", 1],
    ["warning", 2],
    ["info", 3],
  ])("%s: %i of three findings", async (leastShown, count) => {
    const unlisted = { "sequence-gap": 1, bom: 2, "resumed-stream": 3 };
    const stream = checkedOf([findingOf(), warning, hint], { checkCode: 1, unlisted });
    const said = await reported(human, [stream], { leastShown });
    expect(said.match(/^ {2}[ \d]+ {2}(?:error|warning|info)/gm)).toHaveLength(count);
    expect(said.match(/ more of /g)).toHaveLength(count);
  });

  test("does not hide the number of other findings, or how the stream ended", async () => {
    const stream = checkedOf([{ ...hint, rule: "incomplete" }], { verdict: "incomplete" });
    expect(await reported(human, [stream])).toBe("✗ cap.sse  incomplete  1 info  exit 4\n");
  });
});

test("an exit code is explained if there are no findings", async () => {
  expect(await reported(human, [checkedOf([], { verdict: "refused" })])).toBe(
    "✗ cap.sse  refused  no findings  exit 8\n",
  );
  const interrupted = checkedOf([], { verdict: "truncated", interrupted: true, exitCode: 130 });
  expect(await reported(human, [interrupted])).toContain("truncated, interrupted  no findings  exit 130\n");
});

test("a source that could not be read also has a block", async () => {
  expect(await reported(human, [unreadable("gone.sse")])).toBe(
    ["✗ gone.sse  unreadable  1 error  exit 2", "  -  error  unreadable-source  no such file; check the path", ""].join(
      "\n",
    ),
  );
});

test("several streams end with how many fail, and which one decides", async () => {
  const streams = [
    checkedOf(),
    checkedOf([warning], { source: "a.sse" }),
    failing("b.sse"),
    checkedOf([], { source: "c.sse", verdict: "truncated" }),
    checkedOf([], { source: "d.sse", verdict: "truncated" }),
  ];
  const said = await reported(human, streams, { human: usual });
  const end = [
    "3 of 5 streams fail: 2 truncated, 1 completed with errors",
    "1 error, 1 warning (--warnings shows all); the worst: c.sse, truncated, exit 5",
    "",
  ];
  expect(said.endsWith(`\n\n${end.join("\n")}`)).toBe(true);
  // One blank line between the blocks, and no passing stream.
  expect(said).toContain("missing\n\n✗ c.sse");
  expect(said).not.toContain("a.sse");
});

describe("above ten failing streams", () => {
  const many = Array.from({ length: 9 }, (_, index) => failing(`gap-${index}.sse`));
  const cut = ["x", "y", "z"].map((name) =>
    checkedOf([findingOf({ rule: "no-terminal", line: 7, message: "the input ends" }), findingOf()], {
      source: `${name}.sse`,
      verdict: "truncated",
    }),
  );

  test("those with the same cause are grouped, each once", async () => {
    const said = await reported(human, [...cut, ...many], { human: usual });
    expect(said.split("\n").slice(0, 4)).toEqual([
      "✗ 9  sequence-gap",
      "     sequence number 7 follows 5: 1 missing",
      "       gap-0.sse:34",
      "       gap-1.sse:34",
    ]);
    expect(said).toContain("\n\n✗ 3  no-terminal\n     the input ends\n       x.sse:7  also sequence-gap\n");
    expect(said).toContain("12 of 12 streams fail: 9 completed with errors, 3 truncated\n");
  });

  test("or as requested", async () => {
    const byVerdict = await reported(human, [...cut, ...many], { human: { ...usual, groupBy: "verdict" } });
    expect(byVerdict).toMatch(/^✗ 9 {2}completed\n {5}sequence-gap: sequence number/);
    const models = many.map((stream, index) => ({
      ...stream,
      report: stream.report && { ...stream.report, responses: [responseOf({ model: `model-${index % 2}` })] },
    }));
    expect(await reported(human, models, { human: { ...usual, groupBy: "model" } })).toMatch(
      /^✗ 5 {2}model-0\n[^]*\n✗ 4 {2}model-1\n/,
    );
    const bySource = await reported(human, [...cut, ...many], { human: { ...usual, groupBy: "source" } });
    expect(bySource.match(/^✗ \S+\.sse /gm)).toHaveLength(12);
  });

  test("ten are shown one by one, and few are grouped on request", async () => {
    const ten = await reported(human, [...many, ...cut].slice(0, 10), { human: usual });
    expect(ten.match(/^✗ \S+\.sse /gm)).toHaveLength(10);
    expect(await reported(human, cut, { human: { ...usual, groupBy: "rule" } })).toMatch(/^✗ 3 {2}no-terminal\n/);
  });

  test("groups over the limit are counted", async () => {
    const same = Array.from({ length: 5000 }, (_, index) => failing(`${index}.sse`));
    const different = Array.from({ length: 50 }, (_, index) => failing(`d${index}.sse`, { message: `no ${index}` }));
    const said = await reported(human, [...same, ...different], { human: usual });
    expect(said).toContain("\n       and 4,990 more streams\n");
    expect(said).toContain("\n     and 31 more streams\n");
    expect(said.split("\n").length).toBeLessThan(100);
  });
});

describe("on a terminal", () => {
  const finding = findingOf({
    rule: "delta-mismatch",
    message: "満ち潮は六時に来ます the deltas are not what the end says: “🌊 hey” instead of “🌊🌊 hey you”, from 3 on",
  });
  const stream = checkedOf([finding, warning], { source: "captures/潮/a-long-name-of-a-capture.sse", checkCode: 1 });
  const grouped = Array.from({ length: 12 }, () => stream);

  test.each([40, 60, 80, 120, 200])("everything fits into %i columns without broken words", async (columns) => {
    for (const streams of [[stream], [stream, checkedOf()], grouped]) {
      const said = await reported(human, streams, { columns, human: usual });
      const lines = said.split("\n").filter((line) => !line.startsWith("next: "));
      for (const line of lines) expect(terminalRuler.columnsOf(line)).toBeLessThanOrEqual(columns);
      expect(said.replaceAll(/\s+/g, " ")).toContain(`${finding.message} `);
    }
  });

  test("a message goes on lines of its own if there is no room beside its rule", async () => {
    expect(await reported(human, [failing("a.sse")], { columns: 40, human: usual })).toContain(
      "  34  error  sequence-gap\n      sequence number 7 follows 5: 1\n      missing\n",
    );
  });

  test("the next command is printed in a form that can be typed", async () => {
    const said = await reported(human, [failing("it's here.sse")], { columns: 80, human: usual });
    expect(said).toContain(`next: ssescope 'it'\\''s here.sse' --around findings\n`);
    expect(await reported(human, [failing("-")], { columns: 80, human: usual })).toContain(
      "next: ssescope rules sequence-gap\n",
    );
  });

  test("failing streams are red whatever the verdict, and streams that pass with warnings are not green", async () => {
    const streams = [failing("a.sse"), checkedOf([warning, hint])];
    const setting = { columns: 80, color: "always", leastShown: "info", human: EACH_STREAM } as const;
    const said = await reported(human, streams, setting);
    expect(said).toContain("\u001b[31m✗");
    expect(said).toContain("\u001b[31mcompleted");
    expect(said).toContain("\u001b[33m!");
    expect(said).toContain("\u001b[31merror");
    expect(said).toContain("\u001b[33mwarning");
    expect(said).toContain("\u001b[2minfo");
    expect(said).not.toContain("\u001b[32m");
  });
});
