// Which framing is detected from the first bytes, and that no bytes are lost before that.
import { describe, expect, test } from "vitest";
import { createFramer } from "../../src/framing/create-framer.ts";
import { jsonArray } from "../../src/framing/json-array.ts";
import type { WireRecord } from "../../src/model/wire.ts";
import { chunkings } from "../support/chunkings.ts";
import { cutEvenly } from "./support/cuts.ts";
import { type Piece, readNdjson, readSse, readUpTo, sinkInto } from "./support/read-records.ts";

const MEGABYTE = 2 ** 20;
const options = { maxEventBytes: 64 * MEGABYTE, http: null };

interface Detected {
  readonly name: string | null;
  readonly records: WireRecord[];
}

function readDetecting(pieces: readonly Piece[], name: string | null = null): Detected {
  const records: WireRecord[] = [];
  let detected: string | null = null;
  const framer = createFramer(
    name,
    ({ framing }) => {
      detected = framing;
      return sinkInto(records);
    },
    options,
  );
  for (const piece of pieces) {
    const lent = Buffer.from(piece);
    framer.push(lent, null);
    lent.fill("x");
  }
  framer.end();
  return { name: detected, records };
}

/** The framing detected after each chunk, before the input is over. */
function detectedWhileReading(...pieces: readonly Piece[]): (string | null)[] {
  let detected: string | null = null;
  const framer = createFramer(
    null,
    ({ framing }) => {
      detected = framing;
      return sinkInto([]);
    },
    options,
  );
  return pieces.map((piece) => {
    framer.push(Buffer.from(piece), null);
    return detected;
  });
}

const inputs = [
  { title: "an event stream", input: "data: a\n\n", name: "sse" },
  { title: "an event stream after a byte order mark", input: "\uFEFFdata: a\n\n", name: "sse" },
  { title: "an event stream after blank lines", input: "\r\n\n \ndata: a\n\n", name: "sse" },
  { title: "a stream that begins with a comment", input: ": OPENROUTER PROCESSING\n\ndata: {}\n\n", name: "sse" },
  { title: "JSON lines", input: '{"a":1}\n{"b":2}\n', name: "ndjson" },
  { title: "JSON lines that end in CRLF", input: '{"a":1}\r\n{"b":2}\r\n', name: "ndjson" },
  { title: "JSON lines after a byte order mark", input: '\uFEFF{"a":1}\n{"b":2}\n', name: "ndjson" },
  { title: "JSON lines after blank lines", input: ' \t\r\n\n{"a":1}\n{"b":2}\n', name: "ndjson" },
  { title: "JSON lines after a byte order mark and blank lines", input: '\uFEFF\n\n {"a":1} \n', name: "ndjson" },
  { title: "one JSON object without a line end", input: '{"error":{"code":401}}', name: "ndjson" },
  { title: "JSON printed over several lines", input: '{\n  "a": 1\n}\n', name: "sse" },
  { title: "JSON printed over several lines, CRLF", input: '{\r\n  "a": 1\r\n}\r\n', name: "sse" },
  { title: "JSON that is cut in its first line", input: '{"a":', name: "sse" },
  { title: "an array of objects", input: '[{"a":1}]\n', name: "json-array" },
  { title: "an array over several lines, after a mark", input: '\uFEFF\n[ {\n "a": 1}\n,\r\n{}]', name: "json-array" },
  { title: "an array that is cut", input: '[{"a":1},{"b', name: "json-array" },
  { title: "an array that begins with an error", input: '[{\n  "error": {"code": 400}\n}]\n', name: "sse" },
  { title: "an array of numbers", input: "[1,2]\n", name: "sse" },
  { title: "an empty array", input: "[ ]\n", name: "sse" },
  { title: "an array that is cut before detection can decide", input: '[{"', name: "sse" },
  { title: "logs of JSON with a key log", input: '{"log":"a","stream":"stdout"}\n{"log":"b"}\n', name: "ndjson" },
  { title: "logs of JSON with an object log", input: '{"log":{"level":"info"}}\n{"log":{}}\n', name: "ndjson" },
  { title: "JSON lines with a version", input: '{"version":1,"type":"a"}\n{"version":1}\n', name: "ndjson" },
  { title: "an event stream that begins with an id", input: "id: 1\ndata: a\n\n", name: "sse" },
  { title: "YAML that is not a cassette", input: '---\nversion: "3"\nservices:\n  a: {}\n', name: "sse" },
  { title: "a word that begins like a cassette", input: "interaction", name: "sse" },
  { title: "a lone brace", input: "{", name: "sse" },
  { title: "a web page", input: "<!doctype html>\n<title>502</title>\n", name: "sse" },
  { title: "an empty input", input: "", name: "sse" },
  { title: "only blank lines", input: "\n \r\n\n", name: "sse" },
  { title: "only a byte order mark", input: "\uFEFF", name: "sse" },
  { title: "half a byte order mark", input: Buffer.of(0xef, 0xbb), name: "sse" },
];

