// Where the AI SDK refuses a recorded stream, or reads it in its own way.

export interface Outcome {
  readonly text: string;
  readonly calls: readonly (readonly [name: string, input: string])[];
}

const INVALID = "Type validation failed";

/** What it refuses, with words of its error. */
export const rejected: Readonly<Record<string, string>> = {
  // It holds items by ids, which this server gives anew in every event.
  "openai-responses/ai-sdk-openai-github-copilot-id-rotation.1.ndjson": "reasoning part",
  // The stream itself says that it failed.
  "openai-responses/ai-sdk-openai-openai-error.1.ndjson": "You exceeded your current quota",
  "openai-responses/prism-openai-stream-rate-limited-1.sse": "Request too large",
  "openai-chat/pydantic-ai-test-tool-use-failed-error-streaming-with-text-0.sse": "Tool choice is required",
  // A line of it is no JSON.
  "openai-responses/ai-sdk-openai-parallel-tool-call-wrapper.1.ndjson": "JSON parsing failed",
  // xAI and others leave out fields that OpenAI sends.
  "openai-responses/ai-sdk-xai-xai-web-search-tool.1.ndjson": INVALID,
  "openai-responses/ai-sdk-xai-xai-x-search-tool.ndjson": INVALID,
  "openai-responses/prism-openai-stream-multiple-output-items-1.sse": INVALID,
  "openai-responses/prism-openai-stream-unknown-error-responses-1.sse": INVALID,
  // Mistral's content is a list, for which there is a provider of its own.
  "openai-chat/ai-sdk-mistral-mistral-reasoning.ndjson": INVALID,
  "openai-chat/ai-sdk-mistral-mistral-tool-call.ndjson": INVALID,
  "openai-chat/prism-mistral-stream-reasoning-model-1-1.sse": INVALID,
  // Two messages are open at once.
  "anthropic/ai-sdk-anthropic-spliced-message-start.ndjson": "Received message_start for message",
};

/** What it reads otherwise: that part is not compared. */
export const differing: Readonly<Record<string, keyof Outcome>> = {
  // LM Studio sends the arguments only at their end, and it reads deltas.
  "openai-responses/ai-sdk-open-responses-lmstudio-tool-call.1.ndjson": "calls",
  "openai-responses/ai-sdk-open-responses-lmstudio-tool-call.2.ndjson": "calls",
  // It makes calls of hosted tools those of functions.
  "openai-responses/ai-sdk-openai-openai-apply-patch-tool-delete.1.ndjson": "calls",
  "openai-responses/ai-sdk-openai-openai-apply-patch-tool.1.ndjson": "calls",
  "openai-responses/ai-sdk-openai-openai-client-tool-search.1.ndjson": "calls",
  "anthropic/ai-sdk-anthropic-anthropic-programmatic-tool-calling.1.ndjson": "calls",
  // A stream of legacy completions, which its chat model reads as nothing.
  "openai-chat/ai-sdk-openai-openai-completion-text.ndjson": "text",
  // The summary of a compaction is text to it.
  "anthropic/ai-sdk-anthropic-anthropic-compaction.1.ndjson": "text",
  "anthropic/pydantic-ai-test-anthropic-compaction-usage-with-cache-streaming.sse": "text",
};
