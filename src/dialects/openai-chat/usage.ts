// Usage of chat completions, in OpenAI's keys and those of other servers.
// https://platform.openai.com/docs/api-reference/chat-streaming/streaming#chat_streaming-streaming-usage
import type { Usage } from "../../model/facts.ts";
import { asIndex, asObject, type JsonObject } from "../../model/payload.ts";
import { sumOf, usageOf } from "../reader/usage.ts";

/** Reads a usage object. If several come, the last one counts: each covers everything so far. */
export function readChatUsage(usage: JsonObject): Usage {
  const input = asIndex(usage.prompt_tokens);
  const output = asIndex(usage.completion_tokens);
  const total = asIndex(usage.total_tokens);
  const reasoning =
    asIndex(asObject(usage.completion_tokens_details)?.reasoning_tokens) ?? asIndex(usage.reasoning_tokens);
  const cachedInput =
    asIndex(asObject(usage.prompt_tokens_details)?.cached_tokens) ??
    // The spelling in the runs of assistants.
    asIndex(asObject(usage.prompt_token_details)?.cached_tokens) ??
    // DeepSeek, Moonshot. Mistral's `num_cached_tokens` can exceed the input, so it is not read.
    asIndex(usage.prompt_cache_hit_tokens) ??
    asIndex(usage.cached_tokens);
  const inputAudio = asIndex(asObject(usage.prompt_tokens_details)?.audio_tokens) ?? 0;
  const outputAudio = asIndex(asObject(usage.completion_tokens_details)?.audio_tokens) ?? 0;
  const apart = countedApart(total, sumOf(input, output), [reasoning ?? 0, inputAudio, outputAudio]);
  const counts = {
    input: apart[1] === true ? sumOf(input, inputAudio) : input,
    cachedInput,
    output: sumOf(output, apart[0] === true ? reasoning : null, apart[2] === true ? outputAudio : null),
    reasoning,
    total,
  };
  return usageOf(counts, usage);
}

/**
 * Which parts the counts of input and output leave out, as the total shows: xAI leaves reasoning out of the completion,
 * and Mistral audio out of the prompt. None if the counts add up without them, or not at all.
 */
function countedApart(total: number | null, sum: number | null, parts: readonly number[]): readonly boolean[] {
  if (total === null || sum === null || total <= sum) return [];
  for (let chosen = 1; chosen < 1 << parts.length; chosen += 1) {
    const isApart = parts.map((part, place) => part > 0 && (chosen & (1 << place)) !== 0);
    if (total === parts.reduce((all, part, place) => (isApart[place] === true ? all + part : all), sum)) return isApart;
  }
  return [];
}
