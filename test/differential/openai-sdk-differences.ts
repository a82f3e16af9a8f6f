// Where the official client refuses a stream, or comes to another text, and with what words. A new version of it that
// reads them differently shows here.

/** What a client says of the last response of a stream. */
export interface Outcome {
  readonly text: string;
  readonly status: string | null;
  /** Input, cached, output, reasoning, total. */
  readonly usage: readonly (number | null)[] | null;
  /** Types of the items in their order. */
  readonly items?: readonly string[];
}

/** By the name of the stream: a part of the client's message. */
export type Rejections = Readonly<Record<string, string>>;
/** By the name of the stream: what the client says otherwise than this program. */
export type Differences = Readonly<Record<string, Partial<Outcome>>>;

/** Streams at which the client throws while it hands on events: it takes in-band errors for errors of its own. */
export const rejectedEvents: Rejections = {
  // A fixture of comments, retries and ids: one event has no data.
  "openai-responses/comments-retry-ids.sse": "Unexpected end of JSON input",
  "openai-responses/error-then-failed.sse": "You exceeded your current quota.",
  "openai-responses/ai-sdk-openai-openai-error.1.ndjson": "You exceeded your current quota, please check your plan",
  "openai-responses/ai-sdk-openai-parallel-tool-call-wrapper.1.ndjson": "in JSON at position",
  "openai-responses/prism-openai-stream-rate-limited-1.sse": "Request too large for gpt-4o",
  "openai-responses/prism-openai-stream-unknown-error-responses-1.sse": "Foobar",
};

const UNKNOWN_EVENT = "Unhandled response stream event:";
const NO_BEGINNING = "When snapshot hasn't been set yet, expected 'response.created' event";

/** Streams that the client's accumulator refuses besides: it knows fewer events, and no gaps. */
export const rejectedStreams: Rejections = {
  "openai-responses/apply-patch.sse": UNKNOWN_EVENT,
  "openai-responses/error-alone.sse": NO_BEGINNING,
  "openai-responses/items-out-of-order.sse": "missing output at index 1",
  "openai-responses/no-output-index.sse": "missing output at index undefined",
  "openai-responses/only-item-done.sse": "missing output at index 0",
  "openai-responses/reasoning-text.sse": UNKNOWN_EVENT,
  "openai-responses/resumed.sse": NO_BEGINNING,
  "openai-responses/resumed-in-second-part.sse": NO_BEGINNING,
  "openai-responses/shell.sse": UNKNOWN_EVENT,
  "openai-responses/unknown-events-and-fields.sse": UNKNOWN_EVENT,

  "openai-responses/ai-sdk-openai-openai-apply-patch-tool.1.ndjson": UNKNOWN_EVENT,
  "openai-responses/ai-sdk-openai-openai-phase.1.ndjson": "missing output at index 2",
  "openai-responses/ai-sdk-openai-openai-shell-container.1.ndjson": UNKNOWN_EVENT,
  "openai-responses/ai-sdk-openai-openai-shell-skills.1.ndjson": UNKNOWN_EVENT,
  "openai-responses/ai-sdk-openai-openai-shell-tool.1.ndjson": UNKNOWN_EVENT,
  "openai-responses/prism-openai-stream-multiple-output-items-1.sse": "rsp.output is not iterable",
  "openai-responses/pydantic-ai-test-background-mode-streaming-starting-after-vcr-1.sse": NO_BEGINNING,
};

/** What its iteration comes to besides: deltas alone, and nothing of an event that the input ends in. */
export const differencesOfEvents: Differences = {
  "openai-responses/audio.sse": { text: "" },
  "openai-responses/done-without-deltas.sse": { text: "" },
  "openai-responses/only-item-done.sse": { text: "" },
  "openai-responses/resumed.sse": { text: " tide is low." },
  "openai-responses/resumed-in-second-part.sse": { text: "d half." },
  "openai-responses/prism-openai-stream-multiple-output-items-1.sse": { status: "in_progress", usage: null },
};

/** What its final response is besides: the last snapshot, whatever was streamed before it. */
export const differencesOfFinal: Differences = {
  // A transcript of audio is text here, and in no message.
  "openai-responses/audio.sse": { text: "", items: [] },
  // A last snapshot without output.
  "openai-responses/cancelled.sse": { text: "", items: [] },
  // OpenRouter sends an `output_text` of its own, which the client believes, and which is empty.
  "openai-responses/pydantic-ai-test-openai-responses-raw-cot-stream-openrouter.sse": { text: "" },
};
