import * as fc from "fast-check";
import { expect, test } from "vitest";
import { placeOfJsonFault } from "../../src/check/json-place.ts";

test.each([
  ["", 1, 1, "the end of nothing"],
  ['{"a":1', 1, 7, "the end of what is not closed"],
  ['{"a":1}}', 1, 8, "a bracket too many"],
  ['{\n  "a": 1,\n}', 3, 1, "a comma before the end of an object"],
  ["[1,\r\n 2,\r\n]", 3, 1, "a comma before the end of a list"],
  ["{'a':1}", 1, 2, "a single quote"],
  ['{"a" 1}', 1, 6, "a missing colon"],
  ['{"a":1 "b":2}', 1, 8, "a missing comma"],
  ['{"a": // no', 1, 7, "a comment"],
  ['["a\nb"]', 1, 2, "a line break in a text"],
  ["[01]", 1, 3, "a number that begins with 0"],
  ["[1}", 1, 3, "a bracket of the other kind"],
  ["[nul]", 1, 2, "half a word"],
  ["[,1]", 1, 2, "a comma before the first"],
  ["{1:1}", 1, 2, "a key that is no text"],
  ["1 2", 1, 3, "a second document"],
  ['["\\u00zz"]', 1, 2, "an escape that has no four digits"],
  ['{"a":1,"\\x":2}', 1, 8, "an escape that there is not"],
])("the fault in %j is at line %i, column %i: %s", (text, line, column) => {
  expect(placeOfJsonFault(text)).toEqual({ line, column });
});

test("a text has a fault exactly where JSON.parse reports one", () => {
  const damaged = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom(...'{ } [ ] : , " \\ 0 . - e t u \n \t \u000B \u00E9'.split(" "), "", " "),
    )
    .map(([json, at, put]) => {
      const index = at % (json.length + 1);
      return json.slice(0, index) + put + json.slice(index + (at % 2));
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), damaged, fc.string()), (text) => {
      expect(placeOfJsonFault(text) === null).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each(['["\\u00e9\\uABCD\\u0000"]', '"\\"\\\\\\/\\b\\f\\n\\r\\t"'])("there is no fault in %j", (text) => {
  expect(placeOfJsonFault(text)).toBeNull();
});
