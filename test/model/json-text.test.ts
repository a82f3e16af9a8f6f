import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonText } from "../../src/model/json-text.ts";

const DEPTH = 100_000;

/** A value inside this many arrays in objects. */
function buried(json: string, depth: number): string {
  return `${'{"a":['.repeat(depth)}${json}${"]}".repeat(depth)}`;
}

describe("The JSON text of a value", () => {
  test("equals the result of JSON.stringify, also indented", () => {
    const value = { a: [1, "b", null, undefined], c: undefined, d: {} };
    expect(jsonText(value)).toBe('{"a":[1,"b",null,null],"d":{}}');
    expect(jsonText(value, 2)).toBe(JSON.stringify(value, null, 2));
  });

  test("equals the parsed text at any depth of nesting", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const json = buried(JSON.stringify(value), DEPTH / 2);
        // Compared here, because a failed assertion would print both texts.
        expect(jsonText(JSON.parse(json)) === json).toBe(true);
      }),
      { numRuns: 3 },
    );
  });

  test("leaves out undefined values at any depth", () => {
    const deep: unknown = JSON.parse(buried("1", DEPTH));
    const text = jsonText({ none: undefined, list: [undefined], deep });
    expect(text.startsWith('{"list":[null],"deep":{"a":[')).toBe(true);
  });

  test("has no white space if it is nested too deep for indentation", () => {
    const json = buried("1", DEPTH);
    expect(jsonText(JSON.parse(json), 2) === json).toBe(true);
  });
});
