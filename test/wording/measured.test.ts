import { describe, expect, test } from "vitest";
import { formatMeasured } from "../../src/wording/measured.ts";

describe("a duration that was compared", () => {
  test.each([
    [0, "0 ms"],
    [0.25, "0.25 ms"],
    [137.4, "137 ms"],
    [999.6, "1.00 s"],
    [1419.801, "1.42 s"],
    [15_000, "15.00 s"],
    [59_996, "1 min 0 s"],
    [65_400, "1 min 5 s"],
  ])("of %f ms is %s", (ms, text) => {
    expect(formatMeasured(ms, () => true)).toBe(text);
  });

  test("has all its digits where rounding would mislead", () => {
    for (const [ms, text] of [
      [500.25, "500.25 ms"],
      [2000.4, "2.0004 s"],
      [60_200, "60.2 s"],
    ] as const) {
      expect(formatMeasured(ms, (rounded) => rounded > ms)).toBe(text);
    }
  });
});
