// How a response, and the whole stream, ended.
import type { Outcome } from "./facts.ts";

export const verdicts = [
  "completed",
  "ended",
  "refused",
  "incomplete",
  "failed",
  "truncated",
  "transport-error",
  "not-a-stream",
] as const;
export type Verdict = (typeof verdicts)[number];

/** What is known of a response when the input is over. */
export interface ResponseEnding {
  /** The outcome that its last snapshot told; null where none did. */
  readonly outcome: Outcome | null;
  readonly hasError: boolean;
  readonly hasRefusal: boolean;
}

/** An error outweighs whatever else was said; a response that never said how it ended is truncated. */
export function verdictOfResponse({ outcome, hasError, hasRefusal }: ResponseEnding): Verdict {
  if (hasError) return "failed";
  if (outcome === "completed" && hasRefusal) return "refused";
  return outcome ?? "truncated";
}
