// The numbers that the protocol gives its events: from 0, one by one, anew for each response.
import type { RuleFamily } from "./rule.ts";

export const sequenceRules: RuleFamily = {
  name: "sequence",
  rules: [
    { id: "sequence-gap", severity: "error", meaning: "Sequence numbers are missing: events were lost on the way." },
    {
      id: "sequence-repeat",
      severity: "error",
      meaning: "A sequence number comes again: events were sent twice, or out of order.",
    },
    { id: "resumed-stream", severity: "info", meaning: "The capture begins in the middle of a response." },
  ],
  watch(find) {
    let previous: number | null = null;
    return {
      read({ event, facts, sequenceNumber }) {
        for (const fact of facts) {
          // The number of an event that cannot be read is not missing: it is only not known.
          if (fact.type === "response-start" || fact.type === "unreadable") previous = null;
          if (fact.type !== "response-start") continue;
          if (fact.resumed && sequenceNumber !== null && sequenceNumber > 0) {
            find("resumed-stream", event, `the first event has sequence number ${sequenceNumber}, not 0`);
          }
        }
        if (sequenceNumber === null) return;
        const expected = previous === null ? null : previous + 1;
        if (expected !== null && sequenceNumber > expected) {
          const missing = sequenceNumber - expected;
          find("sequence-gap", event, `sequence number ${sequenceNumber} follows ${previous}: ${missing} missing`);
        } else if (expected !== null && sequenceNumber < expected) {
          find("sequence-repeat", event, `sequence number ${sequenceNumber} follows ${previous}`);
        }
        previous = sequenceNumber;
      },
    };
  },
};
