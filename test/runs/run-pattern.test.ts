import { describe, expect, test } from "vitest";
import type { DeltaPlaces } from "../../src/dialects/dialect.ts";
import { patternOf, type RunPattern } from "../../src/runs/run-pattern.ts";

const PLACES: DeltaPlaces = { text: "/delta", number: "/sequence_number", padding: "/obfuscation" };
const DATA = '{"type":"t","sequence_number":4,"item_id":"a.b","delta":"hey","list":[],"obfuscation":"xY9"}';

/** What the groups of the pattern of `data` hold in `other`; null where it does not match all of it. */
function matchOf(data: string, other: string, places = PLACES): { text: string; number: string | null } | null {
  const pattern: RunPattern | null = patternOf(data, places);
  if (pattern === null) throw new Error("no pattern");
  const match = new RegExp(`^${pattern.source}$`).exec(other);
  if (match === null) return null;
  const { textGroup, numberGroup } = pattern;
  return { text: match[textGroup] ?? "", number: numberGroup === null ? null : (match[numberGroup] ?? "") };
}

describe("the pattern of an event's data", () => {
  test("matches what differs in its places, and gives what stands there", () => {
    const other = DATA.replace("hey", String.raw`\"oh\n\ud83d`)
      .replace(":4", ":5")
      .replace("xY9", "");
    expect(matchOf(DATA, other)).toEqual({ text: String.raw`\"oh\n\ud83d`, number: "5" });
  });

  test("takes the places in any order, and through objects and lists", () => {
    const data = '{"choices": [{"delta": {"content": "a"}}], "n": 1}';
    const places = { text: "/choices/0/delta/content", number: "/n", padding: null };
    expect(matchOf(data, data.replace('"a"', '"b"'), places)).toEqual({ text: "b", number: "1" });
    expect(matchOf('{"n":7,"t":"a"}', '{"n":8,"t":"b"}', { ...places, text: "/t" })).toEqual({
      text: "b",
      number: "8",
    });
    expect(matchOf('{"t":["x",{},"a"]}', '{"t":["x",{},"b"]}', { text: "/t/2", number: null, padding: null })).toEqual({
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
    ["something behind", `${DATA} `],
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
    expect(patternOf(data, PLACES)).toBeNull();
  });

  test("tells a key with a slash in it from a way through two keys", () => {
    const places = { text: "/delta/text", number: null, padding: null };
    expect(patternOf('{"delta/text":"a"}', places)).toBeNull();
    expect(
      matchOf('{"delta/text":"a","delta":{"text":"b"}}', '{"delta/text":"a","delta":{"text":"c"}}', places),
    ).toEqual({ text: "c", number: null });
    expect(patternOf('{"delta~1text":"a"}', places)).toBeNull();
  });
});
