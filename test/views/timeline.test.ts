import { describe, expect, test } from "vitest";
import { drawTimeline } from "../../src/views/timeline.ts";
import { axisOf } from "../../src/views/time-axis.ts";

function textOf(parts: readonly { readonly text: string }[]): string {
  return parts.map(({ text }) => text).join("");
}

const slices = { sliceMs: 500, characters: [4, 0, 0, 0, 8], longestGapMs: [0, 0, 0, 0, 2000] };

describe("the timeline", () => {
  test.each([10, 29, 69, 109, 189])("is %i cells wide", (width) => {
    const { text, gaps } = drawTimeline({ firstEventMs: 500, totalMs: 2800, silenceAtEndMs: 0 }, slices, width);
    expect(text).toHaveLength(width);
    expect(gaps).toHaveLength(width);
  });

  test("begins when the source was opened, and marks silence", () => {
    const { text, gaps } = drawTimeline({ firstEventMs: 500, totalMs: 3000, silenceAtEndMs: 0 }, slices, 12);
    expect(textOf(text)).toBe("··▅▅······██");
    expect(textOf(gaps).startsWith("  ")).toBe(true);
    expect(textOf(gaps).endsWith("█")).toBe(true);
  });

  test("marks the silence at the end as the worst", () => {
    const span = { firstEventMs: 0, totalMs: 20_000, silenceAtEndMs: 18_000 };
    const { text, gaps } = drawTimeline(
      span,
      { sliceMs: 1000, characters: [4, 4, 4, ...Array(17).fill(0)], longestGapMs: [...Array(19).fill(0), 18_000] },
      20,
    );
    expect(text.slice(4).every(({ text: cell, paint }) => cell === "·" && paint === "bad")).toBe(true);
    expect(textOf(gaps).endsWith("█")).toBe(true);
  });

  test("adds up the slices of one cell", () => {
    const many = { sliceMs: 10, characters: Array<number>(100).fill(1), longestGapMs: Array<number>(100).fill(1) };
    const { text } = drawTimeline({ firstEventMs: 0, totalMs: 1000, silenceAtEndMs: 0 }, many, 10);
    expect(textOf(text)).toBe("█".repeat(10));
  });
});

describe("the axis", () => {
  test.each([
    [18_300, 69, /^0 s +5 s +10 s +15 s +18\.3 s$/],
    [830, 69, /^0 +200 ms +400 ms +600 ms +830 ms$/],
    [3_600_000, 69, /^0 min +20 min +40 min +60 min 0 s$/],
    [18_300, 29, /^0 s +10 s +18\.3 s$/],
    [3, 29, /^0 +2 ms +3 ms$/],
  ])("of %i ms in %i columns has round times and the end", (endMs, width, axis) => {
    expect(axisOf(endMs, width)).toMatch(axis);
    expect(axisOf(endMs, width)).toHaveLength(width);
  });
});
