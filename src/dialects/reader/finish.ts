// The end of a response in protocols that say by one word why it ended: stop, MAX_TOKENS, content-filter …
import type { Outcome } from "../../model/facts.ts";
import type { FactWriter } from "./fact-writer.ts";

/** Ends the response in hand. The provider's word is its status and, where it is not complete, the reason too. */
export function finish(writer: FactWriter, outcome: Outcome, word: string | null): void {
  writer.endResponse(outcome, word, outcome === "completed" ? null : word);
}
