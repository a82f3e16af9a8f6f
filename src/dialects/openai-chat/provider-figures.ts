// The server's times and costs in chat completions.
import type { Cost, ServerTiming } from "../../model/provider-figures.ts";
import { asObject, type JsonObject } from "../../model/payload.ts";
import { costOf, MILLISECONDS, SECONDS, serverTimingOf } from "../reader/provider-figures.ts";

/**
 * The times in a chunk that ends a completion or counts its tokens; null if it has none.
 * - llama.cpp: `timings`, in ms (https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md)
 * - Cerebras: `time_info`, in s (https://inference-docs.cerebras.ai/api-reference/chat-completions)
 * - Fireworks: `perf_metrics`, in s (https://docs.fireworks.ai/faq-new/models-inference/how-to-get-performance-metrics-for-streaming-responses)
 * - SambaNova: `total_latency` in the usage, in s (https://docs.sambanova.ai)
 * - Groq: in the usage, that of `x_groq` too, in s (https://console.groq.com/docs/api-reference#chat-create)
 */
export function readServerTiming(chunk: JsonObject, usage: JsonObject | null): ServerTiming | null {
  const timings = asObject(chunk.timings);
  if (timings !== null) {
    const times = { prompt: timings.prompt_ms, completion: timings.predicted_ms };
    return serverTimingOf(times, MILLISECONDS, timings);
  }
  const metrics = asObject(chunk.perf_metrics);
  if (metrics !== null) return serverTimingOf({ total: metrics["server-processing-time"] }, SECONDS, metrics);
  const measured = asObject(chunk.time_info) ?? usage;
  if (measured === null) return null;
  const times = {
    queue: measured.queue_time,
    prompt: measured.prompt_time,
    completion: measured.completion_time,
    total: measured.total_time ?? measured.total_latency,
  };
  return serverTimingOf(times, SECONDS, measured);
}

/** "1 USD = 10,000,000,000 ticks": https://docs.x.ai/developers/cost-tracking */
const TICKS = "USD ticks";
/** https://openrouter.ai/docs/use-cases/usage-accounting: "cost in credits" */
const CREDITS = "credits";
const USD = "USD";

/**
 * The cost in a usage object of Chat Completions or Responses; null if it has none. `cost` has no unit: LiteLLM
 * (https://github.com/BerriAI/litellm/pull/13319) forwards the cost that the provider reports, or computes one.
 */
export function readCost(usage: JsonObject): Cost | null {
  const { cost, cost_in_usd_ticks: ticks, estimated_cost: estimated } = usage;
  if (typeof ticks === "number") return costOf(ticks, TICKS);
  // Perplexity: https://docs.perplexity.ai/api-reference/chat-completions-post
  const parts = asObject(cost);
  if (parts !== null) return costOf(parts.total_cost, USD);
  // DeepInfra: https://deepinfra.com/docs/openai_api
  if (cost === undefined) return costOf(estimated, USD);
  // Vercel's AI Gateway counts in dollars: https://vercel.com/docs/ai-gateway/pricing
  if (usage.market_cost !== undefined) return costOf(cost, USD);
  const isOpenRouter = usage.cost_details !== undefined || usage.is_byok !== undefined;
  return costOf(cost, isOpenRouter ? CREDITS : null);
}
