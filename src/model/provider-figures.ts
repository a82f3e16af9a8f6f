// Figures a provider reports beside token counts: how long the response took there, and what it cost. Never computed
// here.
import type { Milliseconds } from "./numbers.ts";

/**
 * How long the server says that it took, in ms; null if not reported.
 * @title Timing of the server
 */
export interface ServerTiming {
  /** Time in the queue. */
  readonly queueMs: Milliseconds | null;
  /** Time to load the model. */
  readonly loadMs: Milliseconds | null;
  /** Time to process the input. */
  readonly promptMs: Milliseconds | null;
  /** Time to generate the output. */
  readonly completionMs: Milliseconds | null;
  /** Total time, as reported by the server. */
  readonly totalMs: Milliseconds | null;
  /** The provider's own object, as it arrived. */
  readonly raw: unknown;
}

/** What the response cost, as reported by the provider. */
export interface Cost {
  readonly amount: number;
  /** The unit: USD, credits …; null if neither the stream nor the provider's page says. */
  readonly unit: string | null;
}
