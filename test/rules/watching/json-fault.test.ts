import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findJsonFault } from "../../../src/rules/watching/json-fault.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("The first character at which a text is not JSON", () => {
  test.each<[text: string, at: number]>([
    ["", 0],
    ["  ", 2],
    ["{", 1],
    ["{'a':1}", 1],
    ['{"a"}', 4],
    ['{"a":}', 5],
    ['{"a":1,}', 7],
    ['{"a":1]', 6],
    ["[1,]", 3],
    ["[1 2]", 3],
    ["[,1]", 1],
    ["{}{}", 2],
    ["}", 0],
    ["01", 1],
    ["1.", 2],
    ["1.,", 1],
    ["-", 1],
    ["-x", 0],
    ["1e", 2],
    ["+1", 0],
    ["tru", 3],
    ["trux", 3],
    ["nul,", 3],
    ["None", 0],
    ['"ab', 3],
    ['"a\nb"', 2],
    ['"a\\xb"', 2],
    ['"a\\u12"', 2],
    ['"a\\u12', 6],
    ['"a\\', 3],
    ["\u00a01", 0],
  ])("of %j is at %i", (text, at) => {
    expect(isJson(text)).toBe(false);
    expect(findJsonFault(text)).toBe(at);
  });

  test("does not exist in JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findJsonFault(text)).toBe(null);
        expect(findJsonFault(JSON.stringify(JSON.parse(text), null, "\t"))).toBe(null);
      }),
    );
  });

  test("is the end of a text that was cut", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, seed) => {
        const text = JSON.stringify(value);
        const cut = text.slice(0, seed % text.length);
        expect(findJsonFault(cut)).toBe(cut.length);
      }),
    );
  });

  test("is found exactly where JSON.parse finds one, in any text", () => {
    const pieces = fc.constantFrom(...'{}[]:,"\\ 01-.eEtrunlfas\n'.split(""), "true", "null", '"a"', "1.5");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        const at = findJsonFault(text);
        expect(at === null).toBe(isJson(text));
        // The text before the fault is JSON, or could still become JSON.
        expect(findJsonFault(text.slice(0, at ?? text.length))).toBeOneOf([at, null]);
      }),
      { numRuns: 2000 },
    );
  });

  test("is also found in deep nesting, without using the stack", () => {
    const deep = "[".repeat(1_000_000);
    expect(findJsonFault(deep)).toBe(deep.length);
  });
});
