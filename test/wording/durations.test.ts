import { describe, expect, test } from "vitest";
import { formatDuration, parseDuration } from "../../src/wording/durations.ts";

describe("a duration is parsed", () => {
  test.each([
    ["500ms", 500],
    ["10s", 10_000],
    ["1.5m", 90_000],
    ["2h", 7_200_000],
    ["1_000ms", 1000],
    [" 2 s ", 2000],
    ["0ms", 0],
    ["1.005s", 1005],
  ])("from %j", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test("from a number without a unit, which is in seconds", () => {
    expect(parseDuration("2.5")).toBe(2500);
  });

  test.each(["", "s", "ms", "-1s", "1.2.3s", "1__0s", "_1s", "1_s", ".5s", "1e3s", "5 min", "5S", "5d", "1 2s"])(
    "and not from %j",
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );
});

test.each([
  [0, "0 ms"],
  [137.4, "137 ms"],
  [999.4, "999 ms"],
  [999.6, "1.0 s"],
  [1000, "1.0 s"],
  [2449, "2.4 s"],
  [59_949, "59.9 s"],
  [59_951, "1 min 0 s"],
  [60_000, "1 min 0 s"],
  [65_999, "1 min 5 s"],
  [3_600_000, "60 min 0 s"],
])("%d ms is written in the unit that it rounds to", (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});
