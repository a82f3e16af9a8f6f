// What comes when an answer is over, in protocols that say at its end that nothing more does.
import type { Fact } from "../facts.ts";
import { family } from "./rule.ts";

export const afterwardRules = family({
  name: "afterwards",
  dialects: ["cohere", "ollama"],
  rules: [
    {
      id: "event-after-end",
      severity: "error",
      meaning: "Events of an answer come after the event that ends it.",
      why: "Clients stop reading there: they never see what comes after, or take it for another answer.",
      remedy:
        "Send what ends the answer (`message-end`, `done: true`) once, when all else has been sent; look for a proxy that changes the order.",
    },
  ],
  watch(find) {
    /** What ended the answer in hand, and is still its last word. */
    let endedBy: string | null = null;

    return {
      read({ event, eventType, facts }) {
        let isEnd = false;
        for (const fact of facts) {
          if (fact.type === "response-start") endedBy = null;
          else if (endedBy !== null && isOfAnswer(fact)) {
            // One finding for all that comes late: where it begins is what matters.
            const message = `${eventType} comes after ${endedBy} has ended the answer`;
            find("event-after-end", event, message, { expected: null, seen: eventType });
            endedBy = null;
          }
          isEnd ||= fact.type === "response-end";
        }
        // Only now: the facts before that of the end are of the same event.
        if (isEnd) endedBy = eventType;
      },
    };
  },
});

/** An error can always come, and is found as such. */
function isOfAnswer(fact: Fact): boolean {
  return "response" in fact && fact.type !== "error-reported";
}
