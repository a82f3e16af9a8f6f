// Consecutive JSON documents: each is an event at its place, in any layout.
import { describe, expect, test } from "vitest";
import { jsonDocuments } from "../../src/framing/json-documents.ts";
import { chunkings } from "../support/chunkings.ts";
import { reportOf } from "../support/read-report.ts";
import { eventsOf, readUpTo, sinkInto } from "./support/read-records.ts";
import type { WireDefect } from "../../src/model/wire.ts";

const PRETTY = '{\n  "a": "}{"\n}\n{\n  "b": [1, {}]\n}\n';

function read(...pieces: readonly (string | Uint8Array)[]) {
  return readUpTo(jsonDocuments, 2 ** 20, pieces).records;
}

describe("documents", () => {
  test.each(chunkings)("have their places when they arrive $name", ({ cut }) => {
    const events = eventsOf(read(...cut(Buffer.from(PRETTY))));
    expect(events.map(({ data, line, offset, length }) => [JSON.parse(data), line, offset, length])).toEqual([
      [{ a: "}{" }, 1, 0, 15],
      [{ b: [1, {}] }, 4, 16, 18],
    ]);
  });

  test("may be separated by a record separator, a comma or a lone CR, and may be words", () => {
    const events = eventsOf(read('\u001e{"a":1}\n\u001e{"b":2},\r{"c":3}\rnull [DONE] 12'));
    expect(events.map(({ data }) => data)).toEqual(['{"a":1}', '{"b":2}', '{"c":3}', "null", "[DONE]", "12"]);
  });

  test("that run together are read, and each missing separator is a defect", () => {
    const defects: WireDefect[] = [];
    const framer = jsonDocuments.create(() => sinkInto([], defects), { maxEventBytes: 100, http: null });
    framer.push(Buffer.from('{"a":1}{"b":'), null);
    framer.push(Buffer.from('2}{"c":3}'), null);
    framer.end();
    expect(defects.map(({ type, index, offset }) => [type, index, offset])).toEqual([
      ["run-together", 1, 7],
      ["run-together", 2, 14],
    ]);
  });

  test("leave the last one pending if it is cut", () => {
    expect(read('{"a":1} {"b":').at(-1)).toMatchObject({ events: 1, pending: { data: '{"b":', offset: 8 } });
  });

  test("that are too large are refused at every chunking", () => {
    for (const pieces of [['{"a":"xxxxxxxxxx"}'], ['{"a":"', 'xxxxxxxxxx"}']]) {
      expect(readUpTo(jsonDocuments, 10, pieces).refusal).toContain("10");
    }
  });

  test("in no known dialect are not a stream", async () => {
    expect(await reportOf('{"a":1}{"b":2}')).toMatchObject({
      verdict: "not-a-stream",
      error: {
        message: "2 JSON values run together without line ends, in no known dialect: write each on a line of its own",
      },
    });
    expect(await reportOf('{\n"a":1}\n{\n"b":2}')).toMatchObject({
      error: { message: "2 JSON values one after the other, in no known dialect" },
    });
  });
});

function detect(text: string, complete = true): boolean | null {
  return jsonDocuments.detect(Buffer.from(text), complete);
}

test("Detection needs a second document", () => {
  expect(detect(PRETTY, false)).toBe(true);
  expect(detect('{"a":1} {"b"', false)).toBe(true);
  expect(detect('{\n"a":1}', false)).toBeNull();
  for (const text of ['{"a":1}\n{"b":2}', '{\n"a":1}', '{"a":1}', "[{}]", "", "data: {}", '{"a":1} x']) {
    expect(detect(text)).toBe(false);
  }
});
