// What an event says, in one word that is the same in every dialect: a column of the events view, and what --only chooses.
import type { DialectTraits } from "../model/dialect-traits.ts";
import { channelOfKind, type Fact, isTextDelta, isTextEnd, kindOf, type Outcome } from "../model/facts.ts";
import type { Reading } from "../model/reading.ts";
import type { Paint } from "../terminal/paint.ts";

interface KindRow {
  readonly name: string;
  /** For help: what is of this kind. */
  readonly title: string;
  readonly paint: Paint;
}

/** The kinds of events. An event that says several things is of the first of their kinds. */
const eventKinds = [
  { name: "error", title: "an error that the stream reports", paint: "bad" },
  { name: "broken", title: "data that cannot be read", paint: "bad" },
  { name: "end", title: "the end of a response", paint: "good" },
  { name: "start", title: "the start of a response", paint: "name" },
  { name: "tool", title: "a tool call: its start, input, output and end", paint: "accent" },
  { name: "refusal", title: "text of a refusal", paint: "warning" },
  { name: "text", title: "visible text", paint: "plain" },
  { name: "reasoning", title: "reasoning and its summaries", paint: "dim" },
  { name: "code", title: "code that a tool runs", paint: "plain" },
  { name: "media", title: "audio and images", paint: "plain" },
  { name: "item", title: "the start or end of another item", paint: "name" },
  { name: "part", title: "the start or end of a part", paint: "name" },
  { name: "citation", title: "a reference in the text", paint: "name" },
  { name: "status", title: "a later snapshot of the response", paint: "name" },
  { name: "usage", title: "token counts", paint: "plain" },
  { name: "timing", title: "times that the server reports", paint: "plain" },
  { name: "cost", title: "what the response cost", paint: "plain" },
  { name: "data", title: "data of an unknown protocol", paint: "plain" },
  { name: "unknown", title: "an event that the dialect does not know", paint: "warning" },
  { name: "done", title: "[DONE]", paint: "dim" },
  { name: "ping", title: "an event that only keeps the connection alive", paint: "dim" },
  { name: "empty", title: "an event that adds nothing", paint: "dim" },
] as const satisfies readonly KindRow[];

/** The kinds of what is no event. */
const otherKinds = [
  { name: "comment", title: "an SSE comment", paint: "dim" },
  { name: "retry", title: "a reconnection time", paint: "dim" },
  { name: "stray", title: "lines that are not SSE fields", paint: "warning" },
  { name: "finding", title: "findings, whatever event they are about", paint: "plain" },
] as const satisfies readonly KindRow[];

export type EventKind = (typeof eventKinds)[number]["name"];
export type Kind = EventKind | (typeof otherKinds)[number]["name"];

/** All kinds, as help lists them. */
export const kinds: readonly (KindRow & { readonly name: Kind })[] = [...eventKinds, ...otherKinds];

const paints = new Map<Kind, Paint>(kinds.map(({ name, paint }) => [name, paint]));
const ranks = new Map<EventKind, number>(eventKinds.map(({ name }, rank) => [name, rank]));
const paintOfOutcome: Record<Outcome, Paint> = {
  completed: "good",
  refused: "warning",
  incomplete: "warning",
  failed: "bad",
};

const kindOfFact = {
  "response-start": "start",
  "response-update": "status",
  "item-start": "item",
  // Only tools that the provider runs report their steps.
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

/** The kind of a fact; `toolCalls`: the dialect's, which says what items call tools. */
export function kindOfOne(fact: Fact, { toolCalls }: Pick<DialectTraits, "toolCalls">): EventKind {
  if (isTextDelta(fact) || isTextEnd(fact)) return kindOfChannel[channelOfKind[kindOf(fact)]];
  const isItem = fact.type === "item-start" || fact.type === "item-end";
  if (isItem && toolCalls.items.test(fact.snapshot.type)) return "tool";
  return kindOfFact[fact.type];
}

/** The kind of an event: the one that matters most of what it says. */
export function kindOfReading({ facts, dialect }: Pick<Reading, "facts" | "dialect">): EventKind {
  let kind: EventKind = "empty";
  for (const fact of facts) {
    const other = kindOfOne(fact, dialect);
    if (rankOf(other) < rankOf(kind)) kind = other;
  }
  return kind;
}

function rankOf(kind: EventKind): number {
  return ranks.get(kind) ?? ranks.size;
}

/** The colour of a kind; of an end, that of its outcome. */
export function paintOfKind(kind: Kind, facts: readonly Fact[] = []): Paint {
  const end = kind === "end" ? facts.find((fact) => fact.type === "response-end") : undefined;
  return end === undefined ? (paints.get(kind) ?? "plain") : paintOfOutcome[end.outcome];
}
