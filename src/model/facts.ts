// Facts: what a dialect read from an event, in one form for all dialects. `src/schemas/facts.schema.json` is generated
// from them. Views, the report and the rules for every dialect know only facts and a dialect's traits; a dialect's own
// rules also know payloads.
import type { Count, Index } from "./numbers.ts";
import type { Cost, ServerTiming } from "./provider-figures.ts";
import { deltaTypes, endTypes, type TextKind, textKinds } from "./text-kinds.ts";

/** How a dialect says that a response ended; the report derives the verdict from it. */
export type Outcome = "completed" | "refused" | "incomplete" | "failed";

/** An output of a response as far as a dialect has read it; a key that does not fit the type is left out. */
export interface ItemSnapshot {
  /** The provider's id; null if it gives none. */
  readonly id: string | null;
  /**
   * The provider's word: message, reasoning, function_call, web_search_call …; `unknown` if the stream does not say.
   */
  readonly type: string;
  /** The provider's word, as last reported. */
  readonly status: string | null;
  /** The tool that is called. */
  readonly name?: string;
  /** The id by which the call's result is returned. */
  readonly callId?: string;
  /** Summary of a call without streamed input, or of its result: a query, a path, a size. */
  readonly detail?: string;
}

/** Token counts; a count is null if the stream did not report it. */
export interface Usage {
  /** All input, cached or not. */
  readonly inputTokens: number | null;
  /** The part of the input that came from the cache. */
  readonly cachedInputTokens: number | null;
  /** All output, reasoning included. */
  readonly outputTokens: number | null;
  /** The part of the output that is reasoning. */
  readonly reasoningTokens: number | null;
  /** As the provider reports it; only the report computes a missing total. */
  readonly totalTokens: number | null;
  /** The provider's own object, as it arrived. */
  readonly raw: unknown;
}

export interface StreamError {
  /** The kind of error, in the word of its reporter. */
  readonly type: string | null;
  /** A code of the provider, an HTTP library or the operating system. */
  readonly code: string | null;
  /** Untrusted text. */
  readonly message: string | null;
}

/** What a snapshot says about a response; a value is null if the snapshot does not give it. */
export interface ResponseSnapshot {
  readonly id: string | null;
  readonly model: string | null;
  readonly status: string | null;
  readonly serviceTier: string | null;
}

interface OfResponse {
  /** Position of the response in the input, from 0. */
  readonly response: Index;
}

interface OfItem extends OfResponse {
  /** Position of the item among the response's outputs, from 0. */
  readonly item: Index;
}

