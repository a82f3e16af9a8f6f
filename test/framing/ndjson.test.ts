// Payloads without a protocol around them, one per line.
import { describe, expect, test } from "vitest";
import { ndjson } from "../../src/framing/ndjson.ts";
import { chunkings } from "../support/chunkings.ts";
import { cutsInTwo } from "./support/cuts.ts";
import { endOf, eventsOf, readNdjson, readUpTo } from "./support/read-records.ts";

function dataOf(input: string): string[] {
  return eventsOf(readNdjson(input)).map(({ data }) => data);
}

/** A JSON object of `bytes` bytes. */
function payload(bytes: number): string {
  return `{"b":"${"x".repeat(bytes - '{"b":""}'.length)}"}`;
}

function placesOf(input: string): { index: number; line: number; offset: number; length: number }[] {
  return eventsOf(readNdjson(input)).map(({ index, line, offset, length }) => ({ index, line, offset, length }));
}

describe("NDJSON", () => {
  test("gives each line as the data of a message, with its place", () => {
    expect(readNdjson('{"a":1}\n{"b":2}\n')).toEqual([
      { type: "event", event: "message", data: '{"a":1}', lastEventId: "", index: 0, line: 1, offset: 0, length: 8 },
      { type: "event", event: "message", data: '{"b":2}', lastEventId: "", index: 1, line: 2, offset: 8, length: 8 },
      { type: "end", bytes: 16, events: 2, lastEventId: "", pending: null },
    ]);
  });

  test("skips blank lines and counts them", () => {
    expect(placesOf('\n  \n{"a":1}\n\t\n\n{"b":2}\n\n')).toEqual([
      { index: 0, line: 3, offset: 4, length: 8 },
      { index: 1, line: 6, offset: 15, length: 8 },
    ]);
  });

  test("takes a CRLF as one line end, whose first byte counts for the event's length", () => {
    expect(dataOf('{"a":1}\r\n{"b":2}\r\n')).toEqual(['{"a":1}', '{"b":2}']);
    expect(placesOf('{"a":1}\r\n\r\n{"b":2}\r\n')).toEqual([
      { index: 0, line: 1, offset: 0, length: 8 },
      { index: 1, line: 3, offset: 11, length: 8 },
    ]);
  });

  test("drops the byte order mark at the start, and starts after it", () => {
    expect(dataOf('\uFEFF{"a":1}\n')).toEqual(['{"a":1}']);
    expect(placesOf('\uFEFF{"a":1}\n')).toEqual([{ index: 0, line: 1, offset: 3, length: 8 }]);
  });

  test("reads a last line that has no line end: nothing is pending", () => {
    const records = readNdjson('{"a":1}\n{"b":2}');
    expect(eventsOf(records)).toMatchObject([{}, { data: '{"b":2}', line: 2, offset: 8, length: 7 }]);
    expect(endOf(records)).toMatchObject({ bytes: 15, events: 2, pending: null });
  });

  test("strips whitespace around a payload, and passes on JSON that is cut", () => {
    expect(dataOf('  {"a":1}\t\n{"cut":\nnull\n-1\n')).toEqual(['{"a":1}', '{"cut":', "null", "-1"]);
  });

  test("passes on lines that do not begin like JSON as stray lines", () => {
    const records = readNdjson('{"a":1}\ntransfer closed\n  at last\n{"b":2}\nnot');
    expect(dataOf('{"a":1}\nnot json\n{"b":2}\n')).toEqual(['{"a":1}', '{"b":2}']);
    expect(records.filter(({ type }) => type === "stray")).toEqual([
      { type: "stray", text: "transfer closed\n  at last", line: 2, offset: 8 },
      { type: "stray", text: "not", line: 5, offset: 42 },
    ]);
  });

  test("reads an empty input as no events", () => {
    expect(readNdjson()).toEqual([{ type: "end", bytes: 0, events: 0, lastEventId: "", pending: null }]);
  });

  const input = Buffer.from('\uFEFF\r\n{"a":"🎉"}\r\n\r\n {"b":2} \n{"c":"é"}\r{"d":4}');

  test.each(chunkings)("gives the same records $name", (chunking) => {
    expect(readNdjson(...chunking.cut(input))).toEqual(readNdjson(input));
  });

  test("gives the same records wherever it is cut in two", () => {
    for (const pieces of cutsInTwo(input)) expect(readNdjson(...pieces)).toEqual(readNdjson(input));
  });
});

describe("--max-event-size", () => {
  const LIMIT = 64;
  const first = '{"a":1}\n\n';

  const tooLarge = [
    { name: "a line with its end", input: `${first}${payload(65)}\n${first}`, line: 3, offset: 9 },
    { name: "a line without end", input: first + payload(65), line: 3, offset: 9 },
    { name: "a first line after a byte order mark", input: `\uFEFF${payload(65)}`, line: 1, offset: 3 },
  ];

  describe.each(tooLarge)("refuses $name, and reports its place", ({ input, line, offset }) => {
    test.each(chunkings)("when it arrives $name", (chunking) => {
      const { records, refusal } = readUpTo(ndjson, LIMIT, chunking.cut(Buffer.from(input)));
      expect(refusal).toBe(`the event at line ${line}, byte ${offset} is larger than 64 bytes; reading stopped there`);
      expect(eventsOf(records)).toHaveLength(line === 1 ? 0 : 1);
    });
  });

  test.each(chunkings)("reads lines of no more than the limit $name", (chunking) => {
    const input = `\uFEFF${payload(64)}\n${payload(64)}\r\n${payload(64)}`;
    expect(readUpTo(ndjson, LIMIT, chunking.cut(Buffer.from(input)))).toEqual({
      records: readNdjson(input),
      refusal: null,
    });
  });
});
