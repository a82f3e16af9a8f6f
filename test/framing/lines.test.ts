// Lines and their cost: a constant amount of work per byte, however long a line is and however it is cut.
import { describe, expect, test } from "vitest";
import { createFramer } from "../../src/framing/create-framer.ts";
import { createLineSplitter } from "../../src/framing/lines.ts";
import { chunkings } from "../support/chunkings.ts";
import { tried } from "../support/exhaustive.ts";
import { cutEvenly } from "./support/cuts.ts";
import { sinkInto } from "./support/read-records.ts";
import { countBytesOfWork } from "./support/work-meter.ts";

interface SeenLine {
  readonly text: string;
  readonly number: number;
  readonly offset: number;
}

/** The lines of an input, and the text after the last line end. */
function splitLines(pieces: readonly Uint8Array[]): { lines: SeenLine[]; rest: string | null; totalBytes: number } {
  const lines: SeenLine[] = [];
  const splitter = createLineSplitter(({ bytes, start, end, number, offset }) =>
    lines.push({ text: bytes.toString("utf8", start, end), number, offset }),
  );
  for (const piece of pieces) splitter.push(piece);
  const rest = splitter.rest();
  const text = rest === null ? null : rest.bytes.toString("utf8", rest.start, rest.end);
  return { lines, rest: text, totalBytes: splitter.totalBytes };
}

describe("the line splitter", () => {
  const input = Buffer.from("\uFEFFa\nb\rc\r\n\r\n\n\r\rlast");

  test.each(chunkings)("ends lines at LF, CR and CRLF, in any mixture, when they arrive $name", (chunking) => {
    expect(splitLines(chunking.cut(input))).toEqual({
      lines: [
        { text: "a", number: 1, offset: 3 },
        { text: "b", number: 2, offset: 5 },
        { text: "c", number: 3, offset: 7 },
        { text: "", number: 4, offset: 10 },
        { text: "", number: 5, offset: 12 },
        { text: "", number: 6, offset: 13 },
        { text: "", number: 7, offset: 14 },
      ],
      rest: "last",
      totalBytes: input.length,
    });
  });

  test("passes a line on when its CR arrives, without waiting for an LF", () => {
    expect(splitLines([Buffer.from("a\r")])).toMatchObject({ lines: [{ text: "a" }], rest: null });
    expect(splitLines([Buffer.from("a\r"), Buffer.from("\nb")])).toMatchObject({ lines: [{ text: "a" }], rest: "b" });
  });

  test("returns an unfinished line on every call", () => {
    const splitter = createLineSplitter(() => {});
    splitter.push(Buffer.from("\uFEFFa\nbc"));
    for (const _ of [1, 2]) expect(splitter.rest()).toMatchObject({ start: 0, end: 2, number: 2, offset: 5 });
    splitter.push(Buffer.from("\n"));
    expect(splitter.rest()).toBeNull();
  });

  test("makes no line of an empty input", () => {
    expect(splitLines([])).toEqual({ lines: [], rest: null, totalBytes: 0 });
    expect(splitLines([Buffer.alloc(0)])).toEqual({ lines: [], rest: null, totalBytes: 0 });
  });
});

/** Two searches, a copy into the carry, its growth by doubling, and the decoding of the carried bytes. */
const MOST_WORK_PER_BYTE = 10;
const SIZES = tried([2 ** 14, 2 ** 16], [2 ** 16, 2 ** 17, 2 ** 18]);

const LF = Buffer.from("\n");
const CR = Buffer.from("\r");

function readAll(framing: string | null, pieces: readonly Uint8Array[]): void {
  const framer = createFramer(framing, () => sinkInto([]), { maxEventBytes: 2 ** 30, http: null });
  for (const piece of pieces) framer.push(piece, null);
  framer.end();
}

function fill(length: number, pattern: string): Buffer {
  return Buffer.alloc(length, pattern);
}

