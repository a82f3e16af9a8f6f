// Chunked transfer coding: the sizes are removed, and places are those of the capture.
import { describe, expect, test } from "vitest";
import { chunked } from "../../src/framing/chunked.ts";
import { chunkings } from "../support/chunkings.ts";
import { reportOf } from "../support/read-report.ts";
import { eventsOf, readUpTo } from "./support/read-records.ts";

const BODY = 'data: {"a":1}\n\ndata: {"b":"é"}\n\n';

/** A body in chunks of `size` bytes. */
function inChunks(body: string, size: number, lineEnd = "\r\n", extension = ""): Buffer {
  const bytes = Buffer.from(body);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    pieces.push(
      Buffer.from(`${piece.length.toString(16).toUpperCase()}${extension}${lineEnd}`),
      piece,
      Buffer.from(lineEnd),
    );
  }
  return Buffer.concat([...pieces, Buffer.from(`0${lineEnd}${lineEnd}`)]);
}

function read(...pieces: readonly (string | Uint8Array)[]) {
  return readUpTo(chunked, 2 ** 20, pieces).records;
}

describe("a body in chunks", () => {
  test.each([1, 5, 7, 14, 100])("of %i bytes is read, each event on the line that it begins on", (size) => {
    const bytes = inChunks(BODY, size);
    const events = eventsOf(read(bytes));
    expect(events.map(({ data }) => data)).toEqual(['{"a":1}', '{"b":"é"}']);
    for (const { line, offset, length } of events) {
      expect(bytes.subarray(offset, offset + 1).toString()).toBe("d");
      expect(bytes.toString("latin1", 0, offset).split("\n")).toHaveLength(line);
      expect(length).toBeGreaterThan(0);
    }
  });

  test.each(chunkings)("is the same when it arrives $name", ({ cut }) => {
    const bytes = inChunks(BODY.replaceAll("\n", "\r\n"), 6);
    expect(read(...cut(bytes))).toEqual(read(bytes));
  });

  test("may have extensions, line ends without CR, and trailers, which are dropped", () => {
    const text = inChunks(BODY, 9, "\n", ";x=1").toString("latin1").replace(/\n$/, "x-checksum: 1\n\n");
    const records = read(Buffer.from(text, "latin1"));
    expect(eventsOf(records)).toHaveLength(2);
    expect(records.at(-1)).toMatchObject({ type: "end", bytes: text.length });
  });

  test("that is cut within a chunk is read up to the cut", () => {
    const bytes = inChunks(BODY, 16).subarray(0, 30);
    expect(read(bytes).at(-1)).toMatchObject({ type: "end", bytes: 30, pending: { event: "message" } });
  });

  test("continues unchanged if a size is missing", () => {
    const text = `10\r\n${BODY.slice(0, 16)}\r\n${BODY.slice(16)}`;
    expect(eventsOf(read(text)).map(({ line }) => line)).toEqual([2, 4]);
  });
});

function detect(text: string, complete = true): boolean | null {
  return chunked.detect(Buffer.from(text), complete);
}

test("Detection looks at the first chunk and the bytes after it", () => {
  expect(detect("e\r\ndata: {}\r\n\r\n\r\n")).toBe(true);
  expect(detect("4\r\ndata\r\n2\r\n: \r\n")).toBe(true);
  expect(detect("e", false)).toBeNull();
  expect(detect("e\r\nda", false)).toBeNull();
  for (const text of [
    "",
    "0\r\n\r\n",
    "e\r\nhello world!!\r\n",
    "e\r\ndata: {}xxxxxxxxxxxx",
    "event: a\n",
    "data: x\n",
  ])
    expect(detect(text)).toBe(false);
});

test("A body may be decoded although the headers name the coding", async () => {
  const head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  expect(await reportOf(head + BODY)).toMatchObject({ framing: "curl", events: 2 });
  expect(await reportOf(head + inChunks(BODY, 5).toString())).toMatchObject({ framing: "curl", events: 2 });
});

test.each(['5\nect":"', "a\ndata: 1234X\n\n", "a\ndata: 1234\n0\n\n"])(
  "Detection does not depend on how the input is cut: %j",
  async (input) => {
    const reports = chunkings.map(({ cut }) => reportOf(cut(Buffer.from(input))));
    const [whole, ...others] = await Promise.all(reports);
    for (const other of others) expect(other).toEqual(whole);
  },
);
