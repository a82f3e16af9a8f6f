import { expect, test } from "vitest";
import { createChoice } from "../../src/reporters/choice.ts";

test("one of each cause is chosen before a second one, the worst causes first", () => {
  const choice = createChoice<string>(3);
  for (const index of [1, 2, 3, 4, 5]) choice.add({ value: `a${index}`, cause: "a", exitCode: 1 });
  for (const index of [1, 2]) choice.add({ value: `b${index}`, cause: "b", exitCode: 5 });
  choice.add({ value: "c1", cause: "c", exitCode: 6 });
  expect(choice.count).toBe(8);
  expect(choice.choose(1)).toEqual(["c1"]);
  expect(choice.choose(2)).toEqual(["b1", "c1"]);
  expect(choice.choose(4)).toEqual(["a1", "b1", "b2", "c1"]);
  expect(choice.choose(8)).toEqual(["a1", "a2", "a3", "b1", "b2", "c1"]);
  expect(choice.choose(0)).toEqual([]);
});
