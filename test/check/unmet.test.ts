// Which operators a value meets, and the message for an unmet expectation.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Report, ResponseReport } from "../../src/model/report.ts";
import { reportWith, responseWith, usageWith } from "./support/build-report.ts";
import { against, isMet } from "./support/held.ts";
import { streamTimingWith, timingWith } from "../support/timing.ts";

function ofResponse(given: Partial<ResponseReport>): Report {
  return reportWith({ responses: [responseWith(given)] });
}

describe("an operator", () => {
  const report = ofResponse({ text: "Hey you", usage: usageWith({ outputTokens: 500 }) });

  test.each([
    ["text=Hey you", "text=Hey"],
    ["text!=Hey", "text!=Hey you"],
    ["text^=Hey", "text^=you"],
    ["text$=you", "text$=Hey"],
    ["text*=y y", "text*=hey"],
    ["text~=/^hey\\b/i", "text~=/^hey\\b/"],
    ["usage.outputTokens=500", "usage.outputTokens=501"],
    ["usage.outputTokens!=501", "usage.outputTokens!=500"],
    ["usage.outputTokens<501", "usage.outputTokens<500"],
    ["usage.outputTokens<=500", "usage.outputTokens<=499"],
    ["usage.outputTokens>499", "usage.outputTokens>500"],
    ["usage.outputTokens>=500", "usage.outputTokens>=501"],
    ["usage.outputTokens!=null", "usage.outputTokens=null"],
    ["usage.inputTokens=null", "usage.inputTokens!=null"],
  ])("makes %s met and %s unmet", (met, notMet) => {
    expect(isMet(met, report)).toBe(true);
    expect(isMet(notMet, report)).toBe(false);
  });

  const pairs = [
    ["<=", ">"],
    ["<", ">="],
    ["=", "!="],
  ] as const;

  test("and its opposite: a number always meets exactly one of them", () => {
    const number = fc.oneof(fc.nat(20), fc.nat());
    fc.assert(
      fc.property(number, number, fc.constantFrom(...pairs), (seen, wanted, [operator, contrary]) => {
        const report = ofResponse({ usage: usageWith({ totalTokens: seen }) });
        expect(isMet(`usage.totalTokens${operator}${wanted}`, report)).toBe(
          !isMet(`usage.totalTokens${contrary}${wanted}`, report),
        );
      }),
    );
  });

  test("and its opposite are both unmet if the value is not reported", () => {
    for (const operator of pairs.flat()) expect(isMet(`usage.totalTokens${operator}5`, reportWith())).toBe(false);
  });

  test("on a text is unmet if the value is not reported", () => {
    const report = ofResponse({ model: null });
    for (const source of ["model=object", "model!=x", "model^=o", "model$=d", "model*=e", "model~=/object|absent/"]) {
      expect(isMet(source, report)).toBe(false);
    }
  });

  test("finds every part of a text", () => {
    const part = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(part, part, part, (before, middle, after) => {
        const text = before + middle + after;
        const report = ofResponse({ text });
        fc.pre([text, before, middle, after].every((word) => /^[^\s=~]/.test(word) && word.trim() !== "null"));
        const sources = [`text=${text}`, `text^=${before}`, `text*=${middle}`, `text$=${after}`];
        expect(sources.filter((source) => !isMet(source, report))).toEqual([]);
        expect(isMet(`text=${text}.`, report)).toBe(false);
      }),
    );
  });

  test("treats equal durations in different units as equal", () => {
    fc.assert(
      fc.property(fc.nat(600_000), (ms) => {
        const report = ofResponse({ timing: timingWith({ ttftMs: ms }) });
        expect(isMet(`ttft=${ms}ms`, report)).toBe(true);
        expect(isMet(`ttft=${(ms / 1000).toFixed(3)}s`, report)).toBe(true);
        expect(isMet(`ttft=${ms}s`, report)).toBe(ms === 0);
      }),
    );
  });
});

