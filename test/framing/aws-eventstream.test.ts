// Binary frames: places, headers, checksums, and the bytes between frames.
import { describe, expect, test } from "vitest";
import { awsEventstream } from "../../src/framing/aws-eventstream.ts";
import type { WireDefect, WireRecord } from "../../src/model/wire.ts";
import { chunkings } from "../support/chunkings.ts";
import { eventFrame, frameOf, headerBlock } from "../support/frames.ts";
import { readUpTo, sinkInto } from "./support/read-records.ts";

const NO_LIMIT = 2 ** 20;
const first = eventFrame("first", { a: 1 });
const second = eventFrame("second", { b: "ü" });

function read(...pieces: readonly Uint8Array[]) {
  const records: WireRecord[] = [];
  const defects: WireDefect[] = [];
  const framer = awsEventstream.create(() => sinkInto(records, defects), { maxEventBytes: NO_LIMIT, http: null });
  for (const piece of pieces) framer.push(piece, null);
  framer.end();
  return { records, defects };
}

function detect(...input: Parameters<typeof awsEventstream.detect>): boolean | null {
  return awsEventstream.detect(...input);
}

/** The bytes of a header with a one-letter name, and the type of its value. */
function name(letter: string, type: number): number[] {
  return [1, letter.charCodeAt(0), type];
}

