// Errors inside the stream. Uses only facts, so it works for every dialect.
import type { StreamError } from "../../model/facts.ts";
import { UNNAMED_EVENT } from "../../model/wire.ts";
import { family } from "../rule.ts";

export const errorRules = family({
  name: "errors",
  rules: [
    {
      id: "in-band-error",
      severity: "error",
      meaning: "The stream reports an error, although the HTTP status reported success.",
      why: "The response is not complete, but a client that checks only the HTTP status treats it as complete.",
      remedy:
        "Read the error's code and message, which name a quota, a limit or a provider fault; retry if it may pass.",
    },
  ],
  watch(find) {
    /** A failed response often repeats the `error` event before it: one error, one finding. */
    let lastError = "";

    return {
      facts: {
        "response-start"() {
          lastError = "";
        },
        "error-reported"(fact, { event, eventType }) {
          const error = wordsOf(fact.error, eventType);
          if (error !== lastError) find("in-band-error", event, error);
          lastError = error;
        },
      },
    };
  },
});

function wordsOf({ type, code, message }: StreamError, eventType: string): string {
  // An event without a name is called message, which does not help as an error name.
  const word = code ?? type ?? (eventType === UNNAMED_EVENT ? "error" : eventType);
  return `${word}: ${message ?? "no message"}`;
}
