// The summary of a stream, on stderr, in lines that fit the page.
import type { ConnectionBreak } from "../model/connection-break.ts";
import type { ItemReport, Report, ResponseReport, StreamPlace } from "../model/report.ts";
import { type Finding, severities } from "../model/finding.ts";
import { FIRST_STATUS_WITHOUT_STREAM } from "../model/http-head.ts";
import { type Part, writeFlow } from "../terminal/flow.ts";
import type { Page } from "../terminal/page.ts";
import { neverConnected, signOf, writeHeadline } from "./headline.ts";
import { createRows, type Rows } from "./rows.ts";
import { writeResponseTiming, writeStreamTiming } from "./timing-rows.ts";
import { paintOfSeverity } from "./paints.ts";
import { textCharacters } from "../model/text-sizes.ts";
import { characterCount } from "../wording/characters.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { describeCost, describeServerTiming } from "../wording/provider-figures.ts";
import { remedyFor } from "../wording/remedies.ts";
import { describeError } from "../wording/stream-error.ts";
import { nameOfStream } from "../wording/stream-name.ts";

const MOST_RESPONSES = 8;
const MOST_ITEMS = 12;
const MOST_FINDINGS = 8;
const LONGEST_TEXT = 400;
const LONGEST_FINDING = 160;

/** Writes the summary of one stream; `isTitled`: with its name, because there are several. */
export function writeSummary(page: Page, report: Report, isTitled: boolean): void {
  const rows = createRows(page);
  // On a terminal, start a new line after the echoed ^C.
  if (report.interrupted && page.isTerminal) page.write("\n");
  if (neverConnected(report)) return writeFailure(page, report);
  writeHeadline(page, report);
  if (isTitled || report.stream !== null) rows.write("source", nameOfStream(report));
  if (report.http !== null) writeHttp(rows, report);
  if (report.error !== null) writeError(rows, report.error);

  writeResponses(rows, report.responses);
  if (report.breaks.length > 0) rows.write("joined", describeBreaks(report.breaks));
  writeStreamTiming(rows, report.timing, page.columns);
  rows.write("stream", describeStream(report));
  writeFindings(rows, report);
}

/** Writes one line with the reason for the missing connection, and one with the remedy. */
function writeFailure(page: Page, { source, error, exitCode }: Report): void {
  const words = error === null ? "no connection" : cutWithSize(describeError(error), LONGEST_TEXT);
  const parts: Part[] = [
    { text: `${signOf(exitCode).mark} ${words}`, paint: "bad" },
    { text: `  ${source}  exit ${exitCode}`, paint: "dim" },
  ];
  writeFlow(page, parts, { start: 0, indent: HANGING });
  const remedy = remedyFor(error?.code ?? null);
  if (remedy === null) return;
  page.write(" ".repeat(HANGING));
  writeFlow(page, [{ text: remedy, paint: "dim" }], { start: HANGING, indent: HANGING });
}

const HANGING = 2;

function writeError(rows: Rows, error: NonNullable<Report["error"]>): void {
  rows.write("error", cutWithSize(describeError(error), LONGEST_TEXT), "bad");
  const remedy = remedyFor(error.code);
  if (remedy !== null) rows.write("", remedy, "dim");
}

/** Writes all responses; if there are many, the failed ones and the first ones. */
function writeResponses(rows: Rows, responses: readonly ResponseReport[]): void {
  const all = responses.map((response, index) => ({ response, number: index + 1 }));
  const wrong = all.filter(({ response }) => response.verdict !== "completed").slice(0, MOST_RESPONSES);
  const shown = all
    .filter((entry) => wrong.includes(entry) || entry.number <= MOST_RESPONSES - wrong.length)
    .slice(0, MOST_RESPONSES);
  for (const { response, number } of shown) {
    if (responses.length > 1) {
      const parts = [response.verdict, describeSequence(response)].filter((part) => part !== null);
      rows.write(`${number} of ${responses.length}`, parts.join(", "), "strong");
    }
    writeResponse(rows, response);
  }
  const left = responses.length - shown.length;
  if (left > 0) rows.write("", `and ${formatCount(left)} more; --json has them all`, "dim");
}

