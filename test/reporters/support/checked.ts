// Checked streams for tests.
import type { Checked } from "../../../src/check/checked.ts";
import type { CheckExitCode } from "../../../src/model/exit-codes.ts";
import { verdictTable } from "../../../src/model/verdict.ts";
import type { Report, ResponseReport } from "../../../src/model/report.ts";
import type { Finding, Severity } from "../../../src/model/finding.ts";

export function findingOf(change: Partial<Finding> = {}): Finding {
  const place = { event: 4, line: 34, offset: 1234 };
  const said = { expected: null, seen: null, message: "sequence number 7 follows 5: 1 missing" };
  return { rule: "sequence-gap", severity: "error", ...place, ...said, ...change };
}

export function responseOf(change: Partial<ResponseReport> = {}): ResponseReport {
  const named = { id: "resp_1", model: "model-1", serviceTier: null };
  const ended = { verdict: "completed", status: "completed", reason: null, error: null, resumed: false } as const;
  const texts = { text: "hey", reasoning: "", refusal: "", items: [] };
  return { ...named, ...ended, ...texts, usage: usageOf(18), sequence: null, timing: null, ...change };
}

export function usageOf(totalTokens: number | null): NonNullable<ResponseReport["usage"]> {
  const parts = { inputTokens: null, cachedInputTokens: null, outputTokens: null, reasoningTokens: null };
  return { ...parts, totalTokens, raw: { total_tokens: totalTokens } };
}

function reportOf(change: Partial<Report> = {}): Report {
  const verdict = change.verdict ?? "completed";
  return {
    schema: "ssescope/report@1",
    source: "cap.sse",
    stream: null,
    framing: "sse",
    dialect: "openai-responses",
    verdict,
    exitCode: verdictTable[verdict].exitCode,
    interrupted: false,
    error: null,
    request: null,
    http: null,
    endedBy: "input-end",
    bytes: 4210,
    events: 9,
    eventTypes: { "response.created": 1 },
    comments: 0,
    pending: null,
    breaks: [],
    responses: [responseOf({ verdict })],
    timing: null,
    findings: [],
    findingCounts: {},
    ...change,
  };
}

interface Setting extends Partial<Report> {
  /** The exit code of the check, if it differs from the report's. */
  readonly checkCode?: CheckExitCode;
  /** Findings of a rule that are only counted. */
  readonly unlisted?: Readonly<Record<string, number>>;
}

/** A stream with its findings; without any, it passes if its verdict is good. */
export function checkedOf(
  findings: readonly Finding[] = [],
  { checkCode, unlisted, ...change }: Setting = {},
): Checked {
  const report = reportOf(change);
  return {
    source: report.source,
    streamIndex: 0,
    report,
    ...foundOf(findings, unlisted),
    exitCode: checkCode ?? report.exitCode,
  };
}

/** A source that could not be read. */
export function unreadable(source: string): Checked {
  const place = { event: null, line: null, offset: null };
  const finding = findingOf({ rule: "unreadable-source", ...place, message: "no such file; check the path" });
  return { source, streamIndex: 0, report: null, ...foundOf([finding]), exitCode: 2 };
}

function foundOf(findings: readonly Finding[], unlisted: Readonly<Record<string, number>> = {}) {
  const findingCounts: Record<string, number> = { ...unlisted };
  const severityCounts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const { rule } of findings) findingCounts[rule] = (findingCounts[rule] ?? 0) + 1;
  const severityOfRule = new Map(findings.map(({ rule, severity }) => [rule, severity]));
  for (const [rule, severity] of severityOfRule) severityCounts[severity] += findingCounts[rule] ?? 0;
  return { findings, findingCounts, severityCounts };
}
