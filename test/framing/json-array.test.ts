import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonArray } from "../../src/framing/json-array.ts";
import type { WireDefect, WireRecord } from "../../src/model/wire.ts";
import { chunkings } from "../support/chunkings.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { reportOf } from "../support/read-report.ts";
import { cutAtSizes, cutsInTwo } from "./support/cuts.ts";
import { grammarBytes, pieceSizes } from "./support/grammar.ts";
import { endOf, eventsOf, type Piece, readUpTo, sinkInto } from "./support/read-records.ts";

const NO_LIMIT = 2 ** 30;

function read(...pieces: readonly Piece[]) {
  return readUpTo(jsonArray, NO_LIMIT, pieces).records;
}

function dataOf(...pieces: readonly Piece[]): string[] {
  return eventsOf(read(...pieces)).map(({ data }) => data);
}

test("each element is an event, unchanged, with its place", () => {
  const input = '[{"a":"é"}\n,\r\n {"b":\n[1]} ]';
  expect(read(input)).toEqual([
    { type: "event", event: "message", data: '{"a":"é"}', lastEventId: "", index: 0, line: 1, offset: 1, length: 10 },
    {
      type: "event",
      event: "message",
      data: '{"b":\n[1]}',
      lastEventId: "",
      index: 1,
      line: 3,
      offset: 16,
      length: 10,
    },
    { type: "end", bytes: 28, events: 2, lastEventId: "", pending: null },
  ]);
});

test.each<[string, string, string[]]>([
  [
    "brackets, commas and quotes in strings",
    String.raw`[{"a":"]},[{\"\\"},{"b":"\\\""}]`,
    [String.raw`{"a":"]},[{\"\\"}`, String.raw`{"b":"\\\""}`],
  ],
  ["arrays", "[[1,[2]],[],[[]]]", ["[1,[2]]", "[]", "[[]]"]],
  ["numbers and words", "[1 , -2.5e3,true,null\n]", ["1", "-2.5e3", "true", "null"]],
  ["strings", '["a,b", "]"]', ['"a,b"', '"]"']],
  ["nothing", "[]", []],
  ["only commas", "[,,]", []],
  ["two consecutive arrays", "[1]\n[2]", ["1", "2"]],
  ["a byte order mark before the array", "\uFEFF[1]", ["1"]],
  ["text that is not an array", "no", []],
])("%s", (_, input, data) => {
  expect(dataOf(input)).toEqual(data);
});

test("a number that ends with the array does not delay the next element", () => {
  expect(dataOf("[1][2,", '{"a":1}', ",3]")).toEqual(["1", "2", '{"a":1}', "3"]);
});

test.each([
  ["in an element", '[{"a":1},{"b":"', { data: '{"b":"', line: 1, offset: 9 }],
  ["in a number", "[1,2", { data: "2", line: 1, offset: 3 }],
  ["between elements", '[{"a":1},\n', { data: "", line: 2, offset: 10 }],
  ["before the end of the array", '[{"a":1}', { data: "", line: 1, offset: 8 }],
])("an array that is cut %s has a pending event", (_, input, pending) => {
  expect(endOf(read(input)).pending).toEqual({ event: "message", ...pending });
});

test("an unmatched closing bracket begins the text after it, wherever it is cut", () => {
  const input = Buffer.from("[data::\n}");
  const whole = read(input);
  expect(endOf(whole)).toMatchObject({ pending: { data: "}", line: 2, offset: 8 } });
  for (const pieces of cutsInTwo(input)) expect(read(...pieces)).toEqual(whole);
});

test("a cut array has a message of its own", async () => {
  const report = await reportOf('[{"a":1},\n{"b":', "--framing", "json-array");
  expect(report).toMatchObject({ framing: "json-array", events: 1, pending: { data: '{"b":', line: 2 } });
  expect(report.findings).toMatchObject([{ rule: "unterminated-last-event", expected: "]", line: 2, offset: 10 }]);
  expect(report.findings[0]?.message).toContain("the array is not closed");
});

