import { describe, expect, it } from "vitest";
import { ratioOf, spreadOf } from "./statistics.ts";

describe("spreadOf", () => {
  it("takes the middle of an odd number of values, in any order", () => {
    expect(spreadOf([3, 1, 10])).toEqual({ median: 3, least: 1, most: 10 });
  });

  it("takes the mean of the two middle values of an even number", () => {
    expect(spreadOf([4, 1, 2, 10])).toEqual({ median: 3, least: 1, most: 10 });
  });
});

describe("ratioOf", () => {
  it("compares each round separately, so a slow round does not change the ratio", () => {
    expect(ratioOf([2, 20, 2], [1, 10, 1])).toEqual({ median: 2, least: 2, most: 2 });
  });
});
