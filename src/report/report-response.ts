// What was collected of a response, as the report says it.
import { separators, type TextKind } from "../facts.ts";
import type { Item, Response } from "./collected.ts";
import type { ItemReport, ResponseReport } from "./report.ts";
import { verdictOfResponse } from "./verdict.ts";

/** The report of a response as far as it is known. */
export function reportResponse(response: Response): ResponseReport {
  const items = [...response.items.values()].sort((a, b) => a.index - b.index).map(reportItem);
  const { id, model, serviceTier, status, reason, error, resumed, usage, sequence, outcome, clock } = response;
  const kept = items.filter(({ dropped }) => dropped !== true);
  const refusal = kept.map((item) => item.refusal ?? "").join("");
  return {
    id,
    model,
    serviceTier,
    verdict: verdictOfResponse({ outcome, hasError: error !== null, hasRefusal: refusal !== "" }),
    status,
    reason,
    error,
    resumed,
    text: kept.map((item) => item.text ?? "").join(""),
    reasoning: joinParagraphs(kept.map((item) => item.reasoning ?? "")),
    refusal,
    items,
    usage,
    sequence,
    timing: clock?.report(usage) ?? null,
  };
}

function reportItem(item: Item): ItemReport {
  const text = joinTexts(item, "text");
  const refusal = joinTexts(item, "refusal");
  const input = joinTexts(item, "tool-input");
  const output = joinTexts(item, "tool-output");
  const code = joinTexts(item, "code");
  const summary = joinTexts(item, "reasoning-summary");
  const reasoning = joinParagraphs([summary ?? "", joinTexts(item, "reasoning") ?? ""]);
  const { id, type, status, ...rest } = item.snapshot;
  return {
    index: item.index,
    id,
    type,
    status,
    ...rest,
    // A message has a text, if an empty one.
    ...((text !== null || type === "message") && { text: text ?? "" }),
    ...(reasoning !== "" && { reasoning }),
    ...(refusal !== null && { refusal }),
    ...(input !== null && { arguments: input }),
    ...(output !== null && { output }),
    ...(code !== null && { code }),
    ...(item.dropped && { dropped: true as const }),
    ...(isCut(item) && { cut: true as const }),
    ...(item.annotations > 0 && { annotations: item.annotations }),
    ...(item.mediaBase64Length > 0 && { mediaBase64Length: item.mediaBase64Length }),
  };
}

function isCut(item: Item): boolean {
  return [...item.texts.values()].some((parts) => [...parts.values()].some((text) => text.isCut));
}

/** The parts of one kind in their order, null where the item has none. */
function joinTexts(item: Item, kind: TextKind): string | null {
  const parts = item.texts.get(kind);
  if (parts === undefined) return null;
  return [...parts.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text.toString())
    .join(separators[kind]);
}

function joinParagraphs(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n\n");
}
