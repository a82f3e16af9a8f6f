// Token counts in the one form of all dialects: input including cached tokens, output including reasoning.
import type { Usage } from "../../model/facts.ts";

/** What a provider counts; an unreported key is left out or null. */
export interface Counts {
  readonly input?: number | null;
  readonly cachedInput?: number | null;
  readonly output?: number | null;
  readonly reasoning?: number | null;
  readonly total?: number | null;
}

/** The usage that a provider reports, beside its own object. Unreported counts are null, never 0. */
export function usageOf({ input, cachedInput, output, reasoning, total }: Counts, raw: unknown): Usage {
  return {
    inputTokens: input ?? null,
    cachedInputTokens: cachedInput ?? null,
    outputTokens: output ?? null,
    reasoningTokens: reasoning ?? null,
    totalTokens: total ?? null,
    raw,
  };
}

/** The sum of the reported counts; null if none is reported. */
export function sumOf(...counts: readonly (number | null | undefined)[]): number | null {
  const known = counts.filter((count) => count !== null && count !== undefined);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}