describe("an array from Gemini", () => {
  const { bytes } = fixtureNamed("json-array/gemini.json");

  test("gives the same records at every cut in two", () => {
    const whole = read(bytes);
    expect(eventsOf(whole)).toHaveLength(3);
    for (const pieces of cutsInTwo(bytes)) expect(read(...pieces)).toEqual(whole);
  });

  test("holds valid JSON at the reported places", () => {
    const text = Buffer.from(bytes);
    for (const { data, line, offset, length } of eventsOf(read(bytes))) {
      expect(() => JSON.parse(data)).not.toThrow();
      expect(text.toString("utf8", offset, offset + length)).toBe(data);
      expect(text.toString("utf8", 0, offset).split("\n")).toHaveLength(line);
    }
  });
});

test("any JSON values are read back unchanged, however they are cut", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2), pieceSizes, (values, indent, sizes) => {
      const bytes = Buffer.from(JSON.stringify(values, null, indent));
      const data = dataOf(...cutAtSizes(bytes, sizes));
      expect(data.map((text): unknown => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});

test("any bytes give the same records however they are cut, without an exception", () => {
  const bracket = fc.constantFrom("[", "]", "{", "}", '"', ",", "\\", "\n").map((text) => Buffer.from(text));
  const anything = fc.array(fc.oneof(bracket, grammarBytes), { maxLength: 30 }).map((parts) => Buffer.concat(parts));
  fc.assert(
    fc.property(anything, pieceSizes, (bytes, sizes) => {
      expect(read(...cutAtSizes(bytes, sizes))).toEqual(read(bytes));
    }),
  );
});

test("nesting of any depth is read", () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  expect(dataOf(`[${deep}]`)).toEqual([deep]);
});

test("invalid UTF-8 is a defect with its place", () => {
  const defects: WireDefect[] = [];
  const framer = jsonArray.create(() => sinkInto([], defects), { maxEventBytes: NO_LIMIT, http: null });
  framer.push(Buffer.from([0x5b, 0x0a, 0x22, 0xff, 0x22, 0x5d]), null);
  framer.end();
  expect(defects).toMatchObject([{ type: "invalid-utf8", index: 0, line: 2, offset: 3 }]);
});

test.each(chunkings)("an element over the limit is refused, and the one before it is read $name", ({ cut }) => {
  const { records, refusal } = readUpTo(jsonArray, 8, cut(Buffer.from('[{"a":1},\n{"b":"too long"}]')));
  expect(eventsOf(records).map(({ data }) => data)).toEqual(['{"a":1}']);
  expect(refusal).toContain("the event at line 2, byte 10 is larger than 8 bytes");
});

test("an array of no known dialect is a document, unless the framing is named", async () => {
  const input = '[{"id":1},{"id":2}]';
  expect(await reportOf(input)).toMatchObject({
    verdict: "not-a-stream",
    framing: null,
    error: { message: "a JSON document, not a stream" },
  });
  expect(await reportOf(input, "--framing", "json-array")).toMatchObject({ verdict: "ended", events: 2 });
});

test("events of a known dialect are read from an array", async () => {
  const report = await reportOf([fixtureNamed("json-array/responses.json").bytes]);
  expect(report).toMatchObject({ framing: "json-array", dialect: "openai-responses", verdict: "completed" });
});

test.each(chunkings)(
  "elements without a comma between them are read, and each missing comma is a defect: $name",
  ({ cut }) => {
    const defects: WireDefect[] = [];
    const records: WireRecord[] = [];
    const framer = jsonArray.create(() => sinkInto(records, defects), { maxEventBytes: NO_LIMIT, http: null });
    for (const piece of cut(Buffer.from('[{"a":1}\n{"b":2},{"c":3}]'))) framer.push(piece, null);
    framer.end();
    expect(eventsOf(records)).toHaveLength(3);
    expect(defects).toEqual([{ type: "run-together", text: "comma", index: 1, line: 2, offset: 9 }]);
  },
);
