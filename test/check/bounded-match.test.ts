// Matching that would take years.
import { describe, expect, test } from "vitest";
import { MatchingTooLong, matchesInTime } from "../../src/check/bounded-match.ts";
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

  test.each([/^(a+)+$/, /^(a|a)*$/, /^(\w*)*$/, /^(?=(a+)+$)/])("%s until its time is over", (pattern) => {
    expect(() => matchesInTime(pattern, `${letters}!`, 20)).toThrow(MatchingTooLong);
    expect(matchesInTime(/a(b|c)*d/, "abcd")).toBe(true);
  });

  test("also where it only takes the square of the text's length", () => {
    expect(() => matchesInTime(/a+b/, "a".repeat(5_000_000), 20)).toThrow(MatchingTooLong);
  });
});

test("An expectation whose matching does not end is not met, and says why", { timeout: 60_000 }, async () => {
  const { exitCode, stdout } = await run(["check", "--no-config", "--expect", "text~=/^(a+)+$/"], {
    stdin: [answer(`${letters}!`)],
  });
  expect(exitCode).toBe(1);
  expect(stdout).toContain("expected text~=/^(a+)+$/, but matching took longer than 5000 ms and was stopped");
});
