// The tokens that Amazon Bedrock bills: InvokeModelWithResponseStream adds them to the last event of any model.
import type { Usage } from "../../model/facts.ts";
import { asIndex, asObject, type JsonObject } from "../../model/payload.ts";
import type { ServerTiming } from "../../model/provider-figures.ts";
import { MILLISECONDS, serverTimingOf } from "./provider-figures.ts";
import { sumOf, usageOf } from "./usage.ts";

export const INVOCATION_METRICS = "amazon-bedrock-invocationMetrics";

/**
 * The usage in an event's invocation metrics; null if it has none. Input is the sum of cached and uncached tokens:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function usageOfMetrics(value: JsonObject): Usage | null {
  const metrics = asObject(value[INVOCATION_METRICS]);
  if (metrics === null) return null;
  const cachedInput = asIndex(metrics.cacheReadInputTokenCount);
  const input = sumOf(asIndex(metrics.inputTokenCount), cachedInput, asIndex(metrics.cacheWriteInputTokenCount));
  return usageOf({ input, cachedInput, output: asIndex(metrics.outputTokenCount) }, metrics);
}

/**
 * The time that Bedrock took, from an event's invocation metrics; null if it has none.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-runtime-metrics.html: "from when a request is sent to
 * when the last token is received"
 */
export function timingOfMetrics(value: JsonObject): ServerTiming | null {
  const metrics = asObject(value[INVOCATION_METRICS]);
  return metrics === null ? null : serverTimingOf({ total: metrics.invocationLatency }, MILLISECONDS, metrics);
}
