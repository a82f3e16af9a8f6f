// What an event says besides the texts that it adds to, in a few words.
import { type Fact, isTextDelta, isTextEnd } from "../model/facts.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { describeCost, describeServerTiming } from "../wording/provider-figures.ts";
import { describeError } from "../wording/stream-error.ts";

const LONGEST = 300;

/** The facts of one event in words; empty where they are only deltas, or data that nobody knows. Untrusted text. */
export function describeFacts(facts: readonly Fact[]): string {
  const isEnd = facts.some(({ type }) => type === "response-end");
  // What a last snapshot says, the end says too.
  const said = isEnd ? facts.filter(({ type }) => type !== "response-update") : facts;
  return cutWithSize(
    said
      .map(describe)
      .filter((words) => words !== "")
      .join("; "),
    LONGEST,
  );
}

function describe(fact: Fact): string {
  if (isTextDelta(fact)) return fact.late === true ? "whole text, no deltas before it" : "";
  if (isTextEnd(fact)) return fact.text === null ? "text ends" : `text ends: ${countOf(fact.text.length, "character")}`;
  switch (fact.type) {
    case "response-start":
      return words("response", fact.resumed ? "resumed" : null, fact.status, fact.model, fact.id);
    case "response-update":
      return words("response", fact.status, fact.id);
    case "item-start":
      return words(fact.snapshot.type, fact.snapshot.name, fact.snapshot.status ?? "begins");
    case "item-update":
      return words("item", fact.status);
    case "item-end":
      return words(fact.snapshot.type, fact.snapshot.name, fact.snapshot.detail, fact.snapshot.status ?? "ends");
    case "item-dropped":
      return "item is taken back";
    case "part-start":
    case "part-end":
      return words(fact.kind ?? "part", fact.type === "part-start" ? "begins" : "ends");
    case "annotation-added":
      return words(fact.kind ?? "annotation", fact.title);
    case "media-delta":
      return `${fact.media}: ${formatCount(fact.base64Length)} base64 characters`;
    case "usage-reported":
      return `${formatTokens(fact.usage.inputTokens)} in, ${formatTokens(fact.usage.outputTokens)} out`;
    case "server-timing-reported":
      return describeServerTiming(fact.serverTiming);
    case "cost-reported":
      return describeCost(fact.cost);
    case "error-reported":
      return describeError(fact.error);
    case "response-end":
      return words(fact.status ?? fact.outcome, fact.reason);
    case "keep-alive":
      return "keep-alive";
    case "done-sentinel":
      return "[DONE]";
    case "unreadable":
      return fact.reason;
    case "data-received":
    case "unrecognized":
      return "";
  }
}

function formatTokens(count: number | null): string {
  return count === null ? "? tokens" : countOf(count, "token");
}

function words(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part !== null && part !== undefined).join(" ");
}
