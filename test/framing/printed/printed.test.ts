// Events that programs printed: found by their lines, and read like the body that they came from.
import { describe, expect, test } from "vitest";
import { log } from "../../../src/framing/log.ts";
import { python, quoted, table } from "../../../src/framing/printed/framings.ts";
import type { Framing } from "../../../src/framing/framing.ts";
import { chunkings } from "../../support/chunkings.ts";
import { run } from "../../support/io.ts";
import { reportOf } from "../../support/read-report.ts";
import { eventsOf, readUpTo } from "../support/read-records.ts";
import { readStreams } from "../support/read-streams.ts";

const A = '{"a":1}';
const B = '{"b":2}';

function detects(framing: Framing, text: string, complete = true): boolean | null {
  return framing.detect(Buffer.from(text), complete);
}

/** The data of the events, and their lines. */
function eventsIn(framing: Framing, text: string): [string, number][] {
  const { records } = readUpTo(framing, 2 ** 20, [text]);
  return eventsOf(records).map(({ data, line }) => [data, line]);
}

const forms = [
  {
    name: "a record's field",
    framing: log,
    text: `{"msg":"data: {\\"a\\":1}\\n\\n"}\n{"msg":"data: {\\"b\\":2}\\n\\n"}\n`,
    lines: [1, 2],
  },
  {
    name: "a record's object",
    framing: log,
    text: `{"level":1,"msg":"up"}\n{"level":1,"data":${A}}\n{"level":1,"data":${B}}\n`,
    lines: [2, 3],
  },
  { name: "words", framing: log, text: `[a 1] data: ${A}\n[a 2]\n[a 3] data: ${B}\n[a 4]\n`, lines: [1, 3] },
  { name: "words before JSON", framing: log, text: `got 1: ${A}\ngot 2: ${B}\n`, lines: [1, 2] },
  { name: "a time before JSON", framing: log, text: `12:00:01 ${A}\n12:00:02 ${B}\n`, lines: [1, 2] },
  { name: "several lines", framing: log, text: `got: {\n  "a": 1\n}\ngot: {\n  "b": 2\n}\n`, lines: [1, 4] },
  { name: "escapes", framing: log, text: `x "data: {\\"a\\":1}\\n\\n"\nx "data: {\\"b\\":2}\\n\\n"\n`, lines: [1, 2] },
  { name: "bytes", framing: python, text: `b'data: ${A}\\n\\n'\nb'data: ${B}\\n\\n'\n`, lines: [1, 2] },
  {
    name: "bytes cut anywhere",
    framing: python,
    text: `b'data: {"a"'\nb':1}\\n\\ndata: {"b"'\nb':2}\\n\\n'\n`,
    lines: [1, 2],
  },
  { name: "dicts", framing: python, text: "{'a': 1}\nother\n{'b': 2}\n", lines: [1, 3] },
  { name: "quote marks", framing: quoted, text: `On Tuesday:\n>> data: ${A}\n>>\n>> data: ${B}\n>>\n`, lines: [2, 4] },
  { name: "an indent", framing: quoted, text: `    data: ${A}\n\n    data: ${B}\n\n`, lines: [1, 3] },
  {
    name: "a table",
    framing: table,
    text: `Type\tData\tTime\nmessage\t${A}\t10:00:00.000\nmessage\t${B}\t10:00:00.001\n`,
    lines: [2, 3],
  },
];

describe.each(forms)("Events printed as $name", ({ framing, text, lines }) => {
  const [first = 0, second = 0] = lines;

  test("are found, and have the places of their lines", () => {
    expect(detects(framing, text)).toBe(true);
    const events = eventsIn(framing, text).map(([data, line]) => [JSON.parse(data), line]);
    expect(events).toEqual([
      [{ a: 1 }, first],
      [{ b: 2 }, second],
    ]);
  });

  test.each(chunkings)("are the same when they arrive $name", async ({ cut }) => {
    const { streams } = await readStreams(framing, [text]);
    expect((await readStreams(framing, cut(Buffer.from(text)))).streams).toEqual(streams);
  });

  test("are the same with CRLF", () => {
    expect(eventsIn(framing, text.replaceAll("\n", "\r\n"))).toEqual(eventsIn(framing, text));
  });
});

describe("Printed events are not detected", () => {
  test.each([
    ["a bare stream", `data: ${A}\n\ndata: ${B}\n\n`],
    ["a stream behind an unknown line", `x: 1\ndata: ${A}\n\n`],
    ["a stream whose lines end in CR alone", `x: 1\rdata: ${A}\r\r`],
    ["lines of JSON", `${A}\n${B}\n`],
    ["a page", `<!doctype html>\n<p>data: ${A}\n`],
    ["prose", "It said {'a': 1} and\nwent on\nand on\n"],
    ["fields whose names are not lower case", `Data: ${A}\n\nData: ${B}\n\n`],
    ["YAML", `---\nbody: |\n  data: ${A}\n\n  data: ${B}\n`],
  ])("in %s", (_, text) => {
    for (const framing of [python, quoted, table]) expect(detects(framing, text)).toBe(false);
    expect(detects(log, text)).toBe(false);
  });

  test("before a bare stream, which its first bytes show", () => {
    for (const framing of [python, quoted, table, log]) {
      expect(detects(framing, "data:", false)).toBe(false);
      expect(detects(framing, ":", false)).toBe(false);
      expect(detects(framing, `${A}\n`, false)).toBe(false);
    }
  });
});

test("An object in a record is read at any depth", () => {
  const DEPTH = 20_000;
  const deep = `{"a":${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}}`;
  const text = `{"level":1,"data":${A}}\n{"level":1,"data":${deep}}\n`;
  expect(eventsIn(log, text).map(([data, line]) => [data === deep, line])).toEqual([
    [false, 1],
    [true, 2],
  ]);
});

test("Lines of a plain stream in a log take precedence over earlier JSON after words", async () => {
  const report = await reportOf(`12:00:01 got ${A}\n12:00:02 got ${B}\n12:00:03 data: ${A}\n12:00:04 \n`);
  expect(report).toMatchObject({ framing: "log", events: 1, stream: { line: 3 } });
});

test("A framing that the user names but that matches no line is refused", async () => {
  for (const { name } of [python, quoted, table]) {
    const { stderr, exitCode } = await run(["--framing", name], { stdin: [`data: ${A}\n\n`] });
    expect(stderr).toContain(`no line matches the framing ${name}`);
    expect(exitCode).toBe(2);
  }
});

test("A line that is too long is refused at every chunking", () => {
  const text = `{'a': 1}\n{'b': 2}\n{'c': '${"x".repeat(100)}'}\n`;
  const refusals = [[text], [text.slice(0, 30), text.slice(30, 60), text.slice(60)]].map(
    (pieces) => readUpTo(python, 50, pieces).refusal,
  );
  expect(new Set(refusals).size).toBe(1);
  expect(refusals[0]).toContain("50");
});
