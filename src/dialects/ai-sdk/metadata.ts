// The application's own metadata of a message. It may be anything; many send the model, and the usage as the SDK counts
// it. https://ai-sdk.dev/docs/ai-sdk-ui/message-metadata
import type { Usage } from "../../model/facts.ts";
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import { sumOf, usageOf } from "../reader/usage.ts";

export interface Metadata {
  readonly model: string | null;
  readonly usage: Usage | null;
}

/** Reads the metadata of a chunk; missing values are null. */
export function readMetadata({ messageMetadata }: JsonObject): Metadata {
  const metadata = asObject(messageMetadata) ?? {};
  const usage = asObject(metadata.totalUsage) ?? asObject(metadata.usage);
  return { model: asString(metadata.model), usage: usage === null ? null : readUsage(usage) };
}

/** `LanguageModelUsage`: https://ai-sdk.dev/docs/reference/ai-sdk-core/stream-text#on-finish.usage */
function readUsage(usage: JsonObject): Usage | null {
  const input = asIndex(usage.inputTokens);
  const output = asIndex(usage.outputTokens);
  if (input === null && output === null) return null;
  const total = asIndex(usage.totalTokens);
  return usageOf(
    {
      input,
      cachedInput: asIndex(asObject(usage.inputTokenDetails)?.cacheReadTokens) ?? asIndex(usage.cachedInputTokens),
      output,
      reasoning: asIndex(asObject(usage.outputTokenDetails)?.reasoningTokens) ?? asIndex(usage.reasoningTokens),
      // The provider's own total "might be different from the sum": then it counts something else.
      total: total === sumOf(input, output) ? total : null,
    },
    usage,
  );
}
