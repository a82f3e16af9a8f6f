import { describe, expect, test } from "vitest";
import { usageRules } from "../../../src/rules/general/usage.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  failed,
  inProgress,
  stream,
  streamFrom,
  usage,
} from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

/** A response that reports this usage. */
function using(usage: unknown): string {
  return stream(created(), completed({ usage }));
}

test("Nothing is found if usage is reported and adds up", async () => {
  const input = answer("hey") + using({ ...usage, cost: 0.0012, cost_details: { upstream_cost: -0.5 } });
  expect(await found(usageRules, input + answer("you"))).toEqual([]);
  // A missing count cannot be wrong.
  expect(await found(usageRules, using({}) + using({ input_tokens: 5, total_tokens: 9 }))).toEqual([]);
});

describe("usage-missing", () => {
  test("is found at the end of a response without it", async () => {
    const input = answer("hey") + using(null) + answer("hey") + using(null);
    expect(await found(usageRules, input)).toEqual([
      "usage-missing at 9: event: response.completed",
      "usage-missing at 19: event: response.completed",
    ]);
    expect(await findingsOf(usageRules, using(null))).toMatchObject([{ severity: "warning", seen: null }]);
    expect(await findingsOf(usageRules, using(null), "open-responses")).toMatchObject([{ severity: "info" }]);
  });

  test("is found in a cut response, and in a resumed one", async () => {
    const response = { id: "resp_1", status: "incomplete" };
    const cut = stream(created(), { type: "response.incomplete", response });
    expect(await found(usageRules, cut)).toEqual(["usage-missing at 1: event: response.incomplete"]);
    const resumed = streamFrom(7, inProgress(), completed({ usage: null }));
    expect(await found(usageRules, resumed)).toEqual(["usage-missing at 1: event: response.completed"]);
  });

  test.each([
    ["failed", [failed({ code: "x", message: "y" })]],
    ["ended with an error", [errorEvent("x", "y")]],
    ["was cancelled", [completed({ status: "cancelled", usage: null })]],
    ["was truncated", []],
  ])("is not found if the response %s", async (_, end) => {
    expect(await found(usageRules, stream(created(), ...end))).toEqual([]);
  });

  test("is not found in a stream of unknown dialect", async () => {
    expect(await found(usageRules, data("hello"))).toEqual([]);
  });
});

describe("usage-arithmetic", () => {
  test.each([
    ["the total is not the sum", { ...usage, total_tokens: 9 }, "8", "9"],
    ["more is cached than came in", { ...usage, input_tokens_details: { cached_tokens: 6 } }, "at most 5", "6"],
    ["a count is negative", { ...usage, input_tokens: -5 }, "a whole number from 0", "-5"],
    ["a count is a fraction", { ...usage, output_tokens: 2.5 }, "a whole number from 0", "2.5"],
    ["a count is a text", { ...usage, output_tokens: "3" }, "a whole number from 0", "3"],
    [
      "a count within is negative",
      { ...usage, input_tokens_details: { cached_tokens: -1 } },
      "a whole number from 0",
      "-1",
    ],
  ])("is found if %s", async (_, usage, expected, seen) => {
    expect(await found(usageRules, using(usage))).toEqual(["usage-arithmetic at 1: event: response.completed"]);
    expect(await findingsOf(usageRules, using(usage))).toMatchObject([{ severity: "error", expected, seen }]);
    expect(await findingsOf(usageRules, using(usage), "lenient")).toMatchObject([{ severity: "warning" }]);
  });

  test("names the numbers", async () => {
    const [finding] = await findingsOf(usageRules, using({ ...usage, total_tokens: 9 }));
    expect(finding?.message).toBe("the total is 9 tokens, but input + output is 5 + 3 = 8");
  });

  test("is found for each contradiction", async () => {
    const wrong = { ...usage, total_tokens: 9, output_tokens_details: { reasoning_tokens: 4 } };
    expect(await found(usageRules, using(wrong))).toHaveLength(2);
  });
});

test("usage-part-exceeds-whole is a warning if there is more reasoning than output", async () => {
  const input = using({ ...usage, output_tokens_details: { reasoning_tokens: 4 } });
  expect(await findingsOf(usageRules, input)).toMatchObject([
    { rule: "usage-part-exceeds-whole", severity: "warning", expected: "at most 3", seen: "4" },
  ]);
});
