// The facts: what a dialect read out of an event, in one form for all dialects (`src/schemas/facts.schema.json`). Views,
// the report and the rules for every dialect know facts and a dialect's traits; only a dialect's own rules know payloads.

/** What a user can ask to see with `--show`. */
export const channels = ["text", "reasoning", "tools", "refusal", "code"] as const;
export type Channel = (typeof channels)[number];

/** The kinds of running text that an item can hold. */
export const textKinds = [
  "text",
  "reasoning",
  "reasoning-summary",
  "refusal",
  "tool-input",
  "tool-output",
  "code",
] as const;
export type TextKind = (typeof textKinds)[number];

/** The channel that shows each kind. */
export const channelOfKind: Record<TextKind, Channel> = {
  text: "text",
  reasoning: "reasoning",
  "reasoning-summary": "reasoning",
  refusal: "refusal",
  "tool-input": "tools",
  "tool-output": "tools",
  code: "code",
};

/** What stands between the parts of an item: text parts are one text, reasoning parts paragraphs, commands lines. */
export const separators: Record<TextKind, string> = {
  text: "",
  reasoning: "\n\n",
  "reasoning-summary": "\n\n",
  refusal: "",
  "tool-input": "",
  "tool-output": "",
  code: "\n",
};

/** How a dialect says that a response ended; the report draws the verdict from it. */
export type Outcome = "completed" | "refused" | "incomplete" | "failed";

/** One output of a response as far as a dialect has read it; a key that does not fit the type is left out. */
export interface ItemSnapshot {
  readonly id: string | null;
  /** The provider's word: message, reasoning, function_call, web_search_call … */
  readonly type: string;
  readonly status: string | null;
  /** Tool that is called. */
  readonly name?: string;
  readonly callId?: string;
  /** What a call without streamed input asks for, or what it came to, in a few words: a query, a path, a size. */
  readonly detail?: string;
}

/** Token counts, null where the stream did not report one; `raw` is the provider's own object. */
export interface Usage {
  /** All input, cached or not. */
  readonly inputTokens: number | null;
  readonly cachedInputTokens: number | null;
  /** All output, reasoning included. */
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly totalTokens: number | null;
  readonly raw: unknown;
}

export interface StreamError {
  readonly type: string | null;
  readonly code: string | null;
  readonly message: string | null;
}

/** What is known of a response from a snapshot of it; null where the snapshot does not say. */
export interface ResponseSnapshot {
  readonly id: string | null;
  readonly model: string | null;
  readonly status: string | null;
  readonly serviceTier: string | null;
}

interface OfResponse {
  /** Position of the response in the input, from 0. */
  readonly response: number;
}

interface OfItem extends OfResponse {
  /** Position of the item among the response's outputs. */
  readonly item: number;
}

/** Every response begins with one. `resumed`: the capture begins in its middle. */
export interface ResponseStart extends OfResponse, ResponseSnapshot {
  readonly type: "response-start";
  readonly resumed: boolean;
}
/** A later snapshot; `outcome` is set where its status alone is an end, such as cancelled. */
export interface ResponseUpdate extends OfResponse, ResponseSnapshot {
  readonly type: "response-update";
  readonly outcome: Outcome | null;
}
export interface ItemStart extends OfItem {
  readonly type: "item-start";
  readonly snapshot: ItemSnapshot;
}
/** A step of a hosted tool: searching, interpreting, generating … */
export interface ItemUpdate extends OfItem {
  readonly type: "item-update";
  readonly status: string;
}
export interface ItemEnd extends OfItem {
  readonly type: "item-end";
  readonly snapshot: ItemSnapshot;
}
/** The stream takes an item back, as where a step is tried again: its texts are no part of the answer. */
export interface ItemDropped extends OfItem {
  readonly type: "item-dropped";
}
/** Text that arrived. `late`: the stream sent it whole when the part was done, and no delta before. */
export interface TextDelta extends OfItem {
  readonly type: `${TextKind}-delta`;
  /** Position among the item's parts of this kind. */
  readonly part: number;
  readonly text: string;
  readonly late?: true;
}
/** The whole text of a part, as the stream says it at its end. */
export interface TextEnd extends OfItem {
  readonly type: `${TextKind}-end`;
  readonly part: number;
  /** Null where the event that ends the part leaves it out. */
  readonly text: string | null;
}
/** A part of an item begins or ends; `kind` is the provider's word: output_text, summary_text … */
export interface PartMark extends OfItem {
  readonly type: "part-start" | "part-end";
  readonly part: number;
  readonly kind: string | null;
}
/** A reference in the text: a URL, a file … `title` names it. */
export interface AnnotationAdded extends OfItem {
  readonly type: "annotation-added";
  readonly kind: string | null;
  readonly title: string | null;
}
/** Bytes of media that arrived, as the length of their base64 text; the media itself is not kept. */
export interface MediaDelta extends OfItem {
  readonly type: "media-delta";
  readonly media: "audio" | "image";
  readonly base64Length: number;
}
export interface UsageReported extends OfResponse {
  readonly type: "usage-reported";
  readonly usage: Usage;
}
export interface ErrorReported extends OfResponse {
  readonly type: "error-reported";
  readonly error: StreamError;
}
export interface ResponseEnd extends OfResponse {
  readonly type: "response-end";
  readonly outcome: Outcome;
  readonly status: string | null;
  /** Why it is incomplete, in the provider's word. */
  readonly reason: string | null;
}
export interface KeepAlive {
  readonly type: "keep-alive";
}
/** The literal `[DONE]`. */
export interface DoneSentinel {
  readonly type: "done-sentinel";
}
/** Data of a stream whose meaning is unknown: the generic dialect's fact. */
export interface DataReceived {
  readonly type: "data-received";
  readonly data: string;
}
/** An event that the dialect does not know. No fault. */
export interface Unrecognized {
  readonly type: "unrecognized";
  readonly name: string | null;
}
/** Data that the dialect cannot read, because it speaks JSON objects and this is none. */
export interface Unreadable {
  readonly type: "unreadable";
  readonly reason: string;
}

export type Fact =
  | ResponseStart
  | ResponseUpdate
  | ItemStart
  | ItemUpdate
  | ItemEnd
  | ItemDropped
  | TextDelta
  | TextEnd
  | PartMark
  | AnnotationAdded
  | MediaDelta
  | UsageReported
  | ErrorReported
  | ResponseEnd
  | KeepAlive
  | DoneSentinel
  | DataReceived
  | Unrecognized
  | Unreadable;

const kindOfDelta = new Map<string, TextKind>(textKinds.map((kind) => [`${kind}-delta`, kind]));
const kindOfEnd = new Map<string, TextKind>(textKinds.map((kind) => [`${kind}-end`, kind]));

/** Whether facts of a type are text deltas. */
export function isDeltaType(type: Fact["type"]): type is TextDelta["type"] {
  return kindOfDelta.has(type);
}

export function isTextDelta(fact: Fact): fact is TextDelta {
  return kindOfDelta.has(fact.type);
}

export function isTextEnd(fact: Fact): fact is TextEnd {
  return kindOfEnd.has(fact.type);
}

/** The kind of text that a delta or an end is about. */
export function kindOf(fact: TextDelta | TextEnd): TextKind {
  return kindOfDelta.get(fact.type) ?? kindOfEnd.get(fact.type) ?? "text";
}
