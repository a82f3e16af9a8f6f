// What the rest of the program needs to know about a dialect: how its streams end, what its tool calls look like, which
// fields may be shared and so on. Each dialect defines its traits in its own folder, and every reading carries them.
import type { Fact } from "./facts.ts";
import type { JsonObject, Payload } from "./payload.ts";
import type { Verdict } from "./verdict.ts";
import type { WireEvent } from "./wire.ts";

export interface DialectTraits {
  /** The value of `--dialect`, and the `dialect` of reports. */
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /** False for the fallback that reads streams of unknown protocols: it cannot interpret events or errors. */
  readonly isKnown: boolean;
  readonly usage: UsageTraits;
  readonly ending: EndingTraits;
  /** Every event has its type both on the event line and in `type` of its payload. */
  readonly namesEvents: boolean;
  /** Event types that begin a response, even if they come a second time. */
  readonly startEvents: readonly string[];
  readonly toolCalls: ToolCallTraits;
  /** Types of items that collect parts from a whole response: no event begins or ends them. */
  readonly gatheringItems: readonly string[];
  /** Events that begin, fill and end the parts of a response; null if parts have no such marks. */
  readonly partMarks: PartMarks | null;
  /** What an event adds to each of several choices; null if a response always has one. */
  readonly choicesOf: ((payload: JsonObject) => readonly ChoiceProgress[]) | null;
  /** How clients send requests to the API; null if its path varies, or it has no requests of its own. */
  readonly requests: RequestTraits | null;
  /**
   * The JSON document that the API sends if no stream was requested; null if there is none, or it is not documented.
   */
  readonly wholeResponse: WholeResponse | null;
  /** The JSON of an HTTP error, for `replay`; null if the API has none of its own. */
  readonly errorBody: ErrorBody | null;
  /** The verdict for each status of a response; a status that is left out does not affect the verdict. */
  readonly verdictOfStatus: Readonly<Record<string, Verdict>>;
  /** What `--redact` may leave unchanged. */
  readonly redaction: RedactionTraits;
  /** Fields that `diff` ignores. */
  readonly diff: DiffTraits;
  /** What the provider's own servers send although the framing's standard does not allow or use it. */
  readonly wire?: WireTraits;
}

export interface WireTraits {
  /** Events without data. */
  readonly bareEvents?: readonly string[];
  /** Lines that are not SSE fields. */
  readonly ignoredLines?: RegExp;
  /** Content types other than those of the framing. */
  readonly mediaTypes?: readonly string[];
}

export interface UsageTraits {
  /**
   * Whether every response reports token counts, or only if the request or the application asks for them. `never`:
   * there is no model behind the stream, so a response may also be empty.
   */
  readonly reported: "always" | "on-request" | "never";
  /** Statuses of responses that may have used no tokens, or will use more. */
  readonly uncountedStatuses: readonly string[];
}

export interface EndingTraits {
  /** The terminal event is the last one of its response: not even usage follows. */
  readonly terminalIsLast: boolean;
  /**
   * Whether `data: [DONE]` ends the stream. `open-responses`: only in that profile; in all others it is an extra.
   * `extra`: an extra in every profile.
   */
  readonly doneSentinel: "required" | "open-responses" | "extra" | "unspecified";
}

export interface ToolCallTraits {
  /** Types of items that call a tool. */
  readonly items: RegExp;
  /**
   * Types of items of tools that the provider runs; after them the model begins another turn, with new token counts.
   */
  readonly hostedItems: RegExp | null;
  /**
   * Types of tool items whose streamed input is JSON, complete when the item ends; null if events state the arguments.
   */
  readonly jsonItems: RegExp | null;
  /**
   * The complete arguments stated by an event that ends an input or a call; null if it states none, or no event of the
   * dialect does.
   */
  readonly statedArguments: ((event: ReadEvent) => StatedArguments | null) | null;
}

/** An event as read by its dialect. */
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
  /** The event says that the call was cut off. */
  readonly isCut: boolean;
}

export interface PartMarks {
  /** By the `type` of the payload. */
  readonly byType: ReadonlyMap<unknown, PartMark>;
  /** Types after which no part is open. */
  readonly closingTypes: ReadonlySet<unknown>;
}

