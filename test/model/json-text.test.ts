import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonText } from "../../src/model/json-text.ts";

const DEPTH = 100_000;

/** A value behind so many arrays in objects. */
function buried(json: string, depth: number): string {
  return `${'{"a":['.repeat(depth)}${json}${"]}".repeat(depth)}`;
}

describe("The JSON text of a value", () => {
  test("is what JSON.stringify gives, indented too", () => {
    const value = { a: [1, "b", null, undefined], c: undefined, d: {} };
    expect(jsonText(value)).toBe('{"a":[1,"b",null,null],"d":{}}');
    expect(jsonText(value, 2)).toBe(JSON.stringify(value, null, 2));
  });

  test("is the same text that was read, however deep it is nested", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const json = buried(JSON.stringify(value), DEPTH / 2);
        // Compared here: of two texts that differ, a failure would print all.
        expect(jsonText(JSON.parse(json)) === json).toBe(true);
      }),
      { numRuns: 3 },
    );
  });

  test("leaves out what has no value, deep down too", () => {
    const deep: unknown = JSON.parse(buried("1", DEPTH));
    const text = jsonText({ none: undefined, list: [undefined], deep });
    expect(text.startsWith('{"list":[null],"deep":{"a":[')).toBe(true);
  });

  test("has no white space where it is nested too deep to be indented", () => {
    const json = buried("1", DEPTH);
    expect(jsonText(JSON.parse(json), 2) === json).toBe(true);
  });
});
