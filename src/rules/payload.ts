// What single events hold: errors, damage, and what is not known.
import type { RuleFamily } from "./rule.ts";

export const payloadRules: RuleFamily = {
  name: "payload",
  rules: [
    {
      id: "in-band-error",
      severity: "error",
      meaning: "The stream itself reports an error, after HTTP said all is well.",
    },
    {
      id: "invalid-json",
      severity: "error",
      meaning: "An event's data is not the JSON object that the dialect speaks.",
    },
    { id: "unrecognized-event", severity: "info", meaning: "An event of a type that this version does not know." },
  ],
  watch(find) {
    /** An `error` event is often followed by a failed response that says the same: one fault, one finding. */
    let lastError = "";
    return {
      read({ event, eventType, facts }) {
        for (const fact of facts) {
          if (fact.type === "error-reported") {
            const { type, code, message } = fact.error;
            const error = `${code ?? type ?? eventType}: ${message ?? "no message"}`;
            if (error !== lastError) find("in-band-error", event, error);
            lastError = error;
          } else if (fact.type === "response-start") lastError = "";
          else if (fact.type === "unreadable") {
            find("invalid-json", event, `the data cannot be read: ${fact.reason}`);
          } else if (fact.type === "unrecognized") {
            find("unrecognized-event", event, `${fact.name ?? eventType} is not known`);
          }
        }
      },
    };
  },
};
