import { expect, test } from "vitest";
import { sparkline } from "../../src/views/sparkline.ts";

test("The largest value is the tallest bar, 0 is the lowest, and other values are above the lowest.", () => {
  expect(sparkline([0, 1, 50, 100, 1000])).toBe("▁▂▂▂█");
  expect(sparkline([0, 4, 7])).toBe("▁▅█");
  expect(sparkline([0, 0])).toBe("▁▁");
});
