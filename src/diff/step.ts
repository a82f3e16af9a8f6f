// The compared part of an event: what happens in it, without ids, times and texts.
import { isTextDelta, isTextEnd, kindOf, type Fact } from "../model/facts.ts";
import type { Reading } from "../model/reading.ts";
import { shapeOf } from "./shape.ts";

/** An event, or a run of deltas of the same text. */
export interface Step {
  /** Event type, and words for its facts that belong to the protocol. */
  readonly label: string;
  /** The fields of its payload as one string; for deltas, of the first one. */
  readonly shape: string;
  readonly isDelta: boolean;
  /** Index of the (first) event. */
  readonly event: number;
  /** Number of events. */
  count: number;
}

/** Appends an event to the steps; a delta that continues the last run joins it. */
export function addStep(steps: Step[], { event, eventType, facts, payload }: Reading): void {
  const words = facts.map(describe).filter((word) => word !== "");
  const label = [eventType, ...new Set(words)].join("  ");
  const isDelta = facts.some(isTextDelta);
  const last = steps.at(-1);
  if (isDelta && last?.isDelta === true && last.label === label) last.count += 1;
  else {
    const shape = payload.type === "object" ? shapeOf(payload.value).join(" ") : payload.type;
    steps.push({ label, shape, isDelta, event: event.index, count: 1 });
  }
}

function describe(fact: Fact): string {
  if (isTextDelta(fact) || isTextEnd(fact)) return `[${fact.item}] ${kindOf(fact)}`;
  switch (fact.type) {
    case "response-start":
      return words(fact.resumed ? "resumed" : null, fact.status);
    case "response-update":
      return words(fact.status);
    case "item-start":
    case "item-end": {
      const { type, name = null, status } = fact.snapshot;
      return words(`[${fact.item}]`, type, name, status);
    }
    case "item-update":
      return words(`[${fact.item}]`, fact.status);
    case "item-dropped":
      return words(`[${fact.item}]`, "taken back");
    case "part-start":
    case "part-end":
      return words(`[${fact.item}]`, fact.kind);
    case "annotation-added":
      return words(`[${fact.item}]`, "annotation", fact.kind);
    case "media-delta":
      return words(`[${fact.item}]`, fact.media);
    case "error-reported":
      return words("error", fact.error.type, fact.error.code);
    case "response-end":
      return words(fact.status ?? fact.outcome, fact.reason);
    case "usage-reported":
    case "server-timing-reported":
    case "cost-reported":
    case "keep-alive":
    case "done-sentinel":
    case "data-received":
    case "unrecognized":
    case "unreadable":
      return fact.type;
  }
}

function words(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(" ");
}
