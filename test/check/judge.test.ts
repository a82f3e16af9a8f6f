// How a check judges a report: its exit code, and the findings that it adds.
import { describe, expect, test } from "vitest";
import { parseExpectation } from "../../src/check/expectation.ts";
import { type Demands, judge, judgeUnreadable, reportedExpectations } from "../../src/check/judge.ts";
import { UserError } from "../../src/errors.ts";
import { type Finding, severities, type Severity } from "../../src/model/finding.ts";
import { type Verdict, verdictTable, verdicts } from "../../src/model/verdict.ts";
import { DEFAULT_POLICY } from "../../src/rules/policy.ts";
import { run } from "../support/io.ts";
import { data } from "../support/stream.ts";
import { reportWith, responseWith } from "./support/build-report.ts";

interface Asked {
  readonly expect?: readonly string[];
  readonly rules?: Readonly<Record<string, Severity | "off">>;
  readonly failOn?: Severity;
}

function demandsOf({ expect: expected = [], rules = {}, failOn = "error" }: Asked): Demands {
  const overrides = new Map(Object.entries(rules));
  return { rules: { ...DEFAULT_POLICY, overrides }, expectations: expected.map(parseExpectation), failOn };
}

function finding(rule: string, severity: Severity): Finding {
  return { rule, severity, event: 1, line: 2, offset: 3, expected: null, seen: null, message: "wrong" };
}

function exitCodeOf(report: Parameters<typeof reportWith>[0], asked: Asked = {}): number {
  return judge(reportWith(report), demandsOf(asked)).exitCode;
}

const bad = verdicts.filter((verdict) => verdictTable[verdict].exitCode !== 0);

describe("The exit code of a check", () => {
  test.each(verdicts)("is that of the verdict if nothing is demanded: %s.", (verdict) => {
    expect(exitCodeOf({ verdict })).toBe(verdictTable[verdict].exitCode);
  });

  test.each(bad)("is 0 if the verdict was expected: %s.", (verdict) => {
    expect(exitCodeOf({ verdict }, { expect: [`verdict=${verdict}`] })).toBe(0);
    expect(exitCodeOf({ verdict }, { expect: [`verdict!=completed`] })).toBe(verdictTable[verdict].exitCode);
  });

  test.each(bad)("follows the user's setting for the verdict's rule: %s.", (verdict) => {
    const rule = verdictTable[verdict].rule ?? "";
    const code = verdictTable[verdict].exitCode;
    const exitCodes = (failOn: Severity) =>
      (["off", "info", "warning", "error"] as const).map((said) =>
        exitCodeOf({ verdict }, { rules: { [rule]: said }, failOn }),
      );
    expect(exitCodes("error")).toEqual([0, 0, 0, code]);
    expect(exitCodes("warning")).toEqual([0, 0, code, code]);
    expect(exitCodes("info")).toEqual([0, code, code, code]);
    expect(exitCodeOf({ verdict }, { rules: { "sequence-gap": "off" } })).toBe(code);
  });

  test.each(severities)("is 1 if a finding is at least as severe as --fail-on %s.", (failOn) => {
    for (const severity of severities) {
      const report = { findings: [finding("sequence-gap", severity)], findingCounts: { "sequence-gap": 1 } };
      const isAsBad = severities.indexOf(severity) <= severities.indexOf(failOn);
      expect(exitCodeOf(report, { failOn })).toBe(isAsBad ? 1 : 0);
    }
  });

  test("is the verdict's even if there are findings, and 1 if the verdict was expected.", () => {
    const report = {
      verdict: "incomplete" as Verdict,
      findings: [finding("incomplete", "error"), finding("sequence-gap", "error")],
      findingCounts: { incomplete: 1, "sequence-gap": 1 },
    };
    expect(exitCodeOf(report)).toBe(4);
    expect(exitCodeOf(report, { expect: ["verdict=incomplete"] })).toBe(1);
  });

  test("is 1 if an expectation is not met, unless the user lowers that rule's severity.", () => {
    expect(exitCodeOf({}, { expect: ["events=8"] })).toBe(1);
    expect(exitCodeOf({}, { expect: ["events=8"], rules: { expectation: "warning" } })).toBe(0);
    expect(exitCodeOf({}, { expect: ["events=8"], rules: { expectation: "off" } })).toBe(0);
  });

  test.each([2, 130] as const)("is %i if the report's is, whatever was expected or set for rules.", (exitCode) => {
    const report = { verdict: "truncated" as Verdict, exitCode };
    const rules = { "no-terminal": "off", "event-too-large": "off" } as const;
    expect(exitCodeOf(report)).toBe(exitCode);
    expect(exitCodeOf(report, { expect: ["verdict=truncated"] })).toBe(exitCode);
    expect(exitCodeOf(report, { rules })).toBe(exitCode);
    expect(exitCodeOf({ ...report, verdict: "completed" })).toBe(exitCode);
  });
});

