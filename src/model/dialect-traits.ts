// What the rest of the program has to know of a dialect: how its streams end, what its tool calls look like, which of its
// fields may be shared … Each dialect states all of it in its own folder; whoever is given a reading finds it there.
import type { Fact } from "./facts.ts";
import type { JsonObject, Payload } from "./payload.ts";
import type { Verdict } from "./verdict.ts";
import type { WireEvent } from "./wire.ts";

export interface DialectTraits {
  /** The value of `--dialect`, and the `dialect` of reports. */
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /** False for the fallback that reads streams of unknown protocols: what an event means, or an error, nobody knows. */
  readonly isKnown: boolean;
  readonly usage: UsageTraits;
  readonly ending: EndingTraits;
  /** Every event has its type on the event line and in `type` of its payload. */
  readonly namesEvents: boolean;
  /** Event types that begin a response, also when they come a second time. */
  readonly startEvents: readonly string[];
  readonly toolCalls: ToolCallTraits;
  /** Types of items that gather something from all over a response: no event begins or ends them. */
  readonly gatheringItems: readonly string[];
  /** Events that begin, fill and end the parts of a response; null if parts are not marked so. */
  readonly partMarks: PartMarks | null;
  /** What an event adds to each of several answers; null if a response is always one answer. */
  readonly choicesOf: ((payload: JsonObject) => readonly ChoiceProgress[]) | null;
  /** How the API is asked; null if programs put it at any path, or it has no requests of its own. */
  readonly requests: RequestTraits | null;
  /** The JSON document that the API sends if no stream was asked for; null if there is none, or it is not documented. */
  readonly wholeResponse: WholeResponse | null;
  /** The JSON of an HTTP error, for `replay`; null if the API has none of its own. */
  readonly errorBody: ErrorBody | null;
  /** The verdict that each status of a response stands for; a status that is left out says nothing about the verdict. */
  readonly verdictOfStatus: Readonly<Record<string, Verdict>>;
  /** What `--redact` may leave as it is. */
  readonly redaction: RedactionTraits;
  /** Fields that `diff` ignores. */
  readonly diff: DiffTraits;
  /** What its own servers send although the standard of the framing has no use for it; left out: nothing. */
  readonly wire?: WireTraits;
}

export interface WireTraits {
  /** Events that come without data. */
  readonly bareEvents?: readonly string[];
  /** Lines that are no field of SSE. */
  readonly ignoredLines?: RegExp;
  /** Content types beside those of the framing. */
  readonly mediaTypes?: readonly string[];
}

export interface UsageTraits {
  /**
   * Whether every response reports token counts, or only if the request or the application asks for them. `never`: no
   * model answers, so a response may also be empty.
   */
  readonly reported: "always" | "on-request" | "never";
  /** Statuses of responses that may have used no tokens, or will go on using them. */
  readonly uncountedStatuses: readonly string[];
}

export interface EndingTraits {
  /** The terminal event is the last of its response: not even usage comes after it. */
  readonly terminalIsLast: boolean;
  /**
   * Whether `data: [DONE]` ends the stream. `open-responses`: only in that profile, and it is an extra in any other; `extra`:
   * it is one in all.
   */
  readonly doneSentinel: "required" | "open-responses" | "extra" | "unspecified";
}

export interface ToolCallTraits {
  /** Types of the items that call a tool. */
  readonly items: RegExp;
  /** Types of items of tools that the provider runs; what follows is another turn of the model, whose tokens count anew. */
  readonly hostedItems: RegExp | null;
  /** Types of those whose streamed input is JSON, complete when the item ends; null if events state the arguments. */
  readonly jsonItems: RegExp | null;
  /**
   * The complete arguments that an event which ends an input or a call states itself; null if it states none, or no event of
   * the dialect does.
   */
  readonly statedArguments: ((event: ReadEvent) => StatedArguments | null) | null;
}

/** An event as its dialect has read it. */
export interface ReadEvent {
  readonly event: WireEvent;
  readonly payload: Payload;
  readonly facts: readonly Fact[];
}

export interface StatedArguments {
  /** Position of the item. */
  readonly item: number;
  /** Name of the tool; null if the event leaves it out. */
  readonly name: string | null;
  /** JSON text; null if the event leaves it out. */
  readonly text: string | null;
  /** The event says that the call was cut. */
  readonly isCut: boolean;
}

export interface PartMarks {
  /** By the `type` of the payload. */
  readonly byType: ReadonlyMap<unknown, PartMark>;
  /** Types after which no part is open any more. */
  readonly closingTypes: ReadonlySet<unknown>;
}

