// What the records of an event stream contain beyond the standard: places, the unfinished event, and the size limit.
import { describe, expect, test } from "vitest";
import { sse } from "../../src/framing/sse.ts";
import type { WireRecord } from "../../src/model/wire.ts";
import { chunkings } from "../support/chunkings.ts";
import { cutAtSizes } from "./support/cuts.ts";
import { endOf, eventsOf, readSse, readUpTo, retriesOf, sinkInto } from "./support/read-records.ts";

function placesOf(input: string): { line: number; offset: number; length: number }[] {
  return eventsOf(readSse(input)).map(({ line, offset, length }) => ({ line, offset, length }));
}

function pendingOf(input: string): unknown {
  return endOf(readSse(input)).pending;
}

describe("the place of a record", () => {
  test("is its line from 1 and its byte offset, if lines end in LF", () => {
    expect(readSse("data: Hello\n\n: keep-alive\n\nretry: 3000\n\n")).toEqual([
      { type: "event", event: "message", data: "Hello", lastEventId: "", index: 0, line: 1, offset: 0, length: 13 },
      { type: "comment", text: " keep-alive", line: 3, offset: 13 },
      { type: "retry", ms: 3000, line: 5, offset: 27 },
      { type: "end", bytes: 40, events: 1, lastEventId: "", pending: null },
    ]);
  });

  test("counts a CRLF as one line end of two bytes, whose first byte counts for the event's length", () => {
    expect(readSse("data: Hello\r\n\r\n: keep-alive\r\nretry: 3000\r\n\r\n")).toEqual([
      { type: "event", event: "message", data: "Hello", lastEventId: "", index: 0, line: 1, offset: 0, length: 14 },
      { type: "comment", text: " keep-alive", line: 3, offset: 15 },
      { type: "retry", ms: 3000, line: 4, offset: 29 },
      { type: "end", bytes: 44, events: 1, lastEventId: "", pending: null },
    ]);
  });

  test("counts a lone CR as a line end", () => {
    expect(placesOf("data: a\r\rdata: b\r\r")).toEqual([
      { line: 1, offset: 0, length: 9 },
      { line: 3, offset: 9, length: 9 },
    ]);
  });

  test("is that of the event's first field, whichever field that is", () => {
    expect(placesOf("\n\nid: 7\ndata: a\n\n")).toEqual([{ line: 3, offset: 2, length: 15 }]);
    expect(placesOf("retry: 1\ndata: a\n\n")).toEqual([{ line: 1, offset: 0, length: 18 }]);
  });

  test("skips comments before the first field, and blocks without data", () => {
    expect(placesOf(": one\nid: 1\n\n: two\ndata: a\n\n")).toEqual([{ line: 5, offset: 19, length: 9 }]);
  });

  test("comes after the byte order mark, which the byte count of the end record includes", () => {
    const records = readSse("\uFEFFdata: a\n\n");
    expect(eventsOf(records)).toMatchObject([{ line: 1, offset: 3, length: 9 }]);
    expect(endOf(records).bytes).toBe(12);
  });

  test("is counted in bytes, not in characters", () => {
    expect(placesOf("data: 🎉é\n\ndata: b\n\n")).toEqual([
      { line: 1, offset: 0, length: 14 },
      { line: 3, offset: 14, length: 9 },
    ]);
  });

  test("locates the bytes of each event in the input", () => {
    const input = "\uFEFF: hi\r\nid: 1\r\ndata: a\r\n\r\ndata: b\n\n";
    const bytes = Buffer.from(input);
    const cutOut = placesOf(input).map(({ offset, length }) => bytes.toString("utf8", offset, offset + length));
    expect(cutOut).toEqual(["id: 1\r\ndata: a\r\n\r", "data: b\n\n"]);
  });
});

