// The end of a response in protocols that say by one word why it ended: stop, MAX_TOKENS, content-filter …
import type { Outcome } from "../facts.ts";
import type { FactWriter } from "./fact-writer.ts";

/**
 * Ends the response in hand. The provider's word is its status where it is complete, and else the reason why it is not;
 * null where it gives none.
 */
export function finish(writer: FactWriter, outcome: Outcome, word: string | null): void {
  const isCompleted = outcome === "completed";
  writer.endResponse(outcome, isCompleted ? word : null, isCompleted ? null : word);
}
