// Usage of chat completions, whose keys are OpenAI's, with what others count in their own way.
// https://platform.openai.com/docs/api-reference/chat-streaming/streaming#chat_streaming-streaming-usage
import type { Usage } from "../../model/facts.ts";
import { asIndex, asObject, type JsonObject } from "../../model/payload.ts";
import { sumOf, usageOf } from "../reader/usage.ts";

/** Reads a usage object. Where several come, the last counts: each is of all that came so far. */
export function readChatUsage(usage: JsonObject): Usage {
  const input = asIndex(usage.prompt_tokens);
  const output = asIndex(usage.completion_tokens);
  const total = asIndex(usage.total_tokens);
  const reasoning =
    asIndex(asObject(usage.completion_tokens_details)?.reasoning_tokens) ?? asIndex(usage.reasoning_tokens);
  const cachedInput =
    asIndex(asObject(usage.prompt_tokens_details)?.cached_tokens) ??
    // As runs of assistants spell it.
    asIndex(asObject(usage.prompt_token_details)?.cached_tokens) ??
    // DeepSeek, Moonshot. Mistral's `num_cached_tokens` can be more than the input: what it is part of is not known.
    asIndex(usage.prompt_cache_hit_tokens) ??
    asIndex(usage.cached_tokens);
  // xAI leaves reasoning out of the completion; the total tells.
  const isApart = reasoning !== null && reasoning > 0 && total !== null && total === sumOf(input, output, reasoning);
  return usageOf({ input, cachedInput, output: isApart ? sumOf(output, reasoning) : output, reasoning, total }, usage);
}