describe("the unfinished event at the end of the input", () => {
  test("is pending with the data that arrived", () => {
    expect(pendingOf('data: a\n\nevent: delta\ndata: {"a":\ndata: "cu')).toEqual({
      event: "delta",
      data: '{"a":\n"cu',
      line: 3,
      offset: 9,
    });
  });

  test("is pending if only its name arrived, whole or cut", () => {
    expect(pendingOf("event: delta\n")).toEqual({ event: "delta", data: "", line: 1, offset: 0 });
    expect(pendingOf("id: 1\nevent: del")).toEqual({ event: "del", data: "", line: 1, offset: 0 });
  });

  test("is pending if only its blank line is missing", () => {
    expect(pendingOf("data: [DONE]\r\n")).toEqual({ event: "message", data: "[DONE]", line: 1, offset: 0 });
    expect(pendingOf("data")).toEqual({ event: "message", data: "", line: 1, offset: 0 });
  });

  test("shows a character that was cut as U+FFFD", () => {
    expect(endOf(readSse(Buffer.from("data: 🎉").subarray(0, -1))).pending?.data).toBe("\uFFFD");
  });

  test("is null if only an id, a comment or the beginning of a field name arrived", () => {
    for (const rest of ["id: 2\n", "id: 2", ": comment", "dat", "even", "\uFEFF"]) expect(pendingOf(rest)).toBeNull();
  });

  test("does not commit its id, and is not counted", () => {
    expect(endOf(readSse("id: 1\ndata: a\n\nid: 2\ndata: b\n"))).toMatchObject({ lastEventId: "1", events: 1 });
  });

  test("does not dispatch a comment or a retry whose line does not end", () => {
    expect(readSse("data: a\n: comm").map(({ type }) => type)).toEqual(["end"]);
    expect(retriesOf(readSse("retry: 3000"))).toEqual([]);
    expect(retriesOf(readSse("retry: 3000\r"))).toEqual([3000]);
  });

  test("begins after the byte order mark if only that precedes it", () => {
    expect(pendingOf("\uFEFFdata: a")).toEqual({ event: "message", data: "a", line: 1, offset: 3 });
  });
});

test("a retry of 400 digits is the largest safe integer", () => {
  expect(retriesOf(readSse(`retry: ${"9".repeat(400)}\n`))).toEqual([Number.MAX_SAFE_INTEGER]);
  expect(retriesOf(readSse(`retry: ${"0".repeat(400)}7\n`))).toEqual([7]);
});

describe("safety 7, 8: --max-event-size", () => {
  const LIMIT = 64;
  const first = "data: a\n\n";

  const tooLarge = [
    { name: "a line without end", input: `${first}data: ${"x".repeat(100)}`, line: 3, offset: 9 },
    { name: "a line with its end", input: `${first}data: ${"x".repeat(100)}\n\n`, line: 3, offset: 9 },
    { name: "many lines of data", input: `${first}id: 1\n${"data: x\n".repeat(40)}\n`, line: 3, offset: 9 },
    { name: "many names", input: `${first}${"event: x\n".repeat(40)}\n`, line: 3, offset: 9 },
    { name: "many empty lines of data", input: `${first}${"data\n".repeat(40)}\n`, line: 3, offset: 9 },
    { name: "an endless comment", input: `${first}: ${"x".repeat(100)}`, line: 3, offset: 9 },
    { name: "a long comment with its end", input: `${first}: ${"x".repeat(100)}\n`, line: 3, offset: 9 },
    { name: "an endless unknown field", input: `${first}${"x".repeat(100)}`, line: 3, offset: 9 },
    { name: "a long comment within an event", input: `${first}\ndata: x\n: ${"x".repeat(100)}\n`, line: 4, offset: 10 },
    { name: "a first line after a byte order mark", input: `\uFEFF${"x".repeat(100)}`, line: 1, offset: 3 },
  ];

  describe.each(tooLarge)("refuses $name, and reports the place of the event", ({ input, line, offset }) => {
    test.each(chunkings)("when it arrives $name", (chunking) => {
      const reading = readUpTo(sse, LIMIT, chunking.cut(Buffer.from(input)));
      expect(reading.refusal).toBe(
        `the event at line ${line}, byte ${offset} is larger than ${LIMIT} bytes; reading stopped there`,
      );
      expect(reading.records).toEqual(
        readSse(Buffer.from(input).subarray(0, offset)).filter(({ type }) => type !== "end"),
      );
    });
  });

  const justFits = [
    { name: "one line", input: `data: ${"x".repeat(58)}\n\n${first}` },
    { name: "one line after a byte order mark", input: `\uFEFFdata: ${"x".repeat(58)}\n\n${first}` },
    { name: "several lines", input: `${"data: xx\n".repeat(8)}\n${first}` },
    { name: "a line without end", input: `${first}data: ${"x".repeat(58)}` },
    { name: "any number of comments, ids and unknown fields", input: `${": c\nid: 1\nx: y\n".repeat(99)}data: a\n\n` },
    { name: "any number of events", input: "event: e\ndata: x\n\n".repeat(99) },
  ];

  describe.each(justFits)("reads $name within the limit", ({ input }) => {
    test.each(chunkings)("when it arrives $name", (chunking) => {
      expect(readUpTo(sse, LIMIT, chunking.cut(Buffer.from(input)))).toEqual({
        records: readSse(input),
        refusal: null,
      });
    });
  });
});

