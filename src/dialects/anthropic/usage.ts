// Usage of Anthropic's messages: a first count when the message starts, later ones that replace it field by field.
// https://platform.claude.com/docs/en/build-with-claude/streaming ("cumulative"), …/prompt-caching (the sum of the input)
import { asIndex, asObject, type JsonObject } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { sumOf, usageOf } from "../reader/usage.ts";

/** A hostile stream could name others with every event. */
const MOST_COUNTS = 1000;

export interface MessageUsage {
  /** Takes the usage of a message that starts; null where it has none. */
  begin(usage: JsonObject | null): void;
  /** Takes a later usage; what it leaves out stays as it was. */
  update(usage: JsonObject | null): void;
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
  };
}
