import { expect, test } from "vitest";
import { sparkline } from "../../src/views/sparkline.ts";

test("The largest is the tallest, nothing is the lowest, and the least is more than nothing.", () => {
  expect(sparkline([0, 1, 50, 100, 1000])).toBe("▁▂▂▂█");
  expect(sparkline([0, 4, 7])).toBe("▁▅█");
  expect(sparkline([0, 0])).toBe("▁▁");
});
