// Python values as JSON: the expected values are the output of Python and of json.dumps.
import { describe, expect, test } from "vitest";
import { beginsLikePython, pythonToJson } from "../../../src/framing/printed/python-value.ts";

function read(text: string): unknown {
  const json = pythonToJson(text);
  return json === null ? null : (JSON.parse(json) as unknown);
}

describe("a value", () => {
  test.each([
    ["a dict", "{'a': 1, 'b': None, 'c': True, 'd': False}", { a: 1, b: null, c: true, d: false }],
    ["an empty dict and list", "{'a': {}, 'b': [], 'c': ()}", { a: {}, b: [], c: [] }],
    ["a tuple of one", "{'a': (1,)}", { a: [1] }],
    ["numbers", "{'a': -1.5e-05, 'b': 0, 'c': nan}", { a: -1.5e-5, b: 0, c: null }],
    ["keys that are not strings", "{1: 'a', None: 'b'}", { "1": "a", null: "b" }],
    [
      "quotes",
      `{'a': "it's", 'b': 'say "hey"', 'c': 'both \\' and "'}`,
      { a: "it's", b: 'say "hey"', c: `both ' and "` },
    ],
    ["escapes", String.raw`{'a': '\n\t\\ \x1b \u6f6e \U0001f30a'}`, { a: "\n\t\\ \x1b \u6f6e \u{1f30a}" }],
    ["bytes", String.raw`{'a': b'\xe6\xbd\xae'}`, { a: "\u6f6e" }],
    [
      "an object",
      "Choice(index=0, delta=Delta(content='Ebb', role=None))",
      { index: 0, delta: { content: "Ebb", role: null } },
    ],
    ["an object without fields", "{'a': Usage()}", { a: {} }],
    ["an object of one value", "{'a': Decimal('1.0')}", { a: ["1.0"] }],
    ["a member of an enum", "{'a': <Reason.STOP: 'STOP'>, 'b': Reason.STOP}", { a: "STOP", b: "STOP" }],
    [
      "a name that every JavaScript object has",
      "{'a': constructor, 'b': x.toString}",
      { a: "constructor", b: "toString" },
    ],
    ["an opaque object", "{'a': <object object at 0x7f>}", { a: null }],
    ["bare fields", "id='a' choices=[Choice(index=0)] usage=None", { id: "a", choices: [{ index: 0 }], usage: null }],
  ])("is read: %s", (_, text, value) => {
    expect(read(text)).toEqual(value);
  });

  test.each([
    "",
    "{",
    "{'a'",
    "{'a': }",
    "{'a': 1",
    "{'a': 1} x",
    "{'a' 1}",
    "[1 2]",
    "A(b=[...])",
    "A(b=1",
    "a b",
    ")",
  ])("is not a value: %j", (text) => {
    expect(read(text)).toBeNull();
  });

  test("may be nested deeper than any stack", () => {
    const depth = 200_000;
    expect(pythonToJson(`{'a': ${"[".repeat(depth)}${"]".repeat(depth)}}`)).toHaveLength(depth * 2 + 6);
  });
});

test("prose and JSON do not begin like a value", () => {
  for (const text of ["{'a': 1}", "Chunk(id='a')", "id='a' b=1", "a=None"]) expect(beginsLikePython(text)).toBe(true);
  for (const text of ['{"a": 1}', "see (a=b)", "Note that", "a = 1", "a=b"]) expect(beginsLikePython(text)).toBe(false);
});
