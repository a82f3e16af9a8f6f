// A stream of Chat Completions that is cut anywhere is reported as cut, up to the last finish reason.
import { describe, expect, test } from "vitest";
import type { Report } from "../../../src/model/report.ts";
import { tried } from "../../support/exhaustive.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import { reportOf } from "../../support/read-report.ts";

describe.each([
  { name: "text.sse", step: tried(37, 5) },
  { name: "tool-call.sse", step: tried(71, 7) },
  { name: "several-choices.sse", step: tried(71, 7) },
  { name: "perplexity.sse", step: tried(113, 11) },
])("$name, cut around its last finish reason and every $step bytes", ({ name, step }) => {
  const { bytes } = fixtureNamed(`openai-chat/${name}`);
  const finish = endOfFinish(bytes);

  test("is truncated until the data of its last finish reason is complete, and then has its own verdict", async () => {
    const whole = await reportOf([bytes]);
    const wholeTexts = textsOf(whole);
    expect(whole.verdict).not.toBe("truncated");
    for (const length of lengths(bytes.length, step, finish)) {
      const report = await reportOf([bytes.subarray(0, length)]);
      const texts = textsOf(report).map((text, item) => ({ text, isBeginning: wholeTexts[item]?.startsWith(text) }));
      expect(
        { verdict: report.verdict, wrong: texts.filter(({ isBeginning }) => !isBeginning) },
        `${length} bytes`,
      ).toEqual({
        verdict: length < finish ? "truncated" : whole.verdict,
        wrong: [],
      });
    }
  });
});

/** Lengths before `end`: the multiples of `step`, and those around a place. */
function lengths(end: number, step: number, place: number): number[] {
  const regular = Array.from({ length: Math.ceil(end / step) - 1 }, (_, index) => (index + 1) * step);
  return [...new Set([...regular, place - 2, place - 1, place, place + 1])].filter((length) => length < end);
}

/** The texts and arguments of the items. */
function textsOf({ responses }: Report): string[] {
  return responses.flatMap(({ items }) => items.map((item) => item.text ?? item.arguments ?? ""));
}

/** The end of the line with the last finish reason. */
function endOfFinish(bytes: Uint8Array): number {
  const input = Buffer.from(bytes);
  const marks = [...input.toString("latin1").matchAll(/"finish_reason": ?"/g)];
  const start = marks.at(-1)?.index ?? 0;
  const end = input.toString("latin1").slice(start).search(/\r?\n/);
  return start + end;
}
