// The stop reason of a message, which comes once, with its last usage, in `message_delta`.
// https://platform.claude.com/docs/en/build-with-claude/streaming
import { asObject, asString } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";

export const stopReasonRules = family({
  name: "stop-reasons",
  rules: [
    {
      id: "stop-reason-changed",
      severity: "error",
      meaning: "A message has two different stop reasons.",
      why: "A client runs the tool or not, or treats a cut message as complete, depending on which reason it reads.",
      remedy: "Look for a gateway that adds a `message_delta` of its own; it must forward the model's one unchanged.",
    },
    {
      id: "stop-reason-repeated",
      // farion1231/cc-switch#2364: a client aborts at the second one.
      severity: "info",
      meaning: "A second `message_delta` has the stop reason again.",
      why: "The protocol allows several, but clients that take the first one for the end abort, or miss the usage.",
      remedy: "Send one `message_delta` with the stop reason and the final usage.",
    },
  ],
  watch(find) {
    let reason: string | null = null;
    let isRepeatFound = false;
    return {
      needs: "all but deltas",
      read({ event, payload, facts }) {
        for (const fact of facts) {
          if (fact.type !== "response-start") continue;
          reason = null;
          isRepeatFound = false;
        }
        if (payload.type !== "object" || (asString(payload.value.type) ?? event.event) !== "message_delta") return;
        const next = asString(asObject(payload.value.delta)?.stop_reason);
        if (next === null) return;
        if (reason !== null && next !== reason) {
          const message = `message_delta has the stop_reason ${next}, and the one before had ${reason}`;
          find("stop-reason-changed", event, message, { expected: reason, seen: next });
        } else if (reason !== null && !isRepeatFound) {
          isRepeatFound = true;
          const message = `a second message_delta has the stop_reason ${next}`;
          find("stop-reason-repeated", event, message, { expected: null, seen: next });
        }
        reason = next;
      },
    };
  },
});
