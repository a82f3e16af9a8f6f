import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createKeyCharacters } from "../../../src/capture/redact/argument-keys.ts";
import { createArgumentsMap } from "../../../src/capture/redact/tool-arguments.ts";
import { findJsonFault } from "../../../src/rules/watching/json-fault.ts";

function redact(...pieces: readonly string[]): string[] {
  const map = createArgumentsMap(createKeyCharacters(Buffer.from("a secret")));
  return pieces.map((piece) =>
    Array.from({ length: piece.length }, (_, place) => String.fromCharCode(map(piece.charCodeAt(place)))).join(""),
  );
}

describe("Arguments", () => {
  test("keep keys, numbers, words and structure, and lose the text of strings.", () => {
    const text = '{"city": "Århus 8", "days":[3, -1.5e2, true, null], "note":"a\\"b\\\\c\\u00e5\\n"}';
    expect(redact(text)).toEqual([
      '{"city": "éxxxx 0", "days":[3, -1.5e2, true, null], "note":"x\\"x\\\\x\\u00e9\\n"}',
    ]);
  });

  test("keep keys that consist of parameter words.", () => {
    const keys = ["first_name", "filePath", "max_results", "oldString", "-i", "x1", "city", "_meta", "URL"];
    const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, 1])));
    expect(redact(text)).toEqual([text]);
  });

  test("replace other keys by keys of the same shape: equal keys get equal replacements, wherever they are cut.", () => {
    const keys = [
      "jane.doe@example.com",
      "Jane Doe",
      "bobby@x.example",
      "kowalski",
      "4711-0815",
      "pa\\u0074rick",
      "Århus",
    ];
    const text = `{${keys.map((key) => `"${key}":1`).join(",")},"jane.doe@example.com":2}`;
    const [copy = ""] = redact(text);
    for (const word of ["jane", "doe", "example", "bobby", "kowalski", "4711", "0815", "rick", "rhus"]) {
      expect(copy.toLowerCase()).not.toContain(word);
    }
    const [first, ...others] = Array.from(copy.matchAll(/"([^"]*)":/g), ([, key]) => key);
    expect(first).toMatch(/^[a-z]{4}\.[a-z]{3}@[a-z]{7}\.[a-z]{3}$/);
    expect(others.at(-1)).toBe(first);
    expect(new Set(others).size).toBe(keys.length);
    expect(redact(...Array.from(text)).join("")).toBe(copy);
  });

  test("that are not JSON are text.", () => {
    expect(redact("print('harbour')")).toEqual(["xxxxx('xxxxxxx')"]);
    expect(redact("true story")).toEqual(["true xxxxx"]);
  });

  test("with too many brackets become text.", () => {
    const text = `${"[".repeat(20_000)}"word"`;
    expect(redact(text)).toEqual([text.replace("word", "xxxx")]);
  });

  const json = fc.json({ maxDepth: 4 });
  const cuts = fc.array(fc.nat(), { maxLength: 8 });

  test("stay JSON of the same shape.", () => {
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

  test("stay invalid at the same place.", () => {
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
