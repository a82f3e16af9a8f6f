// Matching that would take years.
import { describe, expect, test } from "vitest";
import { createMatcher, MatchingTooLong, matchesInTime } from "../../src/check/bounded-match.ts";
import { run } from "../support/io.ts";
import { answer } from "../support/stream.ts";

const letters = "a".repeat(50);

describe("A pattern is matched", () => {
  test.each([
    [/hey/, "oh, hey you", true],
    [/^hey$/m, "a\nhey\nb", true],
    [/(h|e|y)+!/, "hey!", true],
    [/(h|e|y)+!/, "hey", false],
    [/^(a+)+$/, letters, true],
    [/x*y/, "x".repeat(20_000), false],
  ])("%s against a text", (pattern, text, isMatch) => {
    expect(matchesInTime(pattern, text)).toBe(isMatch);
  });

  test.each([/^(a+)+$/, /^(a|a)*$/, /^(\w*)*$/, /^(?=(a+)+$)/])("%s until the time limit", (pattern) => {
    expect(() => matchesInTime(pattern, `${letters}!`, 20)).toThrow(MatchingTooLong);
    expect(matchesInTime(/a(b|c)*d/, "abcd")).toBe(true);
  });

  test("also if it takes quadratic time", () => {
    expect(() => matchesInTime(/a+b/, "a".repeat(5_000_000), 20)).toThrow(MatchingTooLong);
  });
});

describe("Many texts are matched", () => {
  test("without a limit if no text of their length can take long", () => {
    const matches = createMatcher(/time.?out|a.*b+c|(?:x|y)?z/i, 1);
    for (let length = 0; length < 50; length += 1) expect(matches(`${"a".repeat(length)}TIMEOUT`)).toBe(true);
    expect(matches("a".repeat(20))).toBe(false);
  });

  test("until the slow ones together reach the limit", () => {
    const matches = createMatcher(/^(?:a+)+$/, 300);
    const slow = `${"a".repeat(21)}!`;
    const matchAll = () => Array.from({ length: 10_000 }, () => matches(slow));
    expect(matchAll).toThrow(MatchingTooLong);
  });
});

test("A filter whose matching does not end is refused", { timeout: 60_000 }, async () => {
  const argv = ["--grep", "/^(a+)+$/", "--format", "events", "-"];
  const { exitCode, stderr } = await run(argv, { stdin: [answer(`${letters}!`)] });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--grep /^(a+)+$/: matching took longer than 5000 ms and was stopped");
});

test("An expectation whose matching does not end is not met, and says why", { timeout: 60_000 }, async () => {
  const { exitCode, stdout } = await run(["check", "--no-config", "--expect", "text~=/^(a+)+$/"], {
    stdin: [answer(`${letters}!`)],
  });
  expect(exitCode).toBe(1);
  expect(stdout).toContain("expected text~=/^(a+)+$/, but matching took longer than 5000 ms and was stopped");
});
