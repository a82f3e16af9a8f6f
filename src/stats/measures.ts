// The measures of each group and the kinds of tokens, in display order.

/** Key in JSON and prefix of columns in CSV. */
export type MeasureName = "firstToken" | "longestGap" | "silenceAtEnd" | "total" | "tokensPerSecond";

export interface Measure {
  readonly name: MeasureName;
  /** Title in tables; the terms are those of `model/timing.ts`. */
  readonly title: string;
  readonly unit: "ms" | "tokens/s";
  /** Which direction is worse in a comparison. */
  readonly worse: "more" | "less";
}

export const measures = [
  { name: "firstToken", title: "first token", unit: "ms", worse: "more" },
  { name: "longestGap", title: "longest gap", unit: "ms", worse: "more" },
  { name: "silenceAtEnd", title: "silence at end", unit: "ms", worse: "more" },
  { name: "total", title: "total", unit: "ms", worse: "more" },
  { name: "tokensPerSecond", title: "tokens/s", unit: "tokens/s", worse: "less" },
] as const satisfies readonly Measure[];

/** A kind of token counts that are added up. */
export type TokenKind = "input" | "cachedInput" | "output" | "reasoning" | "total";

export const tokenKinds = [
  { name: "input", title: "input" },
  { name: "cachedInput", title: "cached" },
  { name: "output", title: "output" },
  { name: "reasoning", title: "reasoning" },
  { name: "total", title: "total" },
] as const satisfies readonly { readonly name: TokenKind; readonly title: string }[];
