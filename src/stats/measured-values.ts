// Where the values of measures and the token counts are in a row.
import type { Row } from "../rows/columns.ts";
import type { MeasureName, TokenKind } from "./measures.ts";

/** One value per row; null: not measured. */
export const measuredValues: Readonly<Record<MeasureName, (row: Row) => number | null>> = {
  firstToken: (row) => row.first_token_ms,
  longestGap: (row) => row.longest_gap_ms,
  // It belongs to the stream, so it counts once per stream.
  silenceAtEnd: (row) => (row.response_index === 0 ? row.silence_at_end_ms : null),
  total: (row) => row.total_ms,
  tokensPerSecond: (row) => row.tokens_per_second,
};

/** One count per row; null: not reported. */
export const tokenCounts: Readonly<Record<TokenKind, (row: Row) => number | null>> = {
  input: (row) => row.input_tokens,
  cachedInput: (row) => row.cached_input_tokens,
  output: (row) => row.output_tokens,
  reasoning: (row) => row.reasoning_tokens,
  total: (row) => row.total_tokens,
};
