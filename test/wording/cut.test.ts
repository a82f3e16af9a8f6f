import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { characterCount } from "../../src/wording/characters.ts";
import { cut, cutMiddle, cutToWidth, cutWithSize, excerpt } from "../../src/wording/cut.ts";

const WAVE = "🌊";

describe("a long text", () => {
  test("is cut after a number of units", () => {
    expect(cut("high water", 4)).toBe("high…");
    expect(cut("high", 4)).toBe("high");
    expect(cut("", 0)).toBe("");
  });

  test("is cut to a width, including the ellipsis", () => {
    expect(cutToWidth("high water", 5)).toBe("high…");
    expect(cutToWidth("water", 5)).toBe("water");
    expect(cutToWidth("water", 0)).toBe("…");
  });

  test("is cut in the middle", () => {
    expect(cutMiddle("high water at six", 4, 3)).toBe("high…six");
    expect(cutMiddle("high water at six", 4, 0)).toBe("high…");
    expect(cutMiddle("high six", 4, 3)).toBe("high six");
  });

  test("is cut with its size, in words where there is room", () => {
    expect(cutWithSize("x".repeat(1234), 20)).toBe(`${"x".repeat(12)}…(1,234)`);
    expect(cutWithSize("x".repeat(1234), 60)).toBe(`${"x".repeat(40)}… (1,234 characters)`);
    expect(cutWithSize("x".repeat(60), 60)).toBe("x".repeat(60));
    expect(cutWithSize("x".repeat(60), 1)).toBe("x…(60)");
  });

  test("has an excerpt, with an ellipsis on each side where the text continues", () => {
    expect(excerpt("high water at six", 5, 10)).toBe("…water…");
    expect(excerpt("high water", 0, 4)).toBe("high…");
    expect(excerpt("high water", 5, 100)).toBe("…water");
    expect(excerpt("high water", 0, 10)).toBe("high water");
  });
});

describe("a character of two units", () => {
  test("at the edge is omitted at the end and kept at the start", () => {
    expect(cut(`a${WAVE}b`, 2)).toBe("a…");
    expect(cut(`a${WAVE}b`, 3)).toBe(`a${WAVE}…`);
    expect(cutToWidth(`a${WAVE}b`, 3)).toBe("a…");
    expect(cutWithSize(WAVE.repeat(20), 8)).toBe(`${WAVE}…(40)`);
    expect(excerpt(`a${WAVE}b`, 2, 4)).toBe(`…${WAVE}b`);
    expect(cutMiddle(`a${WAVE}bcd${WAVE}e`, 2, 2)).toBe("a…e");
  });

  test("is never split, wherever text is cut", () => {
    const text = fc.string({ unit: fc.constantFrom("a", WAVE, "é"), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(70), fc.nat(70), (whole, one, other) => {
        const [start, end] = one < other ? [one, other] : [other, one];
        for (const shown of [
          cut(whole, end),
          cutToWidth(whole, end),
          cutWithSize(whole, end),
          cutMiddle(whole, start, end - start),
          excerpt(whole, start, end),
        ])
          expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });

  test("counts as one", () => {
    expect(characterCount(`a${WAVE}é`)).toBe(3);
  });
});
