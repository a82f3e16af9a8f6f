// Which verdicts do not fail a check because they were expected.
import { describe, expect, test } from "vitest";
import { parseExpectation } from "../../src/check/expectation.ts";
import { isVerdictExpected } from "../../src/check/unmet.ts";
import type { Report } from "../../src/model/report.ts";
import type { Verdict } from "../../src/model/verdict.ts";
import { reportWith, responseWith } from "./support/build-report.ts";

function isExpected(report: Report, ...sources: string[]): boolean {
  return isVerdictExpected(sources.map(parseExpectation), report);
}

/** The report of one response that ended this way. */
function ended(verdict: Verdict, status: string | null, given: Partial<Report> = {}): Report {
  return reportWith({ verdict, responses: [responseWith({ verdict, status })], ...given });
}

describe("a verdict", () => {
  const incomplete = ended("incomplete", "incomplete");

  test.each<[Report, string]>([
    [incomplete, "status=incomplete"],
    [incomplete, "status~=/^in/"],
    [incomplete, "verdict=incomplete"],
    [incomplete, "verdict~=/refused|incomplete/"],
    [ended("incomplete", "cancelled"), "status=cancelled"],
    [ended("failed", "failed"), "status=failed"],
    [ended("truncated", "in_progress"), "status=in_progress"],
    [ended("truncated", "queued"), "status^=q"],
    [ended("incomplete", "max_tokens"), "status=max_tokens"],
    [ended("refused", "completed"), "verdict=refused"],
    [reportWith({ verdict: "not-a-stream", responses: [] }), "verdict=not-a-stream"],
  ])("is expected where %#: %2$s is met", (report, source) => {
    expect(isExpected(report, source)).toBe(true);
    expect(isExpected(report, "events>=1", "text=nothing", source)).toBe(true);
  });

  test.each<[string, Report, string]>([
    ["the expectation is not met", incomplete, "status=failed"],
    ["it only excludes a verdict", incomplete, "verdict!=failed"],
    ["it only excludes a status", incomplete, "status!=failed"],
    ["it asks for no status", ended("failed", null), "status=null"],
    [
      "it asks for no status, and there is no response",
      reportWith({ verdict: "truncated", responses: [] }),
      "status=null",
    ],
    ["it speaks of something else", incomplete, "reason=null"],
    ["it speaks of something else by its value", incomplete, "events>=1"],
    ["a refusal calls itself completed", ended("refused", "completed"), "status=completed"],
    ["an error ended what calls itself completed", ended("failed", "completed"), "status=completed"],
    ["the status was met before the stream was cut", ended("failed", "in_progress"), "status=in_progress"],
    [
      "the network failed after the response",
      ended("completed", "completed", { verdict: "transport-error", error: { type: null, code: "X", message: null } }),
      "status=completed",
    ],
    ["there is no response", reportWith({ verdict: "truncated", responses: [] }), "status=incomplete"],
    [
      "one of two responses is worse",
      reportWith({
        verdict: "failed",
        responses: [...incomplete.responses, ...ended("failed", "incomplete").responses],
      }),
      "status=incomplete",
    ],
  ])("is a fault where %s", (_what, report, source) => {
    expect(isExpected(report, source)).toBe(false);
  });

  test("fails the check if nothing is expected", () => {
    expect(isExpected(incomplete)).toBe(false);
  });
});

test("A status of no known dialect has the verdict's meaning", () => {
  for (const dialect of [null, "unknown"]) {
    expect(isExpected(ended("incomplete", "incomplete", { dialect }), "status=incomplete")).toBe(true);
    expect(isExpected(ended("failed", "completed", { dialect }), "status=failed")).toBe(false);
  }
});
