// Usage of Anthropic's messages: a first count when the message starts, later ones that replace it field by field.
// https://platform.claude.com/docs/en/build-with-claude/streaming ("cumulative"), …/prompt-caching (the sum of the input)
import { asIndex, asObject, type JsonObject } from "../../model/payload.ts";
import type { Cost } from "../../model/provider-figures.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { INVOCATION_METRICS } from "../reader/invocation-metrics.ts";
import { costOf } from "../reader/provider-figures.ts";
import { sumOf, usageOf } from "../reader/usage.ts";

/** Limits other fields; a hostile stream could name new ones with every event. */
const MOST_COUNTS = 1000;

export interface MessageUsage {
  /** Takes the usage at the start of a message; null if it has none. */
  begin(usage: JsonObject | null): void;
  /** Takes a later usage; counts that it leaves out stay as they were. */
  update(usage: JsonObject | null): void;
  /** Takes counts, but uses only those that the message has not reported itself. */
  add(usage: JsonObject | null): void;
}

/**
 * The billed tokens that Amazon Bedrock adds to the last event of a stream, in Anthropic's names; null if there are
 * none. https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
 */
export function readInvocationMetrics(value: JsonObject): JsonObject | null {
  const metrics = asObject(value[INVOCATION_METRICS]);
  if (metrics === null) return null;
  return {
    input_tokens: asIndex(metrics.inputTokenCount),
    output_tokens: asIndex(metrics.outputTokenCount),
    cache_read_input_tokens: asIndex(metrics.cacheReadInputTokenCount),
    cache_creation_input_tokens: asIndex(metrics.cacheWriteInputTokenCount),
  };
}

/**
 * The cost that a gateway adds to the last usage, without a unit; null if there is none.
 * https://github.com/BerriAI/litellm/pull/15102
 */
export function readCost(usage: JsonObject | null): Cost | null {
  return costOf(usage?.cost, null);
}

/** Reports the usage of the current message each time that more of it is known. */
export function createMessageUsage(writer: FactWriter): MessageUsage {
  let raw: JsonObject = {};

  function update(usage: JsonObject | null): void {
    if (usage === null) return;
    const reported = Object.entries(usage).filter(([, value]) => value !== null);
    const merged = { ...raw, ...Object.fromEntries(reported) };
    raw = Object.keys(merged).length > MOST_COUNTS ? usage : merged;
    tell();
  }

  function tell(): void {
    const cachedInput = asIndex(raw.cache_read_input_tokens);
    const counts = {
      // `input_tokens` excludes tokens read from and written to the cache.
      input: sumOf(asIndex(raw.input_tokens), asIndex(raw.cache_creation_input_tokens), cachedInput),
      cachedInput,
      // Thinking is part of the output.
      output: asIndex(raw.output_tokens),
      reasoning: asIndex(asObject(raw.output_tokens_details)?.thinking_tokens),
    };
    writer.usage(usageOf(counts, raw));
  }

  return {
    begin(usage) {
      raw = {};
      update(usage);
    },
    update,
    add(usage) {
      const isNews = Object.entries(usage ?? {}).some(([key, count]) => count !== null && asIndex(raw[key]) === null);
      // Cached tokens are reported beside the other counts or not at all.
      if (isNews && (asIndex(raw.input_tokens) === null || asIndex(raw.output_tokens) === null))
        update({ ...usage, ...raw });
    },
  };
}
