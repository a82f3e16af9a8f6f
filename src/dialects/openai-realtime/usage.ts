// The tokens of a response or a transcript.
import { asIndex, asObject, type JsonObject } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { usageOf } from "../reader/usage.ts";

/** Cached input is part of the input; audio is part of both. */
export function tellUsage(usage: JsonObject, writer: FactWriter): void {
  const counts = {
    input: asIndex(usage.input_tokens),
    cachedInput: asIndex(asObject(usage.input_token_details)?.cached_tokens),
    output: asIndex(usage.output_tokens),
    reasoning: asIndex(asObject(usage.output_token_details)?.reasoning_tokens),
    total: asIndex(usage.total_tokens),
  };
  writer.usage(usageOf(counts, usage));
}
