// The end of a response in protocols that state the reason in one word: stop, MAX_TOKENS, content-filter …
import type { Outcome } from "../../model/facts.ts";
import type { FactWriter } from "./fact-writer.ts";

/** Ends the current response. The provider's word is its status and, if it is not complete, also the reason. */
export function finish(writer: FactWriter, outcome: Outcome, word: string | null): void {
  writer.endResponse(outcome, word, outcome === "completed" ? null : word);
}