/** Writes the HTTP status if it was an error, a compression, and redirects or retries. */
function writeHttp(rows: Rows, { http }: Report): void {
  if (http === null) return;
  const { status, statusText, contentEncoding, location, redirects = [], attempts = 1 } = http;
  const isError = status >= FIRST_STATUS_WITHOUT_STREAM;
  if (!isError && contentEncoding === undefined && redirects.length === 0 && attempts === 1) return;
  const parts = [
    `${status} ${statusText}`.trimEnd(),
    contentEncoding === undefined ? null : `compressed with ${contentEncoding}`,
    location === null ? null : `to ${location} (not followed)`,
    attempts === 1 ? null : `after ${attempts} attempts`,
    redirects.length === 0 ? null : `redirected from ${redirects.join(", ")}`,
  ];
  rows.write("http", parts.filter((part) => part !== null).join(", "), isError ? "bad" : "plain");
}

/**
 * Without sequence numbers, or if they start at 0, no earlier events are missing: the start event may never have been
 * sent.
 */
function describeBeginning({ sequence }: ResponseReport): string {
  const isLater = sequence !== null && sequence.first > 0;
  return isLater ? "the capture starts mid-response" : "the event that begins the response is missing";
}

function writeResponse(rows: Rows, response: ResponseReport): void {
  if (response.model !== null) {
    const tier = response.serviceTier === null ? "" : `, tier ${response.serviceTier}`;
    rows.write("model", `${response.model}${tier}`);
  }
  if (response.id !== null) rows.write("response", response.id);
  if (response.resumed) rows.write("", describeBeginning(response), "warning");
  if (response.error !== null) rows.write("error", cutWithSize(describeError(response.error), LONGEST_TEXT), "bad");
  if (response.reason !== null) rows.write("reason", response.reason, "warning");
  if (response.refusal !== "") rows.write("refusal", cutWithSize(response.refusal, LONGEST_TEXT), "warning");
  writeItems(rows, response.items);
  writeUsage(rows, response);
  if (response.cost !== undefined) rows.write("cost", describeCost(response.cost));
  if (response.serverTiming !== undefined) rows.write("server", describeServerTiming(response.serverTiming));
  if (response.timing !== null) writeResponseTiming(rows, response.timing, response.usage);
}

function writeItems(rows: Rows, items: readonly ItemReport[]): void {
  // In a long list, items without text are only named; other formats have their details.
  const isLong = items.length > MOST_ITEMS;
  const lines = countRepeats(items.map((item) => (isLong && !("text" in item) ? nameItem(item) : describeItem(item))));
  const shown = lines.slice(0, MOST_ITEMS);
  for (const [index, line] of shown.entries()) rows.write(index === 0 ? "output" : "", line);
  if (shown.length < lines.length) rows.write("", `and ${lines.length - shown.length} more`, "dim");
}