test("a chunk may be overwritten after its push", () => {
  const input = Buffer.from('event: delta\nid: 7\ndata: {"a":1}\n: talk\ndata: 🎉\n\nretry: 5\nevent: end\ndata: b');
  const expected = readSse(input);
  for (let size = 1; size <= input.length; size += 1) {
    const records: WireRecord[] = [];
    const framer = sse.create(() => sinkInto(records), { maxEventBytes: 1000, http: null });
    const shared = Buffer.alloc(size);
    for (const piece of cutAtSizes(input, Array.from<number>({ length: input.length }).fill(size))) {
      shared.set(piece);
      framer.push(shared.subarray(0, piece.length), null);
      shared.fill("\n");
    }
    framer.end();
    expect(records).toEqual(expected);
  }
});

/** Name and data of each event. */
function namesOf(input: string): string[] {
  return eventsOf(readSse(input)).map(({ event, data }) => `${event} ${data}`);
}

describe("events without blank lines between them", () => {
  test("are read one by one if each has whole JSON, or [DONE]", () => {
    expect(namesOf('data: {"a":1}\ndata: [DONE]\ndata: {"b":2}\n\n')).toEqual([
      'message {"a":1}',
      "message [DONE]",
      'message {"b":2}',
    ]);
    expect(namesOf('event: a\ndata: {"a":1}\nevent: b\ndata: {"b":2}\n\n')).toEqual(['a {"a":1}', 'b {"b":2}']);
    expect(namesOf('data: {"a":1}\nid: 1\nevent: b\ndata: {"b":2}\n\n')).toEqual(['message {"a":1}', 'b {"b":2}']);
  });

  test("have their own names in a stream that writes names after the data", () => {
    const late = 'data: {"a":0}\nevent: x\n\ndata: {"a":1}\nevent: a\ndata: {"b":2}\nevent: b\n\n';
    expect(namesOf(late)).toEqual(['x {"a":0}', 'a {"a":1}', 'b {"b":2}']);
    const typed = 'data: {"type":"a"}\nevent: a\ndata: {"type":"b"}\nevent: b\n\n';
    expect(namesOf(typed)).toEqual(['a {"type":"a"}', 'b {"type":"b"}']);
  });

  test("are one event, as the standard requires, unless the first has whole data and the second has JSON", () => {
    for (const input of ['data: {"a":\ndata: {"b":2}}', "data: one\ndata: two", 'data: {"a":1}\ndata: and more']) {
      expect(eventsOf(readSse(`${input}\n\n`))).toHaveLength(1);
    }
    expect(namesOf('data: {"a":1}\nevent: a\n\n')).toEqual(['a {"a":1}']);
  });

  test("do not share a line, whatever comes between their data", () => {
    const events = eventsOf(readSse('data: {"a":1}\nevent: x\ndata: \ndata: {"b":2}\n\n'));
    expect(events).toMatchObject([
      { event: "x", line: 1, length: 30 },
      { event: "message", line: 4, offset: 30 },
    ]);
  });

  test("have consecutive places, and the id that was valid at their data", () => {
    const events = eventsOf(readSse('id: 1\ndata: {"a":1}\nid: 2\ndata: {"b":2}\n\n'));
    expect(events).toMatchObject([
      { lastEventId: "1", line: 1, offset: 0, length: 20 },
      { lastEventId: "2", line: 3, offset: 20, length: 21 },
    ]);
  });

  test("do not add up for --max-event-size", () => {
    const input = `data: {"a":${"1".repeat(9)}}\n`.repeat(20);
    expect(readUpTo(sse, 64, [Buffer.from(input)]).refusal).toBeNull();
  });
});

test("an event written into an unfinished one is read by itself", () => {
  const input = 'event: a\ndata: {"a":"lo\ndata: {"type":"error"}\n\ndata: {"b":2}\n\n';
  expect(eventsOf(readSse(input))).toMatchObject([
    { event: "a", data: '{"a":"lo', line: 1, offset: 0, length: 24 },
    { event: "message", data: '{"type":"error"}', line: 3, offset: 24, length: 24 },
    { data: '{"b":2}', line: 5, index: 2 },
  ]);
  expect(namesOf('data: {"a":[\ndata: {"b":1}\ndata: ]}\n\n')).toEqual(['message {"a":[\n{"b":1}\n]}']);
  expect(namesOf('data: [\ndata: {"b":1}]\n\n')).toHaveLength(1);
});
