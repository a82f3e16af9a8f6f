import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createArgumentsMap } from "../../../src/capture/redact/tool-arguments.ts";
import { findJsonFault } from "../../../src/rules/watching/json-fault.ts";

function redact(...pieces: readonly string[]): string[] {
  const map = createArgumentsMap();
  return pieces.map((piece) =>
    Array.from({ length: piece.length }, (_, place) => String.fromCharCode(map(piece.charCodeAt(place)))).join(""),
  );
}

describe("Arguments", () => {
  test("keep keys, numbers, words and structure, and lose what strings say.", () => {
    const text = '{"city": "Århus 8", "days":[3, -1.5e2, true, null], "note":"a\\"b\\\\c\\u00e5\\n"}';
    expect(redact(text)).toEqual([
      '{"city": "éxxxx 0", "days":[3, -1.5e2, true, null], "note":"x\\"x\\\\x\\u00e9\\n"}',
    ]);
  });

  test("keep keys as far as they look like names.", () => {
    expect(redact('{"first_name":"Jane","Jane Doe":1,"7up":2,"a@b":3}')).toEqual([
      '{"first_name":"Xxxx","Jane Xxx":1,"0xx":2,"a@x":3}',
    ]);
  });

  test("that are no JSON are text.", () => {
    expect(redact("print('harbour')")).toEqual(["xxxxx('xxxxxxx')"]);
    expect(redact("true story")).toEqual(["true xxxxx"]);
  });

  test("of brackets without end are text at last.", () => {
    const text = `${"[".repeat(20_000)}"word"`;
    expect(redact(text)).toEqual([text.replace("word", "xxxx")]);
  });

  const json = fc.json({ maxDepth: 4 });
  const cuts = fc.array(fc.nat(), { maxLength: 8 });

  test("are JSON of the same shape, if they were JSON.", () => {
    fc.assert(
      fc.property(json, (text) => {
        const [copy = ""] = redact(text);
        expect(copy.length).toBe(text.length);
        expect(() => void JSON.parse(copy)).not.toThrow();
      }),
    );
  });

  test("are the same, however they are cut.", () => {
    fc.assert(
      fc.property(json, cuts, (text, places) => {
        const at = [...places.map((place) => place % (text.length + 1)), 0, text.length].sort(
          (one, other) => one - other,
        );
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        expect(redact(...pieces).join("")).toBe(redact(text)[0]);
      }),
    );
  });

  test("are wrong at the same place, if they were wrong.", () => {
    const damage = fc.tuple(json, fc.nat(), fc.nat({ max: 3 }), fc.string({ unit: "grapheme-ascii", maxLength: 2 }));
    fc.assert(
      fc.property(damage, ([text, place, length, put]) => {
        const at = place % (text.length + 1);
        const damaged = text.slice(0, at) + put + text.slice(at + length);
        expect(findJsonFault(redact(damaged)[0] ?? "")).toBe(findJsonFault(damaged));
      }),
      { numRuns: 1000 },
    );
  });
});