/** Each different line once, in order of first appearance, with its count. */
function countRepeats(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} ×${count}`));
}

const LONGEST_DETAIL = 60;

function nameItem({ type, name }: Pick<ItemReport, "type" | "name">): string {
  return name === undefined ? type : `${type} ${name}`;
}

function describeItem(item: ItemReport): string {
  const { status, detail } = item;
  const sizes = [
    "text" in item ? countOf(textCharacters(item), "character") : null,
    item.reasoning === undefined ? null : countOf(characterCount(item.reasoning), "character"),
    item.annotations === undefined ? null : countOf(item.annotations, "annotation"),
    detail === undefined ? null : cutWithSize(detail, LONGEST_DETAIL),
    status === null || status === "completed" ? null : status,
    item.dropped === true ? "taken back" : null,
  ].filter((size) => size !== null);
  return sizes.length > 0 ? `${nameItem(item)} (${sizes.join(", ")})` : nameItem(item);
}

const NOT_REPORTED = "not reported";

function writeUsage(rows: Rows, { usage }: ResponseReport): void {
  if (usage === null) return rows.write("usage", NOT_REPORTED, "dim");
  const { inputTokens, outputTokens, totalTokens, cachedInputTokens, reasoningTokens } = usage;
  const counts = [inputTokens, outputTokens, totalTokens].map(formatTokens);
  const width = Math.max(...counts.map((count) => count.length));
  const [input, output, total] = counts.map((count) => count.padStart(width));
  rows.write("usage", `input   ${input}   cached     ${formatTokens(cachedInputTokens)}`);
  rows.write("", `output  ${output}   reasoning  ${formatTokens(reasoningTokens)}`);
  rows.write("", `total   ${total}${usage.totalIsComputed === true ? "   (computed: input + output)" : ""}`);
}

function formatTokens(count: number | null): string {
  return count === null ? NOT_REPORTED : formatCount(count);
}

function describeStream(report: Report): string {
  const only = report.responses.length === 1 ? report.responses[0] : undefined;
  const parts = [
    countOf(report.events, "event"),
    countOf(report.bytes, "byte"),
    report.comments > 0 ? countOf(report.comments, "comment") : null,
    report.stream === null ? null : describeSkipped(report.stream),
    only === undefined ? null : describeSequence(only),
    report.responses.length === 0 && report.events > 0 ? describeTypes(report.eventTypes) : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

/** Where the connection broke, and what was lost. */
function describeBreaks(breaks: readonly ConnectionBreak[]): string {
  const lostBytes = breaks.reduce((sum, at) => sum + at.lostBytes, 0);
  const repeatedEvents = breaks.reduce((sum, at) => sum + at.repeatedEvents, 0);
  const parts = [
    `after ${countOf(breaks.length, "break")}`,
    lostBytes === 0 ? null : `${countOf(lostBytes, "byte")} of cut events discarded`,
    repeatedEvents === 0 ? null : `${countOf(repeatedEvents, "repeated event")} left out`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function describeSkipped({ skippedLines, skippedAnswers }: StreamPlace): string | null {
  if (skippedAnswers === undefined) return `${countOf(skippedLines, "line")} skipped`;
  return skippedAnswers === 0 ? null : `${countOf(skippedAnswers, "other response")} without a stream`;
}

function describeSequence({ sequence }: ResponseReport): string | null {
  return sequence === null ? null : `sequence ${sequence.first}-${sequence.last}`;
}

function describeTypes(eventTypes: Readonly<Record<string, number>>): string {
  return Object.entries(eventTypes)
    .slice(0, MOST_ITEMS)
    .map(([type, count]) => `${type} ×${count}`)
    .join(", ");
}

/**
 * The worst first; for each rule its first finding and the number of others. Nothing if there are none but the error of
 * the whole stream, which has a row: `check` counts it as a finding.
 */
function writeFindings(rows: Rows, { findings, findingCounts, error }: Report): void {
  if (findings.length === 0 && error !== null) return;
  if (findings.length === 0) return rows.write("findings", "none", "dim");
  const ofRules = severities.flatMap((severity) =>
    groupByRule(findings.filter((finding) => finding.severity === severity)),
  );
  const shown = ofRules.slice(0, MOST_FINDINGS);
  for (const [index, finding] of shown.entries()) {
    const more = (findingCounts[finding.rule] ?? 1) - 1;
    const rest = more === 0 ? "" : ` (and ${formatCount(more)} more)`;
    rows.write(index === 0 ? "findings" : "", describeFinding(finding) + rest, paintOfSeverity[finding.severity]);
  }
  const left = ofRules.length - shown.length;
  if (left > 0) rows.write("", `and ${left} more rules; --json has their findings`, "dim");
}

/** The first finding of each rule. */
function groupByRule(findings: readonly Finding[]): Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) if (!first.has(finding.rule)) first.set(finding.rule, finding);
  return [...first.values()];
}

function describeFinding({ severity, rule, line, bodyLine, message }: Finding): string {
  const inBody = bodyLine === undefined ? "" : `, body line ${bodyLine}`;
  return `${severity} ${rule}${line === null ? "" : ` (line ${line}${inBody})`}: ${cutWithSize(message, LONGEST_FINDING)}`;
}
