import { describe, expect, test } from "vitest";
import { recogniser } from "../../src/stretch/recogniser.ts";
import { linesOf } from "../../src/stretch/event-lines.ts";
import type { WireEvent } from "../../src/model/wire.ts";
import { DATA, LINES, PLACES } from "./support/events.ts";
import { shapeOf } from "./support/shape-of.ts";

function eventWith(data: string, event = "delta"): WireEvent {
  return { type: "event", event, data, lastEventId: "", index: 0, line: 1, offset: 0, length: 0 };
}

/** The text of `other`, if it has the shape of `data` and this number; else null. */
function textIn(data: string, other: string, places = PLACES, number = 5): string | null {
  const shape = shapeOf(eventWith(data), places, LINES);
  const found = recogniser();
  if (shape === null || found === null) throw new Error("no shape, or no WebAssembly");
  const event = LINES.before + other + LINES.behind;
  const text = found.find(shape, Buffer.from(event), 0, number)?.text.toString() ?? null;
  expect(found.isOf(shape, event, number, text ?? "hey")).toBe(text !== null);
  return text;
}

describe("the shape of an event", () => {
  test("matches events that differ in its places, and returns their text", () => {
    const other = DATA.replace("hey", String.raw`\"oh\n\u00e9\ud83d\udc4bü漢👋`)
      .replace(":4", ":5")
      .replace("xY9", "");
    expect(textIn(DATA, other)).toBe('"oh\né👋ü漢👋');
  });

  test.each([
    ["a number of one digit", 9],
    ["a number of more", 10],
    ["0", 0],
    ["the largest", 999_999_999_999_999],
  ])("holds for %s", (_, number) => {
    expect(textIn(DATA, DATA.replace(":4", `:${number}`), PLACES, number)).toBe("hey");
  });

  test.each([-1, 0.5, 1e15, NaN])("does not hold for the number %d", (number) => {
    expect(textIn(DATA, DATA.replace(":4", `:${number}`), PLACES, number)).toBeNull();
  });

  test("skips any number of spaces before and after a closing brace, as Anthropic sends them", () => {
    const places = { text: "/delta/text", number: null, padding: null };
    for (const one of ["", " ", "   "]) {
      for (const other of ["", "  "]) expect(textIn(spaced(one), spaced(other), places)).toBe("hey");
    }
  });

  test("takes the places in any order, and through objects and lists", () => {
    const data = '{"choices": [{"delta": {"content": "a"}}], "n": 1}';
    const places = { text: "/choices/0/delta/content", number: "/n", padding: null };
    expect(textIn(data, data.replace('"a"', '"b"'), places, 1)).toBe("b");
    expect(textIn('{"n":7,"t":"a"}', '{"n":8,"t":"b"}', { ...places, text: "/t" }, 8)).toBe("b");
    expect(textIn('{"t":["x",{},"a"]}', '{"t":["x",{},"b"]}', { text: "/t/2", number: null, padding: null })).toBe("b");
  });

  test.each([
    ["a place is missing", DATA.replace("delta", "beta")],
    ["a key is there twice, for the later one counts", DATA.replace('"item_id":"a.b"', '"delta":"hey"')],
    ["the text is no string", DATA.replace('"hey"', "5")],
    ["the text is empty", DATA.replace("hey", "")],
    ["the number is no number", DATA.replace(":4", ':"4"')],
    ["the number has a zero in front", DATA.replace(":4", ":04")],
    ["the number is beyond what a double counts", DATA.replace(":4", ":9007199254740993")],
    ["the padding is escaped", DATA.replace("xY9", String.raw`\n`)],
    ["something else is not ASCII", DATA.replace("a.b", "ä")],
    ["something else is NUL", DATA.replace("a.b", "\0")],
    ["there are more objects than a shape has parts", DATA.replace("[", `[${"{},".repeat(70)}`)],
    ["it is longer than any delta", DATA.replace("a.b", "x".repeat(5000))],
  ])("is none where %s", (_, data) => {
    expect(shapeOf(eventWith(data), PLACES, LINES)).toBeNull();
  });

  test("distinguishes a key with a slash from a path of two keys", () => {
    const places = { text: "/delta/text", number: null, padding: null };
    expect(shapeOf(eventWith('{"delta/text":"a"}'), places, LINES)).toBeNull();
    const both = '{"delta/text":"a","delta":{"text":"b"}}';
    expect(textIn(both, both.replace('"b"', '"c"'), places)).toBe("c");
    expect(shapeOf(eventWith('{"delta~1text":"a"}'), places, LINES)).toBeNull();
  });
});

describe("the lines of an event", () => {
  const event = eventWith("{}");
  const unnamed = eventWith("{}", "message");

  test.each([
    ["a name", event, "event: delta\ndata: {}\n\n", "event: delta\ndata: ", 3],
    ["CRLF", event, "event: delta\r\ndata: {}\r\n\r\n", "event: delta\r\ndata: ", 3],
    ["no spaces", event, "event:delta\ndata:{}\n\n", "event:delta\ndata:", 3],
    ["no name", unnamed, "data: {}\n\n", "data: ", 2],
    ["no name and CRLF", unnamed, "data:{}\r\n\r\n", "data:", 2],
    ["nothing but data", unnamed, "{}\n", "", 1],
    ["nothing but data and CRLF", unnamed, "{}\r\n", "", 1],
  ])("with %s are known", (_, event, written, before, count) => {
    expect(linesOf(event, Buffer.from(written))).toMatchObject({ before, count });
  });

  test.each([
    ["data in two lines", event, "event: delta\ndata: {\ndata: }\n\n"],
    ["an id", event, "id: 7\nevent: delta\ndata: {}\n\n"],
    ["a comment", event, "event: delta\n: hello\ndata: {}\n\n"],
    ["the name behind the data", event, "data: {}\nevent: delta\n\n"],
    ["another name", event, "event: alpha\ndata: {}\n\n"],
    ["line ends of two kinds", event, "event: delta\ndata: {}\r\n\r\n"],
    ["CR alone, which an LF may follow", event, "event: delta\rdata: {}\r\r"],
    ["a mark at the beginning of the stream", unnamed, "\ufeffdata: {}\n\n"],
    ["no blank line", event, "event: delta\ndata: {}\n"],
    ["nothing but data and a blank line", unnamed, "{}\n\n"],
    ["spaces around data", unnamed, " {} \n"],
    ["other data", event, "event: delta\ndata: []\n\n"],
  ])("with %s are not", (_, event, written) => {
    expect(linesOf(event, Buffer.from(written))).toBeNull();
  });
});

/** JSON with this many spaces before each of its ends. */
function spaced(spaces: string): string {
  return `{"type":"t","delta":{"text":"hey"${spaces}}${spaces}}${spaces}`;
}
