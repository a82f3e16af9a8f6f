// Where the official client refuses a stream of chunks, or comes to something else, and with what words. A new version of
// it that reads them differently shows here.
import { expect } from "vitest";

/** What a client says of the last completion of a stream. */
export interface Outcome {
  readonly model: string | null;
  readonly text: string;
  readonly refusal: string;
  /** The finish reason; of several choices the worst. */
  readonly status: string | null;
  /** Id, name and arguments of each. */
  readonly calls: readonly (readonly (string | null)[])[];
  /** Input, cached, output, total. */
  readonly usage: readonly (number | null)[] | null;
}

/** By the name of the stream: a part of the client's message. */
export type Rejections = Readonly<Record<string, string>>;
/** By the name of the stream: what the client says otherwise than this program. */
export type Differences = Readonly<Record<string, Partial<Outcome>>>;

/** Streams at which the client throws while it hands on chunks: it takes in-band errors for errors of its own. */
export const rejectedEvents: Rejections = {
  "openai-chat/error-alone.sse": "The server is overloaded",
  "openai-chat/groq-error.sse": "Failed to call a function.",
  "openai-chat/openrouter-error.sse": "Upstream provider hung up",
  "openai-chat/pydantic-ai-test-tool-use-failed-error-streaming-with-text-0.sse": "Tool choice is required",
};

const NO_END = "missing finish_reason for choice";
const NO_ROLE = "missing role for choice 0";
const NO_CHOICES = "chunk.choices is not iterable";
const NO_TYPE = "tool call snapshot missing `type`";

/** Streams that the client's accumulator refuses besides: it knows what OpenAI itself sends. */
export const rejectedStreams: Rejections = {
  "openai-chat/bare-chunks.sse": "stream ended without producing a ChatCompletionMessage with role=assistant",
  "openai-chat/custom-tool.sse": "missing choices[0].tool_calls[0].function.name",
  "openai-chat/cut.sse": NO_END,
  "openai-chat/done-without-finish-reason.sse": NO_END,
  "openai-chat/legacy-completion.sse": NO_ROLE,
  "openai-chat/mistral-tool-calls.sse": NO_TYPE,
  "openai-chat/several-choices-cut.sse": NO_END,
  "openai-chat/unknown-parts-and-events.sse": NO_CHOICES,
  "openai-chat/vllm-error.sse": NO_CHOICES,

  "openai-chat/ai-sdk-mistral-mistral-incremental-tool-call.ndjson": NO_ROLE,
  "openai-chat/ai-sdk-openai-openai-completion-text.ndjson": NO_ROLE,
  // Its only call has the index 1.
  "openai-chat/ai-sdk-openai-compatible-anthropic-fallback-tool-call.sse": "Cannot read properties of undefined",
  "openai-chat/llm-test-tools-streaming-variant-a-0.sse": NO_END,
  "openai-chat/llm-test-tools-streaming-variant-b-0.sse": NO_END,
  "openai-chat/prism-mistral-stream-with-tools-1-1.sse": NO_TYPE,
};

/** What both its iteration and its accumulator come to besides. */
const differencesOfBoth: Differences = {
  "openai-chat/audio.sse": { text: "" },
  "openai-chat/legacy-function-call.sse": { calls: [] },
  // It reads no further than [DONE].
  "openai-chat/two-responses.sse": { text: "Ebb.", usage: [5, 0, 2, 7] },
  // Groq's usage of old, and Moonshot's.
  "openai-chat/groq-usage.sse": { usage: null },
  "openai-chat/pydantic-ai-test-groq-model-thinking-part-iter-0.sse": { usage: null },
  "openai-chat/pydantic-ai-test-groq-model-thinking-part-iter-1.sse": { usage: null },
  "openai-chat/moonshot-usage-in-choice.sse": { usage: null },
  // xAI leaves reasoning out of the completion's tokens.
  "openai-chat/xai-usage.sse": { usage: [12, 4, 3, 215] },
  "openai-chat/ai-sdk-openai-compatible-xai-text.ndjson": { usage: [12, 11, 2, 354] },
  "openai-chat/ai-sdk-openai-compatible-xai-tool-call.ndjson": { usage: [307, 306, 26, 560] },
  "openai-chat/ai-sdk-xai-xai-text.ndjson": { usage: [12, 11, 1, 303] },
  "openai-chat/ai-sdk-xai-xai-tool-call.ndjson": { usage: [291, 290, 26, 513] },
};

const LISTED: string = expect.stringContaining("[object Object]");
const JOINED = '{"port":"Brest"}{"port":"Ostend"}';

/** What its iteration comes to besides, where fragments are joined by index, and their first one names the call. */
export const differencesOfEvents: Differences = {
  ...differencesOfBoth,
  "openai-chat/all-calls-at-index-0.sse": { calls: [["call_g1", "tide_table", JOINED]] },
  "openai-chat/call-named-late.sse": { calls: [["null", "", "{}"]] },
  "openai-chat/calls-without-index.sse": { calls: [["tIdE00003", "tide_table", "[object Object]{}"]] },
  "openai-chat/custom-tool.sse": { calls: [["call_cust1", null, ""]] },
  "openai-chat/whole-message.sse": { text: "" },
  // The test takes a chunk with another id for another completion; the client's own accumulator goes on with the first.
  "openai-chat/merged-without-end.sse": { text: "Flood." },
};

/** What its final completion is besides. */
export const differencesOfFinal: Differences = {
  ...differencesOfBoth,
  "openai-chat/all-calls-at-index-0.sse": { calls: [["call_g2", "tide_table", JOINED]] },
  "openai-chat/calls-without-index.sse": { calls: [] },
  "openai-chat/ai-sdk-mistral-mistral-tool-call.ndjson": { calls: [] },
  "openai-chat/ai-sdk-cerebras-cererebras-structured-output-tools.1.ndjson": {
    calls: [["e0ecf32e0", "nonUsefulTool", "{}{}"]],
  },
  // Content that is a list of parts is added up as if it were text.
  "openai-chat/mistral-thinking.sse": { text: LISTED },
  "openai-chat/ai-sdk-mistral-mistral-reasoning.ndjson": { text: LISTED },
  "openai-chat/prism-mistral-stream-reasoning-model-1-1.sse": { text: LISTED },
  // The last chunk has none: it replaces what was said before.
  "openai-chat/pydantic-ai-test-openai-moderation-stream.sse": { usage: null },
};
