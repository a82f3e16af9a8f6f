// Turns a collected response into its report. Texts and items are only built when they are read: a report may hold a
// thousand responses, and few readers need one.
import { type Usage } from "../model/facts.ts";
import { separators, type TextKind } from "../model/text-kinds.ts";
import { isFinished, type Item, type Response } from "./collected.ts";
import { asObject } from "../model/payload.ts";
import type { ItemReport, ResponseReport, UsageReport } from "../model/report.ts";
import { countWith } from "../model/text-sizes.ts";
import { roundMs } from "../model/timing.ts";
import { verdictOfResponse } from "../model/verdict.ts";

/** The report of a response so far. */
export function reportResponse(response: Response): ResponseReport {
  const items = [...response.items.values()].sort((a, b) => a.index - b.index);
  const kept = items.filter(({ dropped }) => !dropped);
  const { id, model, serviceTier, status, reason, error, resumed, usage, sequence, outcome, timer } = response;
  const { serverTiming, cost } = response;
  const hasRefusal = kept.some((item) => lengthOf(item, "refusal") > 0);
  let itemReports: ItemReport[] | null = null;
  return {
    id,
    model,
    serviceTier,
    verdict: verdictOfResponse({ outcome, hasError: error !== null, hasRefusal }),
    status,
    reason,
    error,
    resumed,
    get text() {
      return kept.map((item) => joinTexts(item, "text")).join("");
    },
    get reasoning() {
      return joinParagraphs(kept.map(reasoningOf));
    },
    get refusal() {
      return kept.map((item) => joinTexts(item, "refusal")).join("");
    },
    get items() {
      return (itemReports ??= items.map(reportItem));
    },
    usage: usage && withTotal(usage),
    ...(serverTiming !== null && { serverTiming }),
    ...(cost !== null && { cost }),
    sequence,
    timing: timer?.report(usage, isFinished(response)) ?? null,
  };
}

/** The only computed number: the total, if the provider reports input and output without one. */
function withTotal(usage: Usage): UsageReport {
  const { inputTokens, outputTokens, totalTokens } = usage;
  if (totalTokens !== null || inputTokens === null || outputTokens === null || hasTotal(usage.raw)) return usage;
  const { raw, ...counts } = usage;
  return { ...counts, totalTokens: inputTokens + outputTokens, totalIsComputed: true, raw };
}

/** Whether the provider's own object has a total: one that the dialect does not use counts something else. */
function hasTotal(raw: unknown): boolean {
  return Object.keys(asObject(raw) ?? {}).some((key) => /^total_?tokens?/i.test(key));
}

function reportItem(item: Item): ItemReport {
  const { id, type, status, ...rest } = item.snapshot;
  const report: ItemReport = { index: item.index, id, type, status, ...rest };
  // A message always has a text, even if empty.
  if (item.texts.has("text") || type === "message") addText(report, "text", () => joinTexts(item, "text"));
  const [text, ...otherTexts] = item.texts.of("text");
  if (text !== undefined && otherTexts.length === 0) countWith(report, () => text.characters);
  const hasReasoning = lengthOf(item, "reasoning-summary") + lengthOf(item, "reasoning") > 0;
  if (hasReasoning) addText(report, "reasoning", () => reasoningOf(item));
  for (const [name, kind] of TEXTS) {
    if (item.texts.has(kind)) addText(report, name, () => joinTexts(item, kind));
  }
  return Object.assign(report, {
    ...(item.firstAtMs !== null && { firstEventMs: roundMs(item.firstAtMs) }),
    ...(item.dropped && { dropped: true as const }),
    ...(isCut(item) && { cut: true as const }),
    ...(item.annotations > 0 && { annotations: item.annotations }),
    ...(item.mediaBase64Length > 0 && { mediaBase64Length: item.mediaBase64Length }),
  });
}

/** The other texts of an item, by their key in the report. */
const TEXTS: readonly (readonly [name: keyof ItemReport, kind: TextKind])[] = [
  ["refusal", "refusal"],
  ["arguments", "tool-input"],
  ["output", "tool-output"],
  ["code", "code"],
];

function addText(report: ItemReport, name: keyof ItemReport, get: () => string): void {
  Object.defineProperty(report, name, { get, enumerable: true });
}

function isCut(item: Item): boolean {
  return item.texts.all().some(({ isCut }) => isCut);
}

function lengthOf(item: Item, kind: TextKind): number {
  return item.texts.of(kind).reduce((sum, { length }) => sum + length, 0);
}

function joinTexts(item: Item, kind: TextKind): string {
  return item.texts
    .of(kind)
    .map((text) => text.toString())
    .join(separators[kind]);
}

function reasoningOf(item: Item): string {
  return joinParagraphs([joinTexts(item, "reasoning-summary"), joinTexts(item, "reasoning")]);
}

function joinParagraphs(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n\n");
}
