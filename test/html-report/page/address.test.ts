import { expect, test } from "vitest";
import { hashOf, parsePlace } from "../../../src/html-report/page/address.ts";

test.each([
  ["#/", null, null],
  ["#/3", 3, null],
  ["#/3/29", 3, 29],
])("%j is a place", (hash, stream, event) => {
  expect(parsePlace(hash)).toEqual({ stream, event });
  expect(hashOf({ stream, event })).toBe(hash);
});

test.each(["", "#3", "#/x", "#/-1", "#/1/2/3", "#/99999999999999999"])("%j is the list", (hash) => {
  expect(parsePlace(hash)).toEqual({ stream: null, event: null });
});

test("the statistics are a place", () => {
  const place = { stream: null, event: null, isStatistics: true };
  expect(parsePlace("#/statistics")).toEqual(place);
  expect(hashOf(place)).toBe("#/statistics");
});
