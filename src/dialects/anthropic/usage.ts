// Usage of Anthropic's messages: a first count when the message starts, later ones that replace it field by field.
// https://platform.claude.com/docs/en/build-with-claude/streaming ("cumulative"), …/prompt-caching (the sum of the input)
import { asIndex, asObject, type JsonObject } from "../../model/payload.ts";
import type { Cost } from "../../model/provider-figures.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { INVOCATION_METRICS } from "../reader/invocation-metrics.ts";
import { costOf } from "../reader/provider-figures.ts";
import { sumOf, usageOf } from "../reader/usage.ts";

/** A hostile stream could name others with every event. */
const MOST_COUNTS = 1000;

export interface MessageUsage {
  /** Takes the usage of a message that starts; null where it has none. */
  begin(usage: JsonObject | null): void;
  /** Takes a later usage; what it leaves out stays as it was. */
  update(usage: JsonObject | null): void;
  /** Takes counts of which those count that the message has not reported itself. */
  add(usage: JsonObject | null): void;
}

/**
 * What Amazon Bedrock adds to the last event of a stream: the tokens as it bills them, in Anthropic's words; null if there
 * is nothing. https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
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
 * The cost that a gateway adds to the last usage; null if there is none. It says no unit.
 * https://github.com/BerriAI/litellm/pull/15102
 */
export function readCost(usage: JsonObject | null): Cost | null {
  return costOf(usage?.cost, null);
}

/** Tells the usage of the message in hand each time that it is known better. */
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
      // `input_tokens` has neither what was read from the cache nor what was written to it.
      input: sumOf(asIndex(raw.input_tokens), asIndex(raw.cache_creation_input_tokens), cachedInput),
      cachedInput,
      // What was thought is part of the output.
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
      // The cache is counted beside the rest or not at all.
      if (isNews && (asIndex(raw.input_tokens) === null || asIndex(raw.output_tokens) === null))
        update({ ...usage, ...raw });
    },
  };
}
