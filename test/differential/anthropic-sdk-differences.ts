// Where Anthropic's official client refuses a stream, or comes to something else, and with what words. A new version of
// it that reads them differently shows here.

/** What a client says of the last message of a stream. */
export interface Outcome {
  readonly model: string | null;
  readonly text: string;
  readonly reasoning: string;
  /** The stop reason. */
  readonly status: string | null;
  /** Types of the blocks in their order. */
  readonly blocks: readonly string[];
  /** Id, name and input of each. */
  readonly calls: readonly (readonly unknown[])[];
  /** Input, cached, output, reasoning. */
  readonly usage: readonly (number | null)[] | null;
}

/** By the name of the stream: a part of the client's message. */
export type Rejections = Readonly<Record<string, string>>;
/** By the name of the stream: what the client says otherwise than this program. */
export type Differences = Readonly<Record<string, Partial<Outcome>>>;

/** Streams at which the client throws while it hands on events: it takes in-band errors for errors of its own. */
export const rejectedEvents: Rejections = {
  "anthropic/error-alone.sse": "Overloaded",
  "anthropic/error.sse": "Overloaded",
};

const NO_BEGINNING = "request ended without sending any chunks";
const NO_END = "stream ended without producing a Message";
const SECOND_START = "Unexpected event order, got message_start";

/** Streams that the client's accumulator refuses besides: it reads one message, from its start to its stop. */
export const rejectedStreams: Rejections = {
  "anthropic/cut-after-message-delta.sse": NO_END,
  "anthropic/cut.sse": NO_END,
  "anthropic/resumed-in-tool-input.sse": NO_BEGINNING,
  "anthropic/resumed.sse": NO_BEGINNING,
  "anthropic/started-again.sse": SECOND_START,
  "anthropic/types-in-names-only.sse": NO_BEGINNING,
  "anthropic/whole-messages.ndjson": SECOND_START,

  // Recorded one after the other, as the turns of a conversation.
  "anthropic/ai-sdk-anthropic-anthropic-programmatic-tool-calling.1.ndjson": SECOND_START,
  "anthropic/ai-sdk-anthropic-anthropic-tool-search-bm25.1.ndjson": SECOND_START,
  "anthropic/ai-sdk-anthropic-anthropic-tool-search-deferred-bm25.ndjson": SECOND_START,
  "anthropic/ai-sdk-anthropic-anthropic-tool-search-deferred-regex.ndjson": SECOND_START,
  "anthropic/ai-sdk-anthropic-anthropic-tool-search-regex.1.ndjson": SECOND_START,
  // Synthetic.
  "anthropic/ai-sdk-anthropic-duplicate-message-start.ndjson": SECOND_START,
  "anthropic/ai-sdk-anthropic-spliced-message-start.ndjson": SECOND_START,
};

/** What its iteration comes to besides. */
export const differencesOfEvents: Differences = {
  // It goes by the type in the payload alone.
  "anthropic/types-in-names-only.sse": { text: "", status: null, usage: null },
};

/** What its final message is besides. */
export const differencesOfFinal: Differences = {
  // The input of a call that was cut: it takes what is whole of it.
  "anthropic/max-tokens.sse": { calls: [["toolu_01Log", "write_log", {}]] },
};
