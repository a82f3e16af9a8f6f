// The stop reason of a message and its final usage, which come once, in `message_delta`.
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
      remedy:
        "Look for a gateway that adds a `message_delta` of its own; it must forward the model's `message_delta` unchanged.",
    },
    {
      id: "stop-reason-repeated",
      // farion1231/cc-switch#2364: a client aborts at the second one.
      severity: "info",
      meaning: "A second `message_delta` has the stop reason again.",
      why: "The protocol allows several, but clients that treat the first one as the end abort or miss the usage.",
      remedy: "Send one `message_delta` with the stop reason and the final usage.",
    },
    {
      id: "final-usage-missing",
      // earendil-works/pi#6567
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "No event after `message_start` reports the usage of the message.",
      why: "The counts in `message_start` are incomplete, and some clients throw at a `message_delta` without usage.",
      remedy: "Send the final usage in the `message_delta` that has the stop reason.",
    },
  ],
  watch(find) {
    let reason: string | null = null;
    let isRepeatFound = false;
    /** Usage was reported after `message_start`. */
    let isCounted = true;
    return {
      facts: {
        "response-start"({ resumed }) {
          reason = null;
          isRepeatFound = false;
          // Unknown if the capture starts mid-message.
          isCounted = resumed;
        },
        "usage-reported"(_, { facts }) {
          isCounted ||= !facts.some(({ type }) => type === "response-start");
        },
        // A message that is complete at its start has no message_delta, and no reason after it.
        "response-end"(_, { event }) {
          if (reason === null || isCounted) return;
          const difference = { expected: "usage", seen: null };
          find("final-usage-missing", event, "no event after message_start reports usage", difference);
        },
      },
      payloads: {
        message_delta(value, { event }) {
          const next = asString(asObject(value.delta)?.stop_reason);
          if (next === null) return;
          if (reason !== null && next !== reason) {
            const message = `message_delta has the stop_reason ${next}, but an earlier one had ${reason}`;
            find("stop-reason-changed", event, message, { expected: reason, seen: next });
          } else if (reason !== null && !isRepeatFound) {
            isRepeatFound = true;
            const message = `a second message_delta has the stop_reason ${next}`;
            find("stop-reason-repeated", event, message, { expected: null, seen: next });
          }
          reason = next;
        },
      },
    };
  },
});
