// A response that is one text and nothing else: its first fragment starts it, and a word ends it.
import type { Outcome } from "../../model/facts.ts";
import type { FactWriter } from "./fact-writer.ts";
import { finish } from "./finish.ts";
import { createStreamedItems } from "./streamed-items.ts";

export interface RunningText {
  /** Begins a response if none is open. */
  begin(): void;
  append(text: string): void;
  /** Ends the current response with the provider's word. */
  finish(outcome: Outcome, word: string | null): void;
}

const KEY = "text";

export function createRunningText(writer: FactWriter): RunningText {
  const items = createStreamedItems(writer);
  let isOpen = false;

  function begin(): void {
    if (!isOpen) writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
    isOpen = true;
  }

  return {
    begin,
    append(text) {
      begin();
      if (text === "") return;
      items.open(KEY, "text", () => ({ id: null, type: "message", status: null }));
      items.append(KEY, text);
    },
    finish(outcome, word) {
      begin();
      items.endAll();
      finish(writer, outcome, word);
      isOpen = false;
    },
  };
}