const READERS: Readonly<Record<string, (bytes: Buffer) => WireRecord[]>> = {
  sse: readSse,
  ndjson: readNdjson,
  "json-array": (bytes) => readUpTo(jsonArray, MEGABYTE, [bytes]).records,
};

describe.each(inputs)("$title is read as $name", ({ input, name }) => {
  const bytes = Buffer.from(input);

  test.each(chunkings)("when it arrives $name", (chunking) => {
    expect(readDetecting(chunking.cut(bytes))).toEqual({
      name,
      records: READERS[name]?.(bytes),
    });
  });
});

describe("detection", () => {
  test("needs only the first field of an event stream, and only the first line of JSON lines", () => {
    expect(detectedWhileReading("", "d", "ata", ": a")).toEqual([null, null, null, "sse"]);
    expect(detectedWhileReading(":", " a")).toEqual(["sse", "sse"]);
    expect(detectedWhileReading("\n", "\r", ":")).toEqual([null, null, "sse"]);
    expect(detectedWhileReading('{"a"', ":1}", "\n")).toEqual([null, null, "ndjson"]);
    // Another document may follow the one that begins on this line.
    expect(detectedWhileReading("{", '"a": 1', "\n", "}\n{")).toEqual([null, null, null, "json-documents"]);
    expect(detectedWhileReading("[", "{", '"a"')).toEqual([null, null, "json-array"]);
    expect(detectedWhileReading("i", "d:")).toEqual([null, "sse"]);
  });

  test("happens at the first line that ends in CR alone, and events have their arrival times", () => {
    const times: (number | null)[] = [];
    const sink = { ...sinkInto([]), record: (_: WireRecord, atMs: number | null) => times.push(atMs) };
    const framer = createFramer(null, () => sink, options);
    const event = Buffer.from(`event: response.output_text.delta\rdata: ${"x".repeat(100)}\r\r`);
    for (const atMs of [100, 200, 300]) framer.push(event, atMs);
    expect(times).toEqual([100, 200, 300]);
  });

  test("waits for the whole byte order mark", () => {
    const mark = Buffer.from("\uFEFF");
    expect(detectedWhileReading(...cutEvenly(mark, 1), "{}\n")).toEqual([null, null, null, "ndjson"]);
    expect(detectedWhileReading(mark.subarray(0, 2), "data: a\n", "data: b\n")).toEqual([null, null, "sse"]);
  });

  test("decides on a first line of 20 MB by its beginning, long before its end", () => {
    const megabyte = "x".repeat(MEGABYTE);
    const pieces = ['{"a":"', ...Array.from({ length: 20 }, () => megabyte), '"}\n', "{}\n"];
    expect(detectedWhileReading(...pieces.slice(0, 3))).toEqual([null, "ndjson", "ndjson"]);
    const { name, records } = readDetecting(pieces);
    expect(name).toBe("ndjson");
    expect(records).toMatchObject([{ length: 20 * MEGABYTE + 9 }, { data: "{}", line: 2 }, { type: "end" }]);
  });

  test("has the same result for a long first line, whole or in chunks", () => {
    const line = Buffer.from(`{"a":"${"x".repeat(MEGABYTE)}\n`);
    expect(readDetecting([line]).name).toBe("ndjson");
    expect(readDetecting(cutEvenly(line, 1000)).name).toBe("ndjson");
  });

  test("does not wait forever for text that is not blank", () => {
    const blank = Buffer.alloc(MEGABYTE, "\n");
    expect(detectedWhileReading(...cutEvenly(blank, 2 ** 14)).at(-1)).toBe("sse");
    expect(readDetecting([blank, "{}\n"]).name).toBe("sse");
  });

  test("is skipped if the framing is named", () => {
    expect(readDetecting(['{"a":1}\n'], "sse")).toEqual({ name: "sse", records: readSse('{"a":1}\n') });
    expect(readDetecting(["data: a\n\n"], "ndjson")).toEqual({ name: "ndjson", records: readNdjson("data: a\n\n") });
  });
});