/** What an event does to a part. `whole`: it contains the entire part and needs no start. */
export interface PartMark {
  readonly role: "start" | "delta" | "end" | "whole";
  /** The part's name in messages. */
  readonly name: string;
  /** Payload key whose value distinguishes parts of the same name. */
  readonly key: string;
}

/** The marks `<prefix>-start`, `<prefix>-delta` and `<prefix>-end` of a part. */
export function marksOf(name: string, key: string, prefix: string): [type: string, mark: PartMark][] {
  return (["start", "delta", "end"] as const).map((role) => [`${prefix}-${role}`, { role, name, key }]);
}

/** What one event adds to one of several choices. */
export interface ChoiceProgress {
  /** The protocol's word for a choice. */
  readonly name: "candidate" | "choice";
  readonly index: number;
  /** Why the choice ended; null if it continues. */
  readonly reason: string | null;
  /** The same in the word of the model's own provider, if a gateway passes it on. */
  readonly nativeReason: string | null;
  readonly hasContent: boolean;
}

/** How clients send requests to an API. */
export interface RequestTraits {
  /** The API's paths, without the query; the group `model`, if present, is the model. */
  readonly path: RegExp;
  /** Paths that request a stream; null if the body requests it. */
  readonly streamingPath: RegExp | null;
  /** Whether the API streams if the body does not say. */
  readonly streamsByDefault: boolean;
  /** Whether a body requests a stream, if its `stream` key does not decide that; null if the body does not say. */
  readonly asksForStream?: (body: JsonObject) => boolean | null;
  /** A header that requests a stream, in lower case. */
  readonly streamingHeader?: string;
  /** How the API frames a stream; default: SSE. */
  readonly framing?: "ndjson" | "aws-eventstream";
  /** Wraps a document that is sent without streaming, depending on the path; left out if there is no wrapping. */
  readonly envelope?: (path: string, document: JsonObject) => JsonObject;
  /** Whether a body requests JSON text, as many side requests of clients do; left out if clients make none. */
  readonly asksForJson?: (body: JsonObject) => boolean;
  /** How a body returns a tool's result if it need not name the call's id; left out if it names the id. */
  readonly toolResult?: RegExp;
  /** Other requests that clients send to the API, whose responses are not from a model. */
  readonly others?: readonly OtherRequest[];
}

/** A request whose response is not from a model. */
export interface OtherRequest {
  readonly path: RegExp;
  /** The header that distinguishes clients of this API from those of others with the same path. */
  readonly header?: string;
  /**
   * Builds the response from the known facts about the captures; null: not known. Left out if captures say nothing
   * about it.
   */
  readonly body?: (known: KnownOfCaptures) => JsonObject | null;
}

export interface KnownOfCaptures {
  readonly models: readonly string[];
  /** The input tokens that the next response reports; null if it reports none. */
  readonly inputTokens: number | null;
}

export interface WholeResponse {
  /** The API's name, for people. */
  readonly api: string;
  /** What is missing in the request. */
  readonly request: string;
  /** Whether a document is such a response. Of a large one, only the first `object`, `type` and `role` are known. */
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

/** Payload keys: `delta` anywhere, `item.name` in an object under `item`, `/response` at the root. */
export type Keys = readonly string[];

/** The words of a text. */
export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

export interface RedactionTraits {
  /** Objects and lists of the protocol itself; all other values belong to the user. */
  readonly structures: Keys;
  /** Strings that classify something; each stays if it looks like a word. */
  readonly words: Keys;
  /** Names of tools; each stays if it looks like one. */
  readonly names: Keys;
  /** Arguments of calls as JSON text, whole or in part. */
  readonly arguments: readonly string[];
  /** Base64, padding and encrypted values. */
  readonly opaque: readonly string[];
  /** Keys of ids that do not end in `id`. */
  readonly ids: readonly string[];
  /** Prefixes of ids that say what the id is for, without the separator: `resp`, `msg`, `call`. */
  readonly idPrefixes: readonly string[];
}

export interface DiffTraits {
  /** Fields that come and go and carry no information, such as padding. */
  readonly noise: readonly string[];
  /** Objects whose keys come from the user or the model. */
  readonly freeForm: readonly string[];
}