describe("A check of an event that is too large", () => {
  const input = data("before") + data("x".repeat(2000)) + data("after");

  test.each([
    ["as it is", []],
    ["where the verdict was expected", ["--expect", "verdict=truncated"]],
    ["where its rule is off", ["--rule", "event-too-large=off", "--rule", "no-terminal=off"]],
    ["where only warnings are left", ["--rule", "event-too-large=warning"]],
  ])("exits with 2, %s.", async (_, argv) => {
    const { exitCode } = await run(["check", "--no-config", "--max-event-size", "1K", ...argv], { stdin: [input] });
    expect(exitCode).toBe(2);
  });

  test("names the event.", async () => {
    const { stdout } = await run(["check", "--no-config", "--max-event-size", "1K"], { stdin: [input] });
    expect(stdout).toContain("event-too-large");
    expect(stdout).toContain("the event at line 3, byte 14 is larger than 1024 bytes");
  });

  test("is a finding even if the verdict was expected.", () => {
    const error = { type: null, code: null, message: "too large" };
    const report = reportWith({ verdict: "truncated", exitCode: 2, error });
    const { findings } = judge(report, demandsOf({ expect: ["verdict=truncated"] }));
    expect(findings.map(({ rule }) => rule)).toEqual(["event-too-large"]);
  });

  test("is not reported as a network error.", () => {
    const error = { type: null, code: null, message: "too large" };
    const { findings } = judge(reportWith({ verdict: "truncated", exitCode: 2, error }), demandsOf({}));
    expect(findings.map(({ rule, message }) => [rule, message])).toEqual([["event-too-large", "too large"]]);
    expect(judge(reportWith({ verdict: "truncated", error }), demandsOf({})).findings).toEqual([]);
  });
});

describe("The findings of a check", () => {
  const gap = finding("sequence-gap", "error");

  test("are those of the stream, then its outcome, then the unmet expectations.", () => {
    const report = reportWith({
      verdict: "transport-error",
      error: { type: null, code: "ECONNRESET", message: "reset" },
      findings: [gap],
      findingCounts: { "sequence-gap": 3 },
    });
    const checked = judge(report, demandsOf({ expect: ["events=8", "bytes=1"] }));
    expect(checked.findings).toEqual([
      gap,
      { ...finding("transport-error", "error"), event: null, line: null, offset: null, message: "ECONNRESET: reset" },
      expect.objectContaining({ rule: "expectation", severity: "error", expected: "events=8", seen: "9" }),
      expect.objectContaining({ rule: "expectation", severity: "error", expected: "bytes=1", seen: "4210" }),
    ]);
    expect(checked.findingCounts).toEqual({ "sequence-gap": 3, "transport-error": 1, expectation: 2 });
    expect(checked.severityCounts).toEqual({ error: 6, warning: 0, info: 0 });
  });

  test("become infos if the verdict was expected.", () => {
    const report = reportWith({
      verdict: "incomplete",
      responses: [responseWith({ verdict: "incomplete", status: "incomplete" })],
      findings: [finding("incomplete", "error"), gap],
      findingCounts: { incomplete: 1, "sequence-gap": 1 },
    });
    const checked = judge(report, demandsOf({ expect: ["verdict=incomplete"] }));
    expect(checked.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ["incomplete", "info"],
      ["sequence-gap", "error"],
    ]);
    expect(checked.severityCounts).toEqual({ error: 1, warning: 0, info: 1 });
  });

  test("do not include an expected outcome.", () => {
    const report = reportWith({
      verdict: "not-a-stream",
      responses: [],
      error: { type: null, code: null, message: "a page" },
    });
    expect(judge(report, demandsOf({})).findings.map(({ rule }) => rule)).toEqual(["not-a-stream"]);
    expect(judge(report, demandsOf({ expect: ["verdict=not-a-stream"] })).findings).toEqual([]);
    expect(judge(report, demandsOf({ rules: { "not-a-stream": "off" } })).findings).toEqual([]);
  });

  test("are counted for expectations with their adjusted severities.", () => {
    const report = { findings: [gap], findingCounts: { "sequence-gap": 3 } };
    expect(exitCodeOf(report, { expect: ["findings=3", "findings.error=3", "findings.sequence-gap=3"] })).toBe(1);
    const { findings } = judge(reportWith(report), demandsOf({ expect: ["findings=3", "findings.error=3"] }));
    expect(findings).toEqual([gap]);
  });
});

describe("An HTTP error is described with its status", () => {
  test.each([
    [401, { type: null, code: "invalid_api_key", message: "a wrong key" }, "HTTP 401, invalid_api_key: a wrong key"],
    [400, { type: "bad", code: null, message: null }, "HTTP 400, bad"],
    [500, { type: null, code: null, message: "HTTP 500 Oops" }, "HTTP 500 Oops"],
    [500, { type: null, code: null, message: null }, "HTTP 500, an error without a message"],
    [399, { type: null, code: null, message: "moved" }, "moved"],
  ])("%i: %j", (status, error, message) => {
    const http = { status, statusText: "", contentType: null, location: null };
    const { findings } = judge(reportWith({ verdict: "not-a-stream", error, http }), demandsOf({}));
    expect(findings.map((found) => found.message)).toEqual([message]);
  });
});

describe("A source that cannot be read", () => {
  test("exits with 2, and is a finding that says what to do.", () => {
    const error = new UserError("cannot read x", "look again");
    expect(judgeUnreadable("x", error, DEFAULT_POLICY)).toMatchObject({
      source: "x",
      report: null,
      findings: [{ rule: "unreadable-source", severity: "error", message: "cannot read x; look again" }],
      findingCounts: { "unreadable-source": 1 },
      severityCounts: { error: 1, warning: 0, info: 0 },
      exitCode: 2,
    });
    expect(judgeUnreadable("x", new UserError("cannot read x"), DEFAULT_POLICY).findings[0]?.message).toBe(
      "cannot read x",
    );
  });

  test("exits with 2 even if that rule is off.", () => {
    const rules = demandsOf({ rules: { "unreadable-source": "off" } }).rules;
    expect(judgeUnreadable("x", new UserError("cannot read x"), rules)).toMatchObject({ findings: [], exitCode: 2 });
  });
});

test("Reported expectations are listed once, and not at all if their rule is off.", () => {
  const asked = { expect: [" status=completed ", "status=completed", "ttft<=2s"] };
  expect(reportedExpectations(demandsOf(asked))).toEqual(["status=completed", "ttft<=2s"]);
  expect(reportedExpectations(demandsOf({ ...asked, rules: { expectation: "off" } }))).toEqual([]);
});
