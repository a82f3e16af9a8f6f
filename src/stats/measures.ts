// The measures of each group, in display order.
import type { Row } from "../rows/columns.ts";

/** Key in JSON and prefix of columns in CSV. */
export type MeasureName = "firstToken" | "longestGap" | "silenceAtEnd" | "total" | "tokensPerSecond";

export interface Measure {
  readonly name: MeasureName;
  /** Title in tables; the terms are those of `model/timing.ts`. */
  readonly title: string;
  readonly unit: "ms" | "tokens/s";
  /** Which direction is worse in a comparison. */
  readonly worse: "more" | "less";
  /** One value per row; null: not measured. */
  readonly read: (row: Row) => number | null;
}

export const measures = [
  { name: "firstToken", title: "first token", unit: "ms", worse: "more", read: (row) => row.first_token_ms },
  { name: "longestGap", title: "longest gap", unit: "ms", worse: "more", read: (row) => row.longest_gap_ms },
  {
    name: "silenceAtEnd",
    title: "silence at end",
    unit: "ms",
    worse: "more",
    // It belongs to the stream, so it counts once per stream.
    read: (row) => (row.response_index === 0 ? row.silence_at_end_ms : null),
  },
  { name: "total", title: "total", unit: "ms", worse: "more", read: (row) => row.total_ms },
  {
    name: "tokensPerSecond",
    title: "tokens/s",
    unit: "tokens/s",
    worse: "less",
    read: (row) => row.tokens_per_second,
  },
] as const satisfies readonly Measure[];

export type TokenKind = "input" | "cachedInput" | "output" | "reasoning" | "total";

/** The token counts that are added up, with their columns. */
export const tokenKinds = [
  { name: "input", title: "input", column: "input_tokens" },
  { name: "cachedInput", title: "cached", column: "cached_input_tokens" },
  { name: "output", title: "output", column: "output_tokens" },
  { name: "reasoning", title: "reasoning", column: "reasoning_tokens" },
  { name: "total", title: "total", column: "total_tokens" },
] as const satisfies readonly { readonly name: TokenKind; readonly title: string; readonly column: keyof Row }[];