/** Every response begins with one; a value is null if the first snapshot does not give it. */
export interface ResponseStart extends OfResponse, ResponseSnapshot {
  readonly type: "response-start";
  /** The capture starts in the middle of this response. */
  readonly resumed: boolean;
}
/** A later snapshot. */
export interface ResponseUpdate extends OfResponse, ResponseSnapshot {
  readonly type: "response-update";
  /** Set if the status alone means an end, such as cancelled. */
  readonly outcome: Outcome | null;
}
/** An output begins. */
export interface ItemStart extends OfItem {
  readonly type: "item-start";
  readonly snapshot: ItemSnapshot;
}
/** A step of a hosted tool: searching, interpreting, generating … */
export interface ItemUpdate extends OfItem {
  readonly type: "item-update";
  readonly status: string;
}
/** An output is done. */
export interface ItemEnd extends OfItem {
  readonly type: "item-end";
  readonly snapshot: ItemSnapshot;
}
/** The stream takes an output back, for example when a step is retried: its texts are not part of the response. */
export interface ItemDropped extends OfItem {
  readonly type: "item-dropped";
}
/** Text that arrived. */
export interface TextDelta extends OfItem {
  readonly type: `${TextKind}-delta`;
  /** Position among the item's parts of this kind, from 0. */
  readonly part: Index;
  readonly text: string;
  /** The stream sent the text whole when the part was done, without deltas. */
  readonly late?: true;
}
/** The end of a part. */
export interface TextEnd extends OfItem {
  readonly type: `${TextKind}-end`;
  /** Position among the item's parts of this kind, from 0. */
  readonly part: Index;
  /** The whole text of the part, as stated by the event that ends it; null if left out. */
  readonly text: string | null;
}
/** A part of an item begins or ends. */
export interface PartMark extends OfItem {
  readonly type: "part-start" | "part-end";
  /** Position among the item's parts of this kind, from 0. */
  readonly part: Index;
  /** The provider's word for the part: output_text, summary_text …; null if it has none. */
  readonly kind: string | null;
}
/** A reference in the text: a URL, a file … */
export interface AnnotationAdded extends OfItem {
  readonly type: "annotation-added";
  readonly kind: string | null;
  /** Its name: a title, a file name, a URL. */
  readonly title: string | null;
}
/** Media that arrived; the media itself is not kept. */
export interface MediaDelta extends OfItem {
  readonly type: "media-delta";
  readonly media: "audio" | "image";
  /** Length of its base64 text in characters. */
  readonly base64Length: Count;
}
/** Token counts of the response. */
export interface UsageReported extends OfResponse {
  readonly type: "usage-reported";
  readonly usage: Usage;
}
/** How long the response took, as reported by the server. */
export interface ServerTimingReported extends OfResponse {
  readonly type: "server-timing-reported";
  readonly serverTiming: ServerTiming;
}
/** What the response cost, as reported by the provider. */
export interface CostReported extends OfResponse {
  readonly type: "cost-reported";
  readonly cost: Cost;
}
/** The stream itself reports an error. */
export interface ErrorReported extends OfResponse {
  readonly type: "error-reported";
  readonly error: StreamError;
}
/** The response's terminal event. */
export interface ResponseEnd extends OfResponse {
  readonly type: "response-end";
  readonly outcome: Outcome;
  readonly status: string | null;
  /** Why it is incomplete, in the provider's word. */
  readonly reason: string | null;
}
/**
 * Sent to keep the connection open while there is nothing else to send.
 * @title Keep-alive
 */
export interface KeepAlive {
  readonly type: "keep-alive";
}
/** The literal `[DONE]`. */
export interface DoneSentinel {
  readonly type: "done-sentinel";
}
/** Data whose meaning is unknown: the generic dialect's fact. */
export interface DataReceived {
  readonly type: "data-received";
  readonly data: string;
}
/** An event type that the dialect does not know; this is not an error. */
export interface Unrecognized {
  readonly type: "unrecognized";
  /** Its event type; null if it has none. */
  readonly name: string | null;
}
/** Data that the dialect cannot read, because it expects a JSON object. */
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
  | ServerTimingReported
  | CostReported
  | ErrorReported
  | ResponseEnd
  | KeepAlive
  | DoneSentinel
  | DataReceived
  | Unrecognized
  | Unreadable;

const kindOfDelta = new Map<string, TextKind>(textKinds.map((kind) => [deltaTypes[kind], kind]));
const kindOfEnd = new Map<string, TextKind>(textKinds.map((kind) => [endTypes[kind], kind]));

/** Whether facts of a type are text deltas. */
export function isDeltaType(type: Fact["type"]): type is TextDelta["type"] {
  return kindOfDelta.has(type);
}

/** Whether facts of a type are ends of texts. */
export function isEndType(type: Fact["type"]): type is TextEnd["type"] {
  return kindOfEnd.has(type);
}

export function isTextDelta(fact: Fact): fact is TextDelta {
  return kindOfDelta.has(fact.type);
}

export function isTextEnd(fact: Fact): fact is TextEnd {
  return kindOfEnd.has(fact.type);
}

/** The kind of text of a delta or an end. */
export function kindOf(fact: TextDelta | TextEnd): TextKind {
  return kindOfDelta.get(fact.type) ?? kindOfEnd.get(fact.type) ?? "text";
}