describe("the message for an unmet expectation", () => {
  const truncated = reportWith({ verdict: "truncated", responses: [responseWith({ status: "in_progress" })] });
  const several = reportWith({
    verdict: "incomplete",
    responses: [responseWith(), responseWith({ status: "incomplete" }), responseWith({ status: null })],
  });

  test.each<[source: string, report: Report, seen: string, clause: string]>([
    ["usage.totalTokens<=9", ofResponse({ usage: usageWith({ totalTokens: 18 }) }), "18", "it is 18"],
    ["usage.totalTokens<=9", reportWith(), "not reported", "it is not reported"],
    ["text=hey", ofResponse({ text: "he\ny" }), "he\ny", 'it is "he\\ny"'],
    ["status=completed", several, "incomplete", 'in response 2 of 3 it is "incomplete"'],
    [
      "status=completed",
      ofResponse({ status: "stop" }),
      "stop",
      'it is "stop"; use verdict=completed: the status is the provider\'s own word',
    ],
    ["status=completed", truncated, "in_progress", 'it is "in_progress"'],
    ["status=stop", ofResponse({ status: "length" }), "length", 'it is "length"'],
    ["status~=/complete/", several, "not reported", "in response 3 of 3 it is not reported"],
    ["events=1", several, "9", "it is 9"],
    [
      "ttft<=2s",
      reportWith(),
      "not known: times were not recorded",
      "it is not known: times were not recorded; record them with curl -N … | ssescope check --record FILE, or check the URL itself",
    ],
    ["total<=1s", ofResponse({ timing: timingWith({ totalMs: 1419.801 }) }), "1.42 s", "it is 1.42 s"],
    [
      "endedBy=server",
      reportWith({ endedBy: "input-end" }),
      "input-end",
      'it is "input-end": a file or a pipe ended, which does not say who ended the stream',
    ],
    [
      "endedBy=server",
      reportWith({ endedBy: null }),
      "not known: there was no connection, or a size limit was reached",
      "it is not known: there was no connection, or a size limit was reached",
    ],
    ["total<=2s", ofResponse({ timing: timingWith({ totalMs: 2000.00049 }) }), "2000 ms", "it is 2000 ms"],
    [
      "total<=5s",
      ofResponse({ timing: timingWith() }),
      "not known: the response did not end",
      "it is not known: the response did not end",
    ],
    [
      "silence.end<=5s",
      reportWith({ timing: streamTimingWith() }),
      "not known: the time of the end was not recorded",
      "it is not known: the time of the end was not recorded",
    ],
    [
      "gap.max<=2s",
      ofResponse({ timing: timingWith({ totalMs: 4000 }) }),
      "not known: the measured event did not arrive",
      "it is not known: the measured event did not arrive",
    ],
    [
      "text.length=0",
      reportWith({ responses: [] }),
      "not reported: there is no response",
      "it is not reported: there is no response",
    ],
  ])("%s", (source, report, seen, clause) => {
    expect(against(source, report)).toEqual({ expected: source, seen, message: `expected ${source}, but ${clause}` });
  });

  test("leaves out the spaces around it", () => {
    expect(against(" events=1 ", reportWith())?.message).toBe("expected events=1, but it is 9");
  });

  test("is complete up to 200 characters", () => {
    const text = "x".repeat(200);
    expect(against("text=hey", ofResponse({ text }))?.seen).toBe(text);
    expect(against("text=hey", ofResponse({ text: `${text}x` }))?.seen).toBe(`${text.slice(1)}…`);
  });

  test("is cut between characters if the stream's value or the expectation is long", () => {
    const text = "👋".repeat(5000);
    for (const shift of ["", "x"]) {
      const {
        expected = "",
        seen = "",
        message = "",
      } = against(`text=${shift}${text}`, ofResponse({ text: `${shift}${text}!` })) ?? {};
      for (const quoted of [expected, seen]) {
        expect(quoted.length).toBeLessThanOrEqual(200);
        expect(quoted.length).toBeGreaterThan(190);
        expect(quoted).toMatch(/👋…$/u);
        expect(quoted).not.toMatch(/\p{Surrogate}/u);
      }
      expect(message.length).toBeLessThan(500);
    }
  });
});
