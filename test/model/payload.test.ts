import { describe, expect, test } from "vitest";
import { asIndex, asObject, asObjects, asString, isWhole, parsePayload } from "../../src/model/payload.ts";

describe("the data of an event", () => {
  test.each(['{"a":1}', '  {"a":1}\n', '{"a":\n1}'])("is an object: %j", (text) => {
    expect(parsePayload(text)).toEqual({ type: "object", value: { a: 1 } });
  });

  test.each([
    ["[1]", [1]],
    ["null", null],
    ["0", 0],
    ['"a"', "a"],
    ["true", true],
  ])("is JSON, but no object, where it holds another value: %s", (text, value) => {
    expect(parsePayload(text)).toEqual({ type: "json", value });
  });

  test("is the sentinel only if it is [DONE], possibly with spaces after it", () => {
    expect(parsePayload("[DONE]")).toEqual({ type: "done-sentinel" });
    expect(parsePayload("[DONE] ")).toEqual({ type: "done-sentinel" });
    expect(parsePayload("[DONE]!").type).toBe("broken-json");
    expect(parsePayload(" [DONE]").type).toBe("broken-json");
    expect(parsePayload("[done]").type).toBe("broken-json");
  });

  test.each(['{"a":', '{"a":1}{"b":2}', "[1,", "{", ' {"a":1'])(
    "is broken JSON if it only begins like JSON: %s",
    (text) => {
      const payload = parsePayload(text);
      expect(payload).toMatchObject({ type: "broken-json" });
      expect("reason" in payload && payload.reason).toMatch(/JSON/);
    },
  );

  test.each(["", " ", "hello", "nul", "-", "\u001b]0;x\u0007"])("is text if it is nothing else: %j", (text) => {
    expect(parsePayload(text)).toEqual({ type: "text" });
  });

  test("keeps __proto__ as an own key", () => {
    const payload = parsePayload('{"__proto__":{"type":"error"}}');
    expect(payload.type === "object" && payload.value.type).toBeUndefined();
  });
});

test.each([
  ["", false],
  ["hello", true],
  ["[DONE]", true],
  ['{"a":1}', true],
  ['{"a":1', false],
  ["[1", false],
  ["12", true],
])("data that the input ends in is whole or not: %j, %j", (text, whole) => {
  expect(isWhole(text)).toBe(whole);
});

describe("narrowing at the wire", () => {
  const values = [
    undefined,
    null,
    0,
    -1,
    1.5,
    3,
    2 ** 53,
    Number.NaN,
    Infinity,
    "",
    "a",
    true,
    [],
    ["a"],
    {},
    { a: 1 },
  ];

  test("accepts objects with keys, but not arrays", () => {
    expect(values.filter((value) => asObject(value) !== null)).toEqual([{}, { a: 1 }]);
  });

  test("accepts strings, including the empty one", () => {
    expect(values.filter((value) => asString(value) !== null)).toEqual(["", "a"]);
  });

  test("accepts as an index any exact whole number from 0", () => {
    expect(values.filter((value) => asIndex(value) !== null)).toEqual([0, 3]);
  });

  test("finds the objects in an array, and none elsewhere", () => {
    expect(asObjects([1, { a: 1 }, null, [{ b: 2 }], { c: 3 }])).toEqual([{ a: 1 }, { c: 3 }]);
    expect(asObjects({ length: 1, 0: {} })).toEqual([]);
    expect(asObjects(undefined)).toEqual([]);
  });
});