/** What an event does to a part. `whole`: it is all of the part, and needs no start. */
export interface PartMark {
  readonly role: "start" | "delta" | "end" | "whole";
  /** What to call the part in a message. */
  readonly name: string;
  /** Key of the payload whose value tells the parts of one name apart. */
  readonly key: string;
}

/** The marks `<prefix>-start`, `<prefix>-delta` and `<prefix>-end` of a part. */
export function marksOf(name: string, key: string, prefix: string): [type: string, mark: PartMark][] {
  return (["start", "delta", "end"] as const).map((role) => [`${prefix}-${role}`, { role, name, key }]);
}

/** What one event adds to one of several answers. */
export interface ChoiceProgress {
  /** The protocol's word for such an answer. */
  readonly name: "candidate" | "choice";
  readonly index: number;
  /** Why the answer ended; null if it goes on. */
  readonly reason: string | null;
  /** The same in the word of the model's own provider, where a gateway passes it on. */
  readonly nativeReason: string | null;
  readonly hasContent: boolean;
}

/** How an API is asked. */
export interface RequestTraits {
  /** The paths at which it answers, without the query; the group `model`, if there is one, is the model. */
  readonly path: RegExp;
  /** Those at which the path asks for a stream; null: the body does. */
  readonly streamingPath: RegExp | null;
  /** What is sent if a body says nothing of a stream. */
  readonly streamsByDefault: boolean;
  /** Whether a body asks for a stream, where its `stream` does not say that; null if the body does not say. */
  readonly asksForStream?: (body: JsonObject) => boolean | null;
  /** A header that asks for a stream, in lower case. */
  readonly streamingHeader?: string;
  /** How the API wraps a stream; left out: in SSE. */
  readonly framing?: "ndjson" | "aws-eventstream";
  /** What stands around a document that is sent without streaming, by the path; left out: nothing. */
  readonly envelope?: (path: string, document: JsonObject) => JsonObject;
  /**
   * Whether a body asks for text that is JSON, in requests of which clients make many on the side; left out: they do not.
   */
  readonly asksForJson?: (body: JsonObject) => boolean;
  /** How a body returns what a tool gave, where it need not name the call's id; left out: it names it. */
  readonly toolResult?: RegExp;
  /** What else clients ask of the API, which is no response of a model. */
  readonly others?: readonly OtherRequest[];
}

/** A request that no model answers. */
export interface OtherRequest {
  readonly path: RegExp;
  /** The header that tells clients of this API from those of others with the same path. */
  readonly header?: string;
  /** What answers it, made of what is known of captures; null: not known. Left out: nothing that a capture tells. */
  readonly body?: (known: KnownOfCaptures) => JsonObject | null;
}

export interface KnownOfCaptures {
  readonly models: readonly string[];
  /** The input tokens that the next response reports; null if it reports none. */
  readonly inputTokens: number | null;
}

export interface WholeResponse {
  /** The API, for people. */
  readonly api: string;
  /** What the request lacks. */
  readonly request: string;
  /** Whether a document is such a response. Of a large one only its first `object`, `type` and `role` are known. */
  matches(document: JsonObject): boolean;
  statusOf(document: JsonObject): unknown;
  /** The key of the token counts, and the names of input, output and total in it. */
  readonly usage: string;
  readonly counts: readonly [input: string, output: string, total: string];
}

export interface ErrorBody {
  /** The paths of this API; null: any path that no other API has. */
  readonly path: RegExp | null;
  body(status: number, message: string): unknown;
}

/** Keys of payloads: `delta` wherever it stands, `item.name` in an object under `item`, `/response` at the root. */
export type Keys = readonly string[];

/** The words of a text. */
export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

export interface RedactionTraits {
  /** Objects and lists of the protocol itself: all else that holds values is the user's. */
  readonly structures: Keys;
  /** Strings that say what something is; each stays if it looks like a word. */
  readonly words: Keys;
  /** Names of tools; each stays if it looks like one. */
  readonly names: Keys;
  /** Arguments of calls as JSON text, whole or a piece. */
  readonly arguments: readonly string[];
  /** Base64, padding, and what is encrypted. */
  readonly opaque: readonly string[];
  /** Keys of ids that do not end in `id`. */
  readonly ids: readonly string[];
  /** What ids begin with that says what they are of, without the separator: `resp`, `msg`, `call`. */
  readonly idPrefixes: readonly string[];
}

export interface DiffTraits {
  /** Fields that come and go and say nothing, such as padding. */
  readonly noise: readonly string[];
  /** Objects whose keys are the user's or the model's. */
  readonly freeForm: readonly string[];
}
