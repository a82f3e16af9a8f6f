import { describe, expect, test } from "vitest";
import { unix } from "../../src/reporters/unix.ts";
import { checkedOf, findingOf, unreadable } from "./support/checked.ts";
import { disguises, hostileStream } from "./support/hostile.ts";
import { reported } from "./support/reported.ts";

/** The pattern of problem matchers and editors; src/reporters/README.md shows it. */
const LINE =
  /^(?<file>.+):(?<line>\d+):(?<column>\d+): (?<severity>error|warning|info): (?<message>.*) \[(?<rule>[\w-]+)\]$/;

test("a finding is a line with its place, its severity and its rule", async () => {
  const findings = [findingOf(), findingOf({ severity: "warning", line: 40, expected: "9", seen: "10" })];
  expect(await reported(unix, [checkedOf(findings, { source: "a/cap.sse" })])).toBe(
    [
      "a/cap.sse:34:1: error: sequence number 7 follows 5: 1 missing [sequence-gap]",
      "a/cap.sse:40:1: warning: sequence number 7 follows 5: 1 missing (expected 9, seen 10) [sequence-gap]",
      "",
    ].join("\n"),
  );
});

test("findings without a line get the first one", async () => {
  const finding = findingOf({ rule: "expectation", line: null, message: "expected text=x" });
  expect(await reported(unix, [checkedOf([finding])])).toBe("cap.sse:1:1: error: expected text=x [expectation]\n");
  expect(await reported(unix, [unreadable("gone.sse")])).toMatch(/^gone\.sse:1:1: error: .* \[unreadable-source\]\n$/);
});

test("nothing is written if all is well, and nothing below the shown severity", async () => {
  expect(await reported(unix, [checkedOf(), checkedOf([findingOf({ severity: "info" })])])).toBe("");
});

test("a stream that fails without a finding is a line", async () => {
  expect(await reported(unix, [checkedOf([], { verdict: "incomplete" })])).toBe(
    "cap.sse:1:1: error: incomplete, exit 4 [incomplete]\n",
  );
});

test("findings that are only counted are a line with their number", async () => {
  const text = await reported(unix, [checkedOf([findingOf()], { unlisted: { "sequence-gap": 1233 } })]);
  expect(text.split("\n")[1]).toBe("cap.sse:1:1: error: 1,233 more findings [sequence-gap]");
});

test("a stream of a log is named, and the line of a recorded body", async () => {
  const finding = findingOf({ bodyLine: 7, message: "odd" });
  const stream = { name: "api-1", line: 12, skippedLines: 3 };
  expect(await reported(unix, [checkedOf([finding], { stream })])).toBe(
    "cap.sse:34:1: error: api-1: body line 7: odd [sequence-gap]\n",
  );
  expect(await reported(unix, [checkedOf([finding], { stream: { ...stream, name: null } })])).toContain(
    " stream at line 12: body",
  );
});

describe("text of a stream stays on its line", () => {
  test.each(Object.entries(disguises))("that would be %s", async (_what, text) => {
    const lines = (await reported(unix, [hostileStream(text)], { leastShown: "info" })).trimEnd().split("\n");
    expect(lines.map((line) => LINE.exec(line)?.groups?.["rule"])).toEqual(["error-rule", "warning-rule", "info-rule"]);
  });

  test("and is cut", async () => {
    const finding = findingOf({ message: "x".repeat(100_000) });
    expect((await reported(unix, [checkedOf([finding])])).length).toBeLessThan(2000);
  });
});
