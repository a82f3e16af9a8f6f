import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createArgumentsText } from "../../../src/dialects/gemini/arguments.ts";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A fragment of one string. */
function piece(stringValue: string, willContinue = true) {
  return { jsonPath: "$.a", stringValue, willContinue };
}

/** The text made from fragments, and the number of fragments that did not fit. */
function write(...fragments: readonly Readonly<Record<string, unknown>>[]): { text: string; lost: number } {
  const writer = createArgumentsText();
  const pieces = fragments.map((fragment) => writer.add(fragment));
  const text = pieces.map((piece) => piece ?? "").join("") + writer.close();
  return { text, lost: pieces.filter((piece) => piece === null).length };
}

describe("streamed arguments", () => {
  test("without fragments are an empty object", () => {
    expect(write()).toEqual({ text: "{}", lost: 0 });
  });

  test.each([
    ["$.a", '{"a":1}'],
    ["$.a.b[0].c", '{"a":{"b":[{"c":1}]}}'],
    ["$['a b']", '{"a b":1}'],
    ['$["a.b"].c', '{"a.b":{"c":1}}'],
    ["$['it\\'s']", '{"it\'s":1}'],
    ["$.__proto__.x", '{"__proto__":{"x":1}}'],
    ["$.naïve-key", '{"naïve-key":1}'],
  ])("go to the place of the path: %s", (jsonPath, text) => {
    expect(write({ jsonPath, numberValue: 1 })).toEqual({ text, lost: 0 });
  });

  test.each(["", "$", "a", "$.", "$..a", "$.a[*]", "$.a[-1]", "$[0]", "$.a[1]", "$.a[999999999999]", "$.a['b"])(
    "are left out if the path is not a single next place: %s",
    (jsonPath) => {
      expect(write({ jsonPath, numberValue: 1 })).toEqual({ text: "{}", lost: 1 });
    },
  );

  test("are left out if the value is missing, or its place is already written", () => {
    expect(write({ jsonPath: "$.a" })).toEqual({ text: "{}", lost: 1 });
    const back = [
      { jsonPath: "$.a.b", numberValue: 1 },
      { jsonPath: "$.c", numberValue: 2 },
      { jsonPath: "$.a.d", numberValue: 3 },
      { jsonPath: "$.c", numberValue: 4 },
      { jsonPath: "$.c.e", numberValue: 5 },
    ];
    expect(write(...back)).toEqual({ text: '{"a":{"b":1},"c":2}', lost: 3 });
  });

  test("continue a string where it was left, and close it at the next value", () => {
    expect(write(piece("b\n"), piece("\ud83d"), piece("\udea2", false)).text).toBe('{"a":"b\\n\\ud83d\\udea2"}');
    expect(write(piece("b"), { jsonPath: "$.c", boolValue: true }).text).toBe('{"a":"b","c":true}');
    expect(write(piece("b"), piece("", false), piece("c"))).toEqual({ text: '{"a":"b"}', lost: 1 });
    expect(write(piece("b")).text).toBe('{"a":"b"}');
  });

  test("give the original JSON again, wherever strings were cut", () => {
    const key = fc.stringMatching(/^[^\s.[\]'"\\$][^.[\]'"\\]{0,3}$/);
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: "grapheme" }),
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        fc.array(tie("value"), { minLength: 1, maxLength: 3 }),
        fc.dictionary(key, tie("value"), { minKeys: 1, maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }), fc.boolean(), (whole, isCut) => {
        const { text, lost } = write(...fragmentsOf("$", whole, isCut));
        expect(lost).toBe(0);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(whole)));
      }),
      { seed: 20_261_123 },
    );
  });
});

/** A value as the API would send it; `isCut`: strings in fragments of one unit, closed by an empty one. */
function fragmentsOf(jsonPath: string, value: Json, isCut: boolean): Record<string, unknown>[] {
  if (value === null) return [{ jsonPath, nullValue: "NULL_VALUE" }];
  if (typeof value === "number") return [{ jsonPath, numberValue: value }];
  if (typeof value === "boolean") return [{ jsonPath, boolValue: value }];
  if (typeof value === "string") {
    if (!isCut) return [{ jsonPath, stringValue: value }];
    const pieces = Array.from({ length: value.length }, (_, index) => value.charAt(index));
    return [
      ...pieces.map((stringValue) => ({ jsonPath, stringValue, willContinue: true })),
      { jsonPath, stringValue: "" },
    ];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => fragmentsOf(`${jsonPath}[${index}]`, item, isCut));
  return Object.entries(value).flatMap(([key, item]) => fragmentsOf(`${jsonPath}.${key}`, item, isCut));
}