describe("safety 9: the work of one long line", () => {
  const lines = [
    { name: "with no line end", write: (length: number) => fill(length, "x") },
    { name: "ended by LF", write: (length: number) => Buffer.concat([fill(length, "x"), LF]) },
    { name: "ended by CR", write: (length: number) => Buffer.concat([fill(length, "x"), CR]) },
    { name: "ended by CRLF", write: (length: number) => Buffer.concat([fill(length, "x"), CR, LF]) },
    { name: "of data", write: (length: number) => Buffer.concat([Buffer.from("data:"), fill(length, "x"), LF]) },
    { name: "that is a comment", write: (length: number) => fill(length, ":") },
  ];

  test.each(lines)("in 16-byte chunks is proportional to its length: $name", ({ write }) => {
    for (const size of SIZES) {
      const pieces = cutEvenly(write(size), 16);
      const work = countBytesOfWork(() => readAll("sse", pieces));
      expect(work).toBeGreaterThan(size);
      expect(work).toBeLessThan(MOST_WORK_PER_BYTE * size);
    }
  });

  test("is as small if the payload is a line of NDJSON", () => {
    for (const size of SIZES) {
      const pieces = cutEvenly(fill(size, "{"), 16);
      expect(countBytesOfWork(() => readAll("ndjson", pieces))).toBeLessThan(MOST_WORK_PER_BYTE * size);
    }
  });
});

describe("the work of many short lines", () => {
  const LINES = tried(20_000, 100_000);
  const patterns = [
    { name: "ended by LF, without a colon", pattern: "some words\n" },
    { name: "ended by LF, with a colon", pattern: "data: word\n" },
    { name: "ended by CR, without a colon", pattern: "some words\r" },
    { name: "ended by CR, with a colon", pattern: "data: word\r" },
    { name: "ended by CRLF", pattern: "data: word\r\n" },
    { name: "ended by all three", pattern: "data: one\ndata: two\rdata: three\r\n" },
    { name: "that are empty, LF", pattern: "\n" },
    { name: "that are empty, CR", pattern: "\r" },
    { name: "that are events", pattern: "event: e\ndata: word\n\n" },
    { name: "that are comments", pattern: ": word\n" },
  ];

  test.each(patterns)("in one chunk is a few reads of each byte: $name", ({ pattern }) => {
    const chunk = Buffer.from(pattern.repeat(LINES));
    const work = countBytesOfWork(() => readAll("sse", [chunk]));
    expect(work).toBeGreaterThanOrEqual(chunk.length);
    expect(work).toBeLessThan(MOST_WORK_PER_BYTE * chunk.length);
  });

  test.each(patterns)("in 16-byte chunks is not larger: $name", ({ pattern }) => {
    const input = Buffer.from(pattern.repeat(LINES / 10));
    const work = countBytesOfWork(() => readAll("sse", cutEvenly(input, 16)));
    expect(work).toBeLessThan(MOST_WORK_PER_BYTE * input.length);
  });

  const halves = [
    { name: "LF, then CR", halves: ["x\n", "x\r"] },
    { name: "CR, then LF", halves: ["x\r", "x\n"] },
    { name: "CRLF, then LF", halves: ["x\r\n", "x\n"] },
  ];

  test.each(halves)("does not search for the other line end again at each line: $name", ({ halves }) => {
    const chunk = Buffer.from(halves.map((half) => half.repeat(LINES)).join(""));
    const work = countBytesOfWork(() => splitLines([chunk]));
    expect(work).toBeLessThan(MOST_WORK_PER_BYTE * chunk.length);
  });
});

describe("the work of detection", () => {
  /** Detection may read its held bytes again, which are never more than the first 64 KiB. */
  const MOST_DETECTING = 2 ** 16 * (2 ** 16 / 1024) * 4;

  test.each([
    { name: "a first line without end", pattern: "{" },
    { name: "blank lines without end", pattern: "\n" },
  ])("does not grow with the input: $name", ({ pattern }) => {
    const [small, large] = [2 ** 18, 2 ** 20].map((size) => {
      const pieces = cutEvenly(fill(size, pattern), 1024);
      return countBytesOfWork(() => readAll(null, pieces)) - MOST_WORK_PER_BYTE * size;
    });
    expect(small).toBeLessThan(MOST_DETECTING);
    expect(large).toBeLessThan(MOST_DETECTING);
  });
});
