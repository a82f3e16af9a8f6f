import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutToColumns } from "../../src/terminal/columns.ts";

describe("A text is cut to columns", () => {
  test.each([
    ["1.0 s  12 events", 6, "1.0 s "],
    ["天気を調べる", 7, "天気を"],
    ["get_天気", 5, "get_"],
    ["ok 🌊🌊", 5, "ok 🌊"],
    ["ok 🌊🌊", 4, "ok "],
    ["🇯🇵🇯🇵", 5, "🇯🇵"],
    ["👩‍👩‍👧", 9, ""],
    ["e\u0301", 1, ""],
  ])("%j, to %i columns, as far as it certainly fits: %j", (text, columns, cut) => {
    expect(cutToColumns(text, columns)).toBe(cut);
  });

  test("and the result is a beginning of whole characters, for any text.", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (text, columns) => {
        const cut = cutToColumns(text, columns);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
