import { expect, test } from "vitest";
import { totalMsOf } from "../../src/model/total-ms.ts";
import { checkedOf, responseOf } from "../reporters/support/checked.ts";
import { streamTimingWith, timingWith } from "../support/timing.ts";

const timing = streamTimingWith({ totalMs: 104 });

test.each([
  ["the last response's", [responseOf({ timing: timingWith({ totalMs: 97 }) })], "completed", 97],
  ["missing if the last response has no end", [responseOf({ timing: timingWith() })], "truncated", null],
  ["the stream's without responses", [], "ended", 104],
  ["missing for a failed stream without responses", [], "transport-error", null],
] as const)("the total is %s", (_name, responses, verdict, expected) => {
  expect(totalMsOf(checkedOf([], { verdict, timing, responses }).report)).toBe(expected);
});

test("the total of a source that could not be read is missing", () => {
  expect(totalMsOf(null)).toBe(null);
});