/** A copy with one bit changed. */
function damaged(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

describe("A frame", () => {
  test("is an event with its name, payload, place and headers", () => {
    const headers = { ":event-type": "second", ":content-type": "application/json", ":message-type": "event" };
    expect(read(Buffer.concat([first, second])).records).toEqual([
      expect.objectContaining({ event: "first", data: '{"a":1}', index: 0, line: 1, offset: 0 }),
      {
        type: "event",
        event: "second",
        data: '{"b":"ü"}',
        lastEventId: "",
        index: 1,
        line: 2,
        offset: first.length,
        length: second.length,
        headers,
      },
      { type: "end", bytes: first.length + second.length, events: 2, lastEventId: "", pending: null },
    ]);
  });

  test.each(chunkings)("is the same $name, damaged or not", ({ cut }) => {
    const input = Buffer.concat([
      first,
      damaged(second, 9),
      first,
      Buffer.from("oops"),
      damaged(first, 40),
      second.subarray(0, 30),
    ]);
    const { records, defects } = read(...cut(input));
    expect(records.map(({ type }) => type)).toEqual(["event", "event", "event", "stray", "event", "end"]);
    expect({ records, defects }).toEqual(read(input));
  });

  test("has headers of all types, as text", () => {
    const block = Buffer.from(
      [
        [...name("t", 0), ...name("f", 1), ...name("b", 2), 0xff, ...name("s", 3), 1, 0],
        [...name("i", 4), 0, 0, 1, 0, ...name("l", 5), 0, 0, 0, 1, 0, 0, 0, 0],
        [...name("y", 6), 0, 2, 1, 2, ...name("d", 8), 0, 0, 0, 0, 0, 0, 0, 9],
        [...name("u", 9), ...Buffer.alloc(16, 0xab)],
      ].flat(),
    );
    const { records, defects } = read(frameOf(block, "{}"));
    expect(records[0]).toMatchObject({
      event: "message",
      headers: {
        t: "true",
        f: "false",
        b: "-1",
        s: "256",
        i: "256",
        l: "4294967296",
        y: "AQI=",
        d: "9",
        u: "ab".repeat(16),
      },
    });
    expect(defects).toEqual([]);
  });

  test.each([[Buffer.from([3, 0x61])], [Buffer.from([1, 0x61, 42])], [Buffer.from([1, 0x61, 7, 0xff, 0xff, 0x61])]])(
    "with unreadable headers is reported, and its payload is read",
    (block) => {
      const { records, defects } = read(frameOf(block, "{}"));
      expect(records[0]).toMatchObject({ event: "message", data: "{}", headers: {} });
      expect(defects).toMatchObject([{ type: "damaged-frame", text: "its headers cannot be read", offset: 0 }]);
    },
  );

  test("with binary data is not damaged if its header declares the data as binary", () => {
    const sound = Buffer.from([1, 0xff, 0xfe]);
    expect(read(frameOf(headerBlock({ ":content-type": "application/octet-stream" }), sound)).defects).toEqual([]);
    expect(read(frameOf(headerBlock({}), sound)).defects).toMatchObject([{ type: "invalid-utf8" }]);
  });

  test("keeps a header of any name", () => {
    const { records } = read(frameOf(headerBlock({ ["__proto__"]: "b", constructor: "c" }), "{}"));
    expect(JSON.stringify(records[0])).toContain('"headers":{"__proto__":"b","constructor":"c"}');
  });

  test("that says it is larger than allowed is refused at its prelude", () => {
    const prelude = frameOf(Buffer.alloc(0), "x".repeat(5000)).subarray(0, 12);
    const message = "the event at line 2, byte 5 is larger than";
    const { refusal } = readUpTo(awsEventstream, 1000, [frameOf(Buffer.alloc(0), ""), prelude]);
    expect(refusal).toContain(message.replace("byte 5", "byte 16"));
  });

  test("with a wrong checksum is reported at its offset, and read", () => {
    const { records, defects } = read(Buffer.concat([first, damaged(second, second.length - 8), first]));
    expect(records).toMatchObject([{ event: "first" }, { event: "second" }, { event: "first" }, {}]);
    expect(defects).toMatchObject([{ type: "damaged-frame", offset: first.length, index: 1, line: 2 }]);
    expect(defects[0]?.text).toMatch(/^its checksum is 0x[0-9a-f]{8}, but its bytes give 0x[0-9a-f]{8}$/);
  });

  test("whose only fault is a wrong prelude checksum is still read", () => {
    const { records, defects } = read(Buffer.concat([first, damaged(second, 10), first]));
    expect(records).toMatchObject([{ event: "first" }, { event: "second" }, { event: "first" }, {}]);
    expect(defects.map(({ offset }) => offset)).toEqual([first.length]);
  });

  test("whose length is wrong is skipped up to the next one", () => {
    const { records, defects } = read(Buffer.concat([first, damaged(second, 3), first]));
    expect(records).toMatchObject([{ event: "first" }, { event: "first", line: 3 }, {}]);
    expect(defects[0]?.text).toContain(`; ${second.length} bytes are skipped`);
  });
});

describe("Data between frames", () => {
  test("is a stray line if it is text", () => {
    const { records, defects } = read(Buffer.concat([first, Buffer.from('{"message":"oops"}\n'), second]));
    const stray = { type: "stray", text: '{"message":"oops"}', line: 2, offset: first.length };
    expect(records).toMatchObject([{ event: "first" }, stray, { event: "second" }, {}]);
    expect(defects).toEqual([]);
  });

  test("is ignored if it is blank", () => {
    expect(read(Buffer.concat([first, Buffer.from("\r\n")]))).toMatchObject({
      records: [{}, { type: "end" }],
      defects: [],
    });
  });
});

describe("A frame that is cut", () => {
  test.each([1, 11, 12, 40, second.length - 5, second.length - 1])("after %i bytes is pending", (length) => {
    const { records, defects } = read(Buffer.concat([first, second.subarray(0, length)]));
    expect(records[1]).toMatchObject({ type: "end", events: 1, pending: { line: 2, offset: first.length } });
    expect(defects).toEqual([]);
  });

  test("has its name and the part of its payload that arrived", () => {
    const { records } = read(second.subarray(0, -6));
    expect(records[0]).toMatchObject({ pending: { event: "second", data: '{"b":"ü' } });
  });
});

describe("Detection", () => {
  test("uses the checksum of the first prelude", () => {
    expect(detect(first.subarray(0, 12), false)).toBe(true);
    expect(detect(first.subarray(0, 11), false)).toBe(null);
    expect(detect(Buffer.alloc(64), true)).toBe(false);
  });

  test("uses the length of a frame that is cut in its prelude", () => {
    expect(detect(first.subarray(0, 11), true)).toBe(true);
    expect(detect(first.subarray(0, 4), true)).toBe(true);
    expect(detect(first.subarray(0, 3), true)).toBe(false);
    expect(detect(Buffer.alloc(8), true)).toBe(false);
    expect(detect(Buffer.from([1, 0xff, 0, 0, 0]), true)).toBe(false);
  });

  test("uses the first header if the prelude is damaged", () => {
    expect(detect(damaged(first, 9), false)).toBe(true);
    expect(detect(damaged(first, 9).subarray(0, 16), false)).toBe(null);
  });

  test("uses the content type if the bytes do not decide", () => {
    const http = {
      status: 200,
      statusText: "OK",
      contentType: "application/vnd.amazon.eventstream; charset=x",
      location: null,
    };
    expect(detect(Buffer.alloc(4), true, http)).toBe(true);
    expect(detect(Buffer.from("data: a\n"), true, http)).toBe(false);
  });
});
