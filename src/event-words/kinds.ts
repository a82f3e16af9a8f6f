// The kind of an event in one word, the same in every dialect: a column of the events view and of the HTML report, and
// the values of --only.
import type { DialectTraits } from "../model/dialect-traits.ts";
import { type Fact, isTextDelta, isTextEnd, kindOf } from "../model/facts.ts";
import { channelOfKind, type TextKind } from "../model/text-kinds.ts";
import type { Reading } from "../model/reading.ts";

interface KindRow {
  readonly name: string;
  /** For help: the events of this kind. */
  readonly title: string;
}

/** The kinds of events, by priority: an event with several facts is of the first of their kinds. */
const eventKinds = [
  { name: "error", title: "an error that the stream reports" },
  { name: "broken", title: "data that cannot be read" },
  { name: "end", title: "the end of a response" },
  { name: "start", title: "the start of a response" },
  { name: "tool", title: "a tool call: its start, input, output and end" },
  { name: "refusal", title: "text of a refusal" },
  { name: "text", title: "visible text" },
  { name: "reasoning", title: "reasoning and its summaries" },
  { name: "code", title: "code that a tool runs" },
  { name: "media", title: "audio and images" },
  { name: "item", title: "the start or end of another item" },
  { name: "part", title: "the start or end of a part" },
  { name: "citation", title: "a reference in the text" },
  { name: "status", title: "a later snapshot of the response" },
  { name: "usage", title: "token counts" },
  { name: "timing", title: "times that the server reports" },
  { name: "cost", title: "the cost of the response" },
  { name: "data", title: "data of an unknown protocol" },
  { name: "unknown", title: "an event unknown to the dialect" },
  { name: "done", title: "[DONE]" },
  { name: "ping", title: "an event that only keeps the connection alive" },
  { name: "empty", title: "an event that adds nothing" },
] as const satisfies readonly KindRow[];

/** The kinds of records that are not events. */
const otherKinds = [
  { name: "comment", title: "an SSE comment" },
  { name: "retry", title: "a reconnection time" },
  { name: "stray", title: "lines that are not SSE fields" },
  { name: "finding", title: "findings, for any event" },
] as const satisfies readonly KindRow[];

export type EventKind = (typeof eventKinds)[number]["name"];
export type Kind = EventKind | (typeof otherKinds)[number]["name"];

/** All kinds, in help order. */
export const kinds: readonly (KindRow & { readonly name: Kind })[] = [...eventKinds, ...otherKinds];

const ranks = new Map<EventKind, number>(eventKinds.map(({ name }, rank) => [name, rank]));

const kindOfFact = {
  "response-start": "start",
  "response-update": "status",
  "item-start": "item",
  // Only provider-run tools report their steps.
  "item-update": "tool",
  "item-end": "item",
  "item-dropped": "item",
  "part-start": "part",
  "part-end": "part",
  "annotation-added": "citation",
  "media-delta": "media",
  "usage-reported": "usage",
  "server-timing-reported": "timing",
  "cost-reported": "cost",
  "error-reported": "error",
  "response-end": "end",
  "keep-alive": "ping",
  "done-sentinel": "done",
  "data-received": "data",
  unrecognized: "unknown",
  unreadable: "broken",
} as const satisfies Record<Exclude<Fact["type"], `${string}-delta` | `${string}-end`>, EventKind> &
  Record<string, EventKind>;

const kindOfChannel = {
  text: "text",
  reasoning: "reasoning",
  tools: "tool",
  refusal: "refusal",
  code: "code",
} as const satisfies Record<(typeof channelOfKind)[keyof typeof channelOfKind], EventKind>;

/** The kind of an event with this kind of text. */
export function kindOfText(kind: TextKind): EventKind {
  return kindOfChannel[channelOfKind[kind]];
}

/** The kind of a fact; `toolCalls`: the dialect's pattern for items that are tool calls. */
export function kindOfOne(fact: Fact, { toolCalls }: Pick<DialectTraits, "toolCalls">): EventKind {
  if (isTextDelta(fact) || isTextEnd(fact)) return kindOfText(kindOf(fact));
  const isItem = fact.type === "item-start" || fact.type === "item-end";
  if (isItem && toolCalls.items.test(fact.snapshot.type)) return "tool";
  return kindOfFact[fact.type];
}

/** The kind of an event: the most important kind of its facts. */
export function kindOfReading({ facts, dialect }: Pick<Reading, "facts" | "dialect">): EventKind {
  let kind: EventKind = "empty";
  for (const fact of facts) {
    const other = kindOfOne(fact, dialect);
    if (rankOf(other) < rankOf(kind)) kind = other;
  }
  return kind;
}

/** All kinds of an event, the most important first. */
export function kindsOfReading({ facts, dialect }: Pick<Reading, "facts" | "dialect">): readonly EventKind[] {
  if (facts.length === 0) return ["empty"];
  return [...new Set(facts.map((fact) => kindOfOne(fact, dialect)))].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(kind: EventKind): number {
  return ranks.get(kind) ?? ranks.size;
}
