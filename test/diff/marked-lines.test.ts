// Two texts, line by line: which lines are versions of each other, and how they differ.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MarkedLine, markLines } from "../../src/diff/marked-lines.ts";

/** A line as `same`, `~numbers`, `!changed [part]`; a place without lines as `(2 missing)`. */
function show(lines: readonly MarkedLine[]): string[] {
  return lines.map((line) => {
    if (line.type === "missing") return `(${line.lines} missing)`;
    if (line.change === "none") return line.parts.map(({ text }) => text).join("");
    const text = line.parts.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join("");
    return (line.change === "numbers" ? "~" : "!") + text;
  });
}

function marked(a: string, b: string): { a: string[]; b: string[] } {
  const lines = markLines(a, b);
  return { a: show(lines.a), b: show(lines.b) };
}

test("equal texts have nothing marked", () => {
  expect(marked("one\n\ntwo\n", "one\n\ntwo\n")).toEqual({ a: ["one", "", "two"], b: ["one", "", "two"] });
  expect(marked("", "")).toEqual({ a: [], b: [] });
});

describe("lines that differ", () => {
  test("in numbers only are versions of one line, wherever lines were added", () => {
    expect(marked('event: b\ndata: {"n":1}\n\n', 'event: a\ndata: {"m":1}\n\nevent: b\ndata: {"n":2}\n\n')).toEqual({
      a: ["(3 missing)", "event: b", '~data: {"n":[1]}', ""],
      b: ["![event: a]", '![data: {"m":1}]', "![]", "event: b", '~data: {"n":[2]}', ""],
    });
  });

  test("in words have these marked in both", () => {
    expect(marked("the verdict is failed\n", "the verdict is completed\n")).toEqual({
      a: ["!the verdict is [failed]"],
      b: ["!the verdict is [completed]"],
    });
  });

  test("by text that only one of them has: the place is marked in the other", () => {
    expect(marked('{"a":{}\n', '{"a":{}}\n')).toEqual({ a: ['!{"a":{}[]'], b: ['!{"a":{}[}]'] });
    expect(marked("x, y, zzz\n", "x, zzz\n")).toEqual({ a: ["!x, [y, ]zzz"], b: ["!x, []zzz"] });
  });

  test("in more than half are different lines that replace each other: neither text marks a missing line", () => {
    expect(marked("same\nevent: error\nsame\n", "same\nid: 7\nretry: 10\nsame\n")).toEqual({
      a: ["same", "![event: error]", "same"],
      b: ["same", "![id: 7]", "![retry: 10]", "same"],
    });
  });

  test("are aligned with the similar one of several", () => {
    expect(marked("data: a longer text\n", "event: x\ndata: a longer word\n")).toEqual({
      a: ["(1 missing)", "!data: a longer [text]"],
      b: ["![event: x]", "!data: a longer [word]"],
    });
  });
});

describe("added lines", () => {
  test("are a whole event with its blank line, even if another event begins the same", () => {
    const one = "event: delta\ndata: one\n\n";
    const two = "event: delta\ndata: something\n\n";
    expect(marked(one, one + two).b).toEqual([
      "event: delta",
      "data: one",
      "",
      "![event: delta]",
      "![data: something]",
      "![]",
    ]);
    expect(marked(two, one + two).b).toEqual([
      "![event: delta]",
      "![data: one]",
      "![]",
      "event: delta",
      "data: something",
      "",
    ]);
    expect(marked(one + two, one)).toEqual({
      a: ["event: delta", "data: one", "", "![event: delta]", "![data: something]", "![]"],
      b: ["event: delta", "data: one", "", "(3 missing)"],
    });
  });

  test("may be a blank line at the end, or in the middle", () => {
    expect(marked("data: x\n", "data: x\n\n")).toEqual({ a: ["data: x", "(1 missing)"], b: ["data: x", "![]"] });
    expect(marked("a\nb\n", "a\n\nb\n")).toEqual({ a: ["a", "(1 missing)", "b"], b: ["a", "![]", "b"] });
  });

  test("a line without its end is not the line with it", () => {
    expect(marked("data: long enough", "data: long enough\n")).toEqual({
      a: ["!data: long enough[<no line end>]"],
      b: ["!data: long enough[]"],
    });
  });
});

test("for any texts, each side has all its lines, and unmarked text is in both", () => {
  const line = fc.constantFrom("", "event: a", "event: b", "data: 1", "data: 22", "data: a word", "data: two words");
  const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.map((line) => `${line}\n`).join(""));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const lines = markLines(a, b);
      expect(textOf(lines.a)).toBe(a);
      expect(textOf(lines.b)).toBe(b);
      expect(unmarked(lines.a)).toEqual(unmarked(lines.b));
    }),
  );
});

function textOf(lines: readonly MarkedLine[]): string {
  return lines
    .map((line) => (line.type === "missing" ? "" : `${line.parts.map(({ text }) => text).join("")}\n`))
    .join("");
}

/** The equal lines, and the equal parts of the others. */
function unmarked(lines: readonly MarkedLine[]): string[] {
  return lines.flatMap((line) =>
    line.type === "missing" || line.parts.every(({ isChanged }) => isChanged)
      ? []
      : [line.parts.map(({ text, isChanged }) => (isChanged ? "" : text)).join("")],
  );
}
