// The end of a message: one `messageStop` with the reason, and after it only the metadata.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html
import { asString, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { family } from "../../../rules/rule.ts";
import { readBedrockEvent } from "../events.ts";

const severity = { openai: "error", "open-responses": "error", lenient: "warning" } as const;

export const endingRules = family({
  name: "ending",
  rules: [
    {
      id: "message-stop-changed",
      severity,
      meaning: "A second `messageStop` has another stop reason than the first one.",
      why: "A client runs the tool or not, or treats a cut message as complete, depending on which reason it reads.",
      remedy:
        "Look for a gateway that adds a `messageStop` of its own; it must forward the model's `messageStop` unchanged.",
    },
    {
      id: "content-after-message-stop",
      severity,
      meaning: "Events of a content block follow `messageStop`.",
      why: "Clients complete the message at `messageStop`, so they drop the late events or throw.",
      remedy: "Send `messageStop` after all content blocks, and `messageStart` before those of another message.",
    },
  ],
  watch(find) {
    /** Null before the end of the current message. */
    let reason: string | null = null;
    /** The start of the message was seen; imitations of the protocol may send none. */
    let isStarted = false;
    /** One finding for all late events. */
    let isLateFound = false;

    function begin(isBegun: boolean): void {
      reason = null;
      isStarted = isBegun;
      isLateFound = false;
    }

    function stop({ stopReason }: JsonObject, { event }: Reading): void {
      const next = asString(stopReason) ?? "";
      if (reason !== null && isStarted && next !== reason) {
        const message = `messageStop has the stopReason ${next}, but an earlier one had ${reason}`;
        find("message-stop-changed", event, message, { expected: reason, seen: next });
      }
      reason = next;
    }

    function findLate(name: string, { event }: Reading): void {
      if (reason === null || !isStarted || isLateFound) return;
      isLateFound = true;
      find("content-after-message-stop", event, `${name} follows messageStop`, { expected: null, seen: name });
    }

    return {
      read(reading) {
        const { event, payload, facts } = reading;
        const read = payload.type === "object" ? readBedrockEvent(event, payload.value) : null;
        // An error ends the message at any point.
        if (facts.some(({ type }) => type === "error-reported")) begin(false);
        else if (read?.name === "messageStart") begin(true);
        else if (read?.name === "messageStop") stop(read.inner, reading);
        else if (read?.name.startsWith("contentBlock") === true) findLate(read.name, reading);
      },
    };
  },
});
