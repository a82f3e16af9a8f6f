import { verdictTable } from "../../../src/model/verdict.ts";
import { REPORT_SCHEMA, type ItemReport, type Report, type ResponseReport } from "../../../src/model/report.ts";

/** The report of a completed stream with one response, with the given values. */
export function reportWith(given: Partial<Report> = {}): Report {
  return {
    schema: REPORT_SCHEMA,
    source: "cap.sse",
    stream: null,
    framing: "sse",
    dialect: "openai-responses",
    verdict: "completed",
    exitCode: verdictTable[given.verdict ?? "completed"].exitCode,
    interrupted: false,
    error: null,
    request: null,
    http: null,
    endedBy: "input-end",
    bytes: 4210,
    events: 9,
    eventTypes: {},
    comments: 0,
    pending: null,
    breaks: [],
    responses: [responseWith()],
    timing: null,
    findings: [],
    findingCounts: {},
    ...given,
  };
}

/** A completed response without content, with the given values. */
export function responseWith(given: Partial<ResponseReport> = {}): ResponseReport {
  return {
    id: "resp_1",
    model: "gpt-4o-2024-08-06",
    serviceTier: null,
    verdict: "completed",
    status: "completed",
    reason: null,
    error: null,
    resumed: false,
    text: "",
    reasoning: "",
    refusal: "",
    items: [],
    usage: null,
    sequence: null,
    timing: null,
    ...given,
  };
}

/** Usage with only these counts. */
export function usageWith(given: Partial<NonNullable<ResponseReport["usage"]>>): ResponseReport["usage"] {
  return {
    inputTokens: null,
    cachedInputTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    totalTokens: null,
    raw: {},
    ...given,
  };
}

export function itemWith(type: string, name?: string): ItemReport {
  return { index: 0, id: null, type, status: "completed", ...(name !== undefined && { name }) };
}
