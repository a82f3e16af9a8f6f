import { describe, expect, test } from "vitest";
import type { DeltaPlaces } from "../../src/dialects/dialect.ts";
import { linesOf, type Shape, shapeOf } from "../../src/stretch/shape.ts";
import type { WireEvent } from "../../src/model/wire.ts";

const PLACES: DeltaPlaces = { text: "/delta", number: "/sequence_number", padding: "/obfuscation" };
const DATA = '{"type":"t","sequence_number":4,"item_id":"a.b","delta":"hey","list":[],"obfuscation":"xY9"}';

function eventWith(data: string, event = "delta"): WireEvent {
  return { type: "event", event, data, lastEventId: "", index: 0, line: 1, offset: 0, length: 0 };
}

/** What the groups of the shape of `data` hold in `other`; null where it does not match all of it. */
function matchOf(
  data: string,
  other: string,
  places = PLACES,
): { text: string; number: string | null; constants: string[] } | null {
  const shape: Shape | null = shapeOf(eventWith(data), places);
  if (shape === null) throw new Error("no shape");
  const lines = linesOf(eventWith(other));
  const match = shape.expression.exec(lines);
  if (match === null || match[0].length < lines.length) return null;
  return {
    text: match[shape.textGroup] ?? "",
    number: shape.numberGroup === null ? null : (match[shape.numberGroup] ?? ""),
    constants: shape.constantGroups.map((group) => match[group] ?? ""),
  };
}

describe("the shape of an event", () => {
  test("matches what differs in its places, and gives what stands there", () => {
    const other = DATA.replace("hey", String.raw`\"oh\n\ud83d`)
      .replace(":4", ":5")
      .replace("xY9", "");
    expect(matchOf(DATA, other)).toMatchObject({ text: String.raw`\"oh\n\ud83d`, number: "5" });
  });

  test("matches other ids and numbers, and gives them: in a run they are the same", () => {
    const data = '{"id":"a1","n":5,"f":0.5,"delta":"x","list":[7,"b2","c"]}';
    const other = data.replace("a1", "z9").replace(":5", ":60").replace("[7", "[8").replace("b2", "");
    const places = { ...PLACES, number: null, padding: null };
    expect(matchOf(data, other, places)).toMatchObject({
      constants: ['{"id":"z9","n":60,"f":0.5,"delta":', ',"list":[8,"","c"]}'],
    });
    expect(matchOf(data, other.replace("0.5", "0.6"), places)).toBeNull();
    expect(matchOf(data, other.replace('"c"', '"d"'), places)).toBeNull();
  });

  test("passes over spaces before a closing brace and behind the last one, of which Anthropic sends any number", () => {
    const places = { text: "/delta/text", number: null, padding: null };
    for (const one of ["", " ", "   "]) {
      for (const other of ["", "  "])
        expect(matchOf(spaced(one), spaced(other), places)).toMatchObject({ text: "hey" });
    }
  });

  test("takes the places in any order, and through objects and lists", () => {
    const data = '{"choices": [{"delta": {"content": "a"}}], "n": 1}';
    const places = { text: "/choices/0/delta/content", number: "/n", padding: null };
    expect(matchOf(data, data.replace('"a"', '"b"'), places)).toMatchObject({ text: "b", number: "1" });
    expect(matchOf('{"n":7,"t":"a"}', '{"n":8,"t":"b"}', { ...places, text: "/t" })).toMatchObject({
      text: "b",
      number: "8",
    });
    expect(
      matchOf('{"t":["x",{},"a"]}', '{"t":["x",{},"b"]}', { text: "/t/2", number: null, padding: null }),
    ).toMatchObject({
      text: "b",
      number: null,
    });
  });

  test.each([
    ["another type", DATA.replace('"t"', '"u"')],
    ["another id, where a character is no wildcard", DATA.replace("a.b", "axb")],
    ["a space more", DATA.replace(",", ", ")],
    ["an empty text", DATA.replace("hey", "")],
    ["an escape that JSON has not", DATA.replace("hey", String.raw`\x`)],
    ["a text that ends in a backslash", DATA.replace("hey", "\\")],
    ["half an escape", DATA.replace("hey", String.raw`\u12`)],
    ["a control character", DATA.replace("hey", "\t")],
    ["a line end", DATA.replace("hey", "\n")],
    ["a text that is no string", DATA.replace('"hey"', "5")],
    ["a number with a zero in front", DATA.replace(":4", ":04")],
    ["a number with a sign", DATA.replace(":4", ":-4")],
    ["a number with a fraction", DATA.replace(":4", ":4.0")],
    ["a number beyond what a double counts", DATA.replace(":4", ":9007199254740993")],
    ["padding that is escaped", DATA.replace("xY9", String.raw`\n`)],
    ["padding that is not ASCII", DATA.replace("xY9", "é")],
    ["something behind", `${DATA}x`],
    ["a tab behind", `${DATA}\t`],
  ])("does not match %s", (_, other) => {
    expect(matchOf(DATA, other)).toBeNull();
  });

  test.each([
    ["a place is missing", DATA.replace("delta", "beta")],
    ["a key is there twice, for the later one counts", DATA.replace('"list":[]', '"delta":"hey"')],
    ["the text is no string", DATA.replace('"hey"', "5")],
    ["the text is empty", DATA.replace("hey", "")],
    ["the number is no number", DATA.replace(":4", ':"4"')],
    ["something else is not ASCII", DATA.replace("a.b", "ä")],
  ])("is none where %s", (_, data) => {
    expect(shapeOf(eventWith(data), PLACES)).toBeNull();
  });

  test("tells a key with a slash in it from a way through two keys", () => {
    const places = { text: "/delta/text", number: null, padding: null };
    expect(shapeOf(eventWith('{"delta/text":"a"}'), places)).toBeNull();
    expect(
      matchOf('{"delta/text":"a","delta":{"text":"b"}}', '{"delta/text":"a","delta":{"text":"c"}}', places),
    ).toMatchObject({ text: "c", number: null });
    expect(shapeOf(eventWith('{"delta~1text":"a"}'), places)).toBeNull();
  });
});

/** JSON with so many spaces before each of its ends. */
function spaced(spaces: string): string {
  return `{"type":"t","delta":{"text":"hey"${spaces}}${spaces}}${spaces}`;
}
