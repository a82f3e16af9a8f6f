import { expect, test } from "vitest";
import { formatDuration } from "../../src/wording/durations.ts";

test.each([
  [0, "0 ms"],
  [0.4, "0 ms"],
  [999.4, "999 ms"],
  [999.5, "1.0 s"],
  [999.6, "1.0 s"],
  [1000, "1.0 s"],
  [2449, "2.4 s"],
  [59_940, "59.9 s"],
  [59_950, "1 min 0 s"],
  [59_999.9, "1 min 0 s"],
  [60_000, "1 min 0 s"],
  [65_900, "1 min 5 s"],
  [3_599_999, "59 min 59 s"],
])("%d ms is written as %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
