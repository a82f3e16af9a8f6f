import { describe, expect, test } from "vitest";
import { human } from "../../src/reporters/human.ts";
import type { Severity } from "../../src/model/finding.ts";
import { checkedOf, findingOf, unreadable } from "./support/checked.ts";
import { reported } from "./support/reported.ts";

const hint = findingOf({ severity: "info", rule: "resumed-stream", message: "it begins in the middle" });
const warning = findingOf({ severity: "warning", rule: "bom", line: 1, message: "a byte order mark" });

test("nothing is said where all is well", async () => {
  expect(await reported(human, [checkedOf(), checkedOf([hint])])).toBe("");
});

describe("a stream with findings has a block", () => {
  test("with its name, a line for each, and how it ended", async () => {
    const gap = findingOf({ expected: "6", seen: "7" });
    const said = await reported(human, [checkedOf([gap, warning], { source: "ci.log", checkCode: 1 })]);
    expect(said.split("\n")).toEqual([
      "ci.log",
      "  ci.log:34  error    sequence-gap  sequence number 7 follows 5: 1 missing (expected 6, seen 7)",
      "  ci.log:1   warning  bom           a byte order mark",
      "  1 error, 1 warning; completed, exit 1",
      "",
    ]);
  });

  test("that says which stream in a log it is", async () => {
    const stream = { name: "api-1", line: 12, skippedLines: 3 };
    expect(await reported(human, [checkedOf([findingOf()], { source: "ci.log", stream })])).toMatch(
      /^ci\.log:12 \(api-1\)\n {2}ci\.log:34 {2}error/,
    );
  });

  test.each([
    ["-", "line 34  error"],
    ["https://api.example/v1", "line 34  error"],
    ["a/b.sse", "a/b.sse:34  error"],
  ])("whose places can be opened where there is a file: %s", async (source, place) => {
    expect(await reported(human, [checkedOf([findingOf()], { source })])).toContain(`\n  ${place}`);
  });

  test("without a line where a finding has none", async () => {
    const finding = findingOf({ line: null });
    expect(await reported(human, [checkedOf([finding])])).toContain("\n  cap.sse  error  sequence-gap");
  });

  test("that says how many findings are not listed", async () => {
    const stream = checkedOf([findingOf()], { unlisted: { "sequence-gap": 1233 } });
    expect(await reported(human, [stream])).toContain("\n  and 1,233 more of sequence-gap\n  1,234 errors; ");
  });

  test("and a long message is cut", async () => {
    const said = await reported(human, [checkedOf([findingOf({ message: "x".repeat(100_000) })])]);
    expect(said).toContain("(100,000 characters)");
    expect(said.length).toBeLessThan(1000);
  });
});

describe("what was expected and seen", () => {
  test.each([
    ["stands behind a message that says neither", "the status is wrong", "a", "b", "(expected a, seen b)"],
    ["stands there whole where the message has one of them", "it is b", "a", "b", "(expected a, seen b)"],
    ["is not taken for said where it is part of a longer number", "16 follows 15", "6", "5", "(expected 6, seen 5)"],
    ["is seen where it is empty", "the name is empty", "a", "", '(expected a, seen "")'],
    ["stands there alone where there is only one", "something is wrong", null, "b", "(seen b)"],
  ])("%s", async (_what, message, wanted, seen, said) => {
    const finding = findingOf({ message, expected: wanted, seen });
    expect(await reported(human, [checkedOf([finding])])).toContain(`${message} ${said}\n`);
  });

  test("is left out where there is nothing to compare", async () => {
    expect(await reported(human, [checkedOf([findingOf({ message: "odd" })])])).toContain("  odd\n");
  });

  test("is not said twice", async () => {
    const finding = findingOf({ message: "7 where 6 should be", expected: "6", seen: "7" });
    expect(await reported(human, [checkedOf([finding])])).toContain("7 where 6 should be\n");
  });
});

describe("the least severity that is shown", () => {
  test.each<[Severity, number]>([
    ["error", 1],
    ["warning", 2],
    ["info", 3],
  ])("%s: %i of three findings", async (leastShown, count) => {
    const unlisted = { "sequence-gap": 1, bom: 2, "resumed-stream": 3 };
    const stream = checkedOf([findingOf(), warning, hint], { checkCode: 1, unlisted });
    const said = await reported(human, [stream], { leastShown });
    expect(said.match(/cap\.sse:\d+/g)).toHaveLength(count);
    expect(said.match(/ more of /g)).toHaveLength(count);
  });

  test("does not hide how many others there are, nor how the stream ended", async () => {
    const stream = checkedOf([{ ...hint, rule: "incomplete" }], { verdict: "incomplete" });
    expect(await reported(human, [stream])).toBe("cap.sse\n  1 info not shown; incomplete, exit 4\n");
  });
});

test("an exit code is explained where nothing at all was found", async () => {
  expect(await reported(human, [checkedOf([], { verdict: "refused" })])).toBe(
    "cap.sse\n  no findings; refused, exit 8\n",
  );
  const interrupted = checkedOf([], { verdict: "truncated", interrupted: true, exitCode: 130 });
  expect(await reported(human, [interrupted])).toContain("no findings; truncated, interrupted, exit 130\n");
});

test("a source that could not be read is one of them", async () => {
  expect(await reported(human, [unreadable("gone.sse")])).toBe(
    [
      "gone.sse",
      "  gone.sse  error  unreadable-source  no such file; check the path",
      "  1 error; unreadable, exit 2",
      "",
    ].join("\n"),
  );
});

test("several streams end with what they come to, and which one decided", async () => {
  const streams = [
    checkedOf(),
    checkedOf([findingOf()], { source: "b.sse", checkCode: 1 }),
    checkedOf([], { source: "c.sse", verdict: "truncated" }),
    checkedOf([], { source: "d.sse", verdict: "truncated" }),
  ];
  const said = await reported(human, streams);
  const end = "4 streams: 2 completed, 2 truncated; 1 error; the worst: c.sse, truncated, exit 5\n";
  expect(said.endsWith(`\n\n${end}`)).toBe(true);
  // One blank line between the blocks.
  expect(said).toContain("completed, exit 1\n\nc.sse\n");
});

test("severities and verdicts have their colours", async () => {
  const stream = checkedOf([findingOf(), warning, hint], { verdict: "incomplete" });
  const said = await reported(human, [stream], { isTTY: true, color: "always", leastShown: "info" });
  expect(said).toContain("\u001b[31merror");
  expect(said).toContain("\u001b[33mwarning");
  expect(said).toContain("\u001b[2minfo");
  expect(said).toContain("\u001b[33mincomplete");
});
