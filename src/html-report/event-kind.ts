// What an event is, in one word that is the same in every dialect: from its facts to its kind.
import { channelOfKind, type Channel, type Fact, isTextDelta, isTextEnd, kindOf } from "../model/facts.ts";

/** In the order in which the page offers them as filters. */
export const eventKinds = [
  "text",
  "reasoning",
  "tool",
  "refusal",
  "code",
  "media",
  "item",
  "start",
  "update",
  "usage",
  "finish",
  "error",
  "ping",
  "data",
  "unknown",
  "comment",
  "retry",
  "stray",
] as const;
export type EventKind = (typeof eventKinds)[number];

const kindOfChannel: Readonly<Record<Channel, EventKind>> = {
  text: "text",
  reasoning: "reasoning",
  tools: "tool",
  refusal: "refusal",
  code: "code",
};

/** Of several facts of one event, the one that says most decides: those that come first here. */
const ORDER: readonly EventKind[] = [
  "error",
  "refusal",
  "tool",
  "text",
  "reasoning",
  "code",
  "media",
  "finish",
  "usage",
  "start",
  "item",
  "update",
  "data",
  "unknown",
  "ping",
];

/** The kind of an event with these facts. */
export function eventKindOf(facts: readonly Fact[]): EventKind {
  const kinds = new Set(facts.map(kindOfFact));
  return ORDER.find((kind) => kinds.has(kind)) ?? "data";
}

function kindOfFact(fact: Fact): EventKind {
  if (isTextDelta(fact)) return kindOfChannel[channelOfKind[kindOf(fact)]];
  if (isTextEnd(fact)) return "item";
  switch (fact.type) {
    case "error-reported":
      return "error";
    case "response-end":
    case "done-sentinel":
      return "finish";
    case "response-start":
      return "start";
    case "response-update":
      return "update";
    case "usage-reported":
    case "cost-reported":
    case "server-timing-reported":
      return "usage";
    case "item-start":
    case "item-update":
    case "item-end":
    case "item-dropped":
    case "part-start":
    case "part-end":
    case "annotation-added":
      return "item";
    case "media-delta":
      return "media";
    case "keep-alive":
      return "ping";
    case "unrecognized":
      return "unknown";
    case "data-received":
      return "data";
    case "unreadable":
      return "error";
  }
}
