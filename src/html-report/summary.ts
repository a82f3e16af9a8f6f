// A checked stream in, its data for the page out.
import type { Checked } from "../check/checked.ts";
import { mainFindingOf } from "../check/main-finding.ts";
import { errorNameOf } from "../model/error-name.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Report, ResponseReport } from "../model/report.ts";
import { totalMsOf } from "../model/total-ms.ts";
import { totalTokensOf } from "../model/total-tokens.ts";
import { UNREADABLE, verdictTable } from "../model/verdict.ts";
import { describeCourse } from "../views/course.ts";
import { describeCost, describeServerTiming } from "../wording/provider-figures.ts";
import { cutWithSize } from "../wording/cut.ts";
import type { Cause, ItemSummary, ResponseSummary, StreamDetail, StreamSummary } from "./data.ts";
import type { KeptRows } from "./rows.ts";

const LONGEST_REASON = 400;
const LONGEST_DETAIL = 80;
const LONGEST_PATH = 200;
/** For one response. */
const MOST_ITEMS = 1000;
/** For one stream. */
const MOST_RESPONSES = 1000;

/** `failOn`: the lowest severity that fails a stream. */
export function summaryOf(checked: Checked, failOn: Severity): StreamSummary {
  const { source, report, exitCode, severityCounts, findingCounts } = checked;
  const finding = mainFindingOf(checked, failOn);
  const timings = report?.responses.map(({ timing }) => timing?.ttftMs ?? null) ?? [];
  return {
    source,
    place: placeOf(report),
    asked: askedOf(report),
    end: report?.verdict ?? UNREADABLE,
    exitCode,
    cause: causeOf(checked, finding),
    course: report === null ? null : describeCourse(report),
    reason: finding === null || finding.severity === "info" ? null : cutWithSize(finding.message, LONGEST_REASON),
    counts: severityCounts,
    rules: Object.keys(findingCounts),
    model: modelOf(report),
    dialect: report?.dialect ?? null,
    events: report?.events ?? null,
    tokens: totalTokensOf(report),
    ttftMs: timings.find((ms) => ms !== null) ?? null,
    totalMs: totalMsOf(report),
    endedBy: report?.endedBy ?? null,
    slices: report?.timing?.slices?.characters ?? null,
  };
}

function placeOf(report: Report | null): string | null {
  const stream = report?.stream ?? null;
  if (stream === null) return null;
  return stream.name === null ? `line ${stream.line}` : `${stream.name}, line ${stream.line}`;
}

function askedOf(report: Report | null): string | null {
  const request = report?.request ?? null;
  if (request?.exchange === undefined) return null;
  const path = cutWithSize(request.path, LONGEST_PATH);
  return [`#${request.exchange}`, request.method, path, modelOf(report)].filter((part) => part !== null).join(" ");
}

/** The verdict if it fails the stream, otherwise the rule that does. */
function causeOf({ report, exitCode, findings }: Checked, finding: Finding | null): Cause {
  if (report === null) return { tone: "bad", name: UNREADABLE, detail: null };
  if (exitCode === 0) {
    const isClean = findings.every(({ severity }) => severity === "info");
    return { tone: isClean ? "good" : "warning", name: isClean ? "passed" : "passed with warnings", detail: null };
  }
  const { verdict } = report;
  const { tone, exitCode: ofVerdict } = verdictTable[verdict];
  if (ofVerdict === exitCode) return { tone, name: verdict, detail: detailOf(report) };
  return { tone: "bad", name: finding?.rule ?? (report.interrupted ? "interrupted" : verdict), detail: null };
}

/** The provider's name for an error; for an HTTP error, its status. */
function detailOf(report: Report): string | null {
  const { verdict, http, responses } = report;
  if (verdict === "not-a-stream" && http !== null && http.status >= 400) return `HTTP ${http.status}`;
  if (verdict === "incomplete") return responses.find(({ reason }) => reason !== null)?.reason ?? null;
  const name = errorNameOf(report);
  return name === null ? null : cutWithSize(name, LONGEST_DETAIL);
}

/** The model that responded, or else the requested one. */
function modelOf(report: Report | null): string | null {
  return report?.responses.find(({ model }) => model !== null)?.model ?? report?.request?.model ?? null;
}

/** The rest of a stream; `kept`: null if other streams have used up the limit on rows. */
export function detailOfStream({ report, findings, findingCounts }: Checked, kept: KeptRows | null): StreamDetail {
  const counted = Object.values(findingCounts).reduce((sum, count) => sum + count, 0);
  return {
    request: report?.request ?? null,
    http: report?.http ?? null,
    framing: report?.framing ?? null,
    bytes: report?.bytes ?? 0,
    comments: report?.comments ?? 0,
    timing: report?.timing ?? null,
    breaks: report?.breaks ?? [],
    error: report?.error ?? null,
    responses: (report?.responses ?? []).slice(0, MOST_RESPONSES).map(summaryOfResponse),
    findings,
    unlisted: counted - findings.length,
    types: kept?.types ?? [],
    rows: kept?.rows ?? [],
    left: kept?.left ?? { count: 0, before: 0 },
    isWithoutRows: kept === null && report !== null,
  };
}

function summaryOfResponse(response: ResponseReport): ResponseSummary {
  const { id, model, serviceTier, verdict, status, reason, usage, timing, cost, serverTiming, items } = response;
  return {
    id,
    model,
    serviceTier,
    verdict,
    status,
    reason,
    usage,
    timing,
    cost: cost === undefined ? null : describeCost(cost),
    serverTiming: serverTiming === undefined ? null : describeServerTiming(serverTiming),
    items: items.slice(0, MOST_ITEMS).map(summaryOfItem),
  };
}

function summaryOfItem({ index, type, name, status, detail }: ResponseReport["items"][number]): ItemSummary {
  return { index, type, name: name ?? null, status, detail: detail ?? null };
}
