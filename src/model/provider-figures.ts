// What a provider says of a response beside its tokens: how long it took there, and what it cost. Never computed here.
import type { Milliseconds } from "./numbers.ts";

/**
 * How long the server says that it took, in ms; null if it does not report one.
 * @title Timing of the server
 */
export interface ServerTiming {
  /** The request waited for its turn. */
  readonly queueMs: Milliseconds | null;
  /** The model was loaded. */
  readonly loadMs: Milliseconds | null;
  /** The input was read. */
  readonly promptMs: Milliseconds | null;
  /** The output was generated. */
  readonly completionMs: Milliseconds | null;
  /** All of it, as the server reports it. */
  readonly totalMs: Milliseconds | null;
  /** The provider's own object, as it arrived. */
  readonly raw: unknown;
}

/** What the provider says that the response cost. */
export interface Cost {
  readonly amount: number;
  /** In what it is counted: USD, credits …; null if neither the stream nor the provider's page says. */
  readonly unit: string | null;
}
