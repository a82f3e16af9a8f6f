import { expect, test } from "vitest";
import { describeCost, describeServerTiming } from "../../src/wording/provider-figures.ts";

test.each<[number, string | null, string]>([
  [0.0123, "USD", "0.0123 USD"],
  [0.0000000268, "USD", "0.0000000268 USD"],
  [37_756_000, "USD ticks", "37,756,000 USD ticks"],
  [0, "credits", "0 credits"],
  [1.5, null, "1.5 (unit not reported)"],
])("A cost of %d %s is written without an exponent.", (amount, unit, expected) => {
  expect(describeCost({ amount, unit })).toBe(expected);
});

test("Only reported server times are written.", () => {
  const times = { queueMs: 2.4, loadMs: null, promptMs: 11, completionMs: 1500, totalMs: null };
  expect(describeServerTiming(times)).toBe("queue 2 ms, prompt 11 ms, completion 1.5 s");
});
