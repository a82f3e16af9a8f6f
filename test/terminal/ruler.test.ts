import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { padTo } from "../../src/terminal/ruler.ts";
import { terminalRuler as ruler } from "../../src/terminal/terminal-ruler.ts";

const FAMILY = "👩‍👩‍👧";

test.each([
  ["ebb", 3],
  ["天気", 4],
  ["ok 🌊", 5],
  [FAMILY, 2],
  ["e\u0301", 1],
  ["ｶﾞ", 2],
])("%j takes %i columns", (text, columns) => {
  expect(ruler.columnsOf(text)).toBe(columns);
});

test.each([
  ["ebb and flow", 12, "ebb and flow"],
  ["ebb and flow", 8, "ebb and…"],
  ["天気を調べる", 7, "天気を…"],
  ["天気を調べる", 6, "天気…"],
  [`${FAMILY}${FAMILY}${FAMILY}`, 5, `${FAMILY}${FAMILY}…`],
  ["ebb", 0, ""],
])("%j in %i columns is %j", (text, columns, cut) => {
  expect(ruler.cut(text, columns)).toBe(cut);
});

test.each([
  ["the tide turns at six", 10, ["the tide", "turns at", "six"]],
  ["harbour_of_husum", 8, ["harbour_", "of_husum"]],
  ["天気を調べる", 5, ["天気", "を調", "べる"]],
  ["", 5, [""]],
])("%j wraps at %i columns to %j", (text, columns, lines) => {
  expect(ruler.wrap(text, columns)).toEqual(lines);
});

test("text is padded to columns", () => {
  expect(padTo("天気", 6, ruler)).toBe("天気  ");
  expect(padTo("天気", 3, ruler)).toBe("天気");
});

function widthOf({ segment }: Intl.SegmentData): number {
  return ruler.columnsOf(segment);
}

describe("For any text", () => {
  test("no wrapped line and no cut text is wider than requested", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 40 }), (text, columns) => {
        const line = text.replaceAll(/\p{Control}|[\u2028\u2029]/gu, "");
        expect(ruler.columnsOf(ruler.cut(line, columns))).toBeLessThanOrEqual(columns);
        // Some characters of Indic scripts are wider than two columns.
        const widest = Math.max(columns, ...Array.from(new Intl.Segmenter().segment(line), widthOf));
        for (const part of ruler.wrap(line, columns)) expect(ruler.columnsOf(part)).toBeLessThanOrEqual(widest);
      }),
    );
  });
});
