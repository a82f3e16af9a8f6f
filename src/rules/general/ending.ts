// The end of a response, and what may follow it: nothing, or `[DONE]`.
import { DONE_SENTINEL } from "../../model/payload.ts";
import type { DialectTraits } from "../../model/dialect-traits.ts";
import type { Fact } from "../../model/facts.ts";
import type { Reading } from "../../model/reading.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";

export const endingRules = family({
  name: "ending",
  concerns: ({ ending }) => ending.terminalIsLast || ending.doneSentinel !== "unspecified",
  rules: [
    {
      id: "event-after-terminal",
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "Events of a response follow its terminal event, or follow `[DONE]`.",
      why: "Clients stop reading at the end, so they miss these events, or a second end confuses them.",
      remedy: "Send the terminal event once, after everything else.",
    },
    {
      id: "done-sentinel",
      // OpenAI sends none here, and its clients ignore one. "The terminal event MUST be the literal string [DONE]":
      // https://www.openresponses.org/specification#http-responses
      severity: { openai: "info", "open-responses": "error", lenient: "off" },
      meaning:
        "The end marker `[DONE]` is present although the protocol has none, or is missing although the protocol requires it.",
      why: "A client written for the other kind of stream waits for `[DONE]` forever, or parses it as JSON and throws.",
      remedy:
        "Send `[DONE]` once at the end of Chat Completions and Open Responses streams and never in OpenAI Responses streams; clients should not depend on it.",
    },
  ],
  watch(find, { profile }) {
    const required = profile === "open-responses" ? ["required", "open-responses"] : ["required"];

    function asksForDone({ ending }: DialectTraits): boolean {
      return required.includes(ending.doneSentinel);
    }

    /** The event that ended the current response, if nothing follows it: an event's type, or `[DONE]`. */
    let endedBy: string | null = null;
    /** A terminal event not yet followed by `[DONE]`. */
    let undone: { place: Place; eventType: string; isAsked: boolean } | null = null;

    function readDone({ event, dialect }: Reading): void {
      const isExtra = dialect.ending.doneSentinel === "extra";
      if (isExtra || (hasOnlyByProfile(dialect) && !asksForDone(dialect))) {
        const difference = { expected: null, seen: DONE_SENTINEL };
        find("done-sentinel", event, `[DONE] is not part of ${dialect.name} streams`, difference);
      } else if (undone === null && asksForDone(dialect)) {
        const difference = { expected: "a terminal event before it", seen: DONE_SENTINEL };
        find("done-sentinel", event, "[DONE] arrives before any response has ended", difference);
      }
      undone = null;
      endedBy = DONE_SENTINEL;
    }

    /** One finding for all late events, at the first one. */
    function findLate({ event, eventType }: Reading, end: string): void {
      find("event-after-terminal", event, `${eventType} follows ${end}`, { expected: null, seen: eventType });
      endedBy = null;
    }

    return {
      read(reading) {
        const { dialect } = reading;
        let isEnd = false;
        for (const fact of reading.facts) {
          if (fact.type === "done-sentinel") readDone(reading);
          else if (fact.type === "response-start") endedBy = null;
          else if (endedBy !== null && isOfResponse(fact)) findLate(reading, endedBy);
          isEnd ||= fact.type === "response-end";
          if (isEnd || fact.type === "error-reported") {
            // A stream may end right after an error.
            const isAsked = asksForDone(dialect) && !reading.wrapped && (isEnd || hasOnlyByProfile(dialect));
            undone = { place: reading.event, eventType: reading.eventType, isAsked };
          }
        }
        // Set last, because the facts before the end fact are from the same event.
        if (isEnd && dialect.ending.terminalIsLast) endedBy = reading.eventType;
      },
      end({ framing, stopped, recordingInterrupted }) {
        if (undone === null || !undone.isAsked || stopped || recordingInterrupted || framing !== "sse") return;
        const { place, eventType } = undone;
        const difference = { expected: `data: ${DONE_SENTINEL}`, seen: null };
        find("done-sentinel", place, `no [DONE] after ${eventType}`, difference);
      },
    };
  },
});

/** Another rule finds errors, including late ones. */
function isOfResponse(fact: Fact): boolean {
  return "response" in fact && fact.type !== "error-reported";
}

/** Whether a dialect has the end marker only in the profile `open-responses`. */
function hasOnlyByProfile({ ending }: DialectTraits): boolean {
  return ending.doneSentinel === "open-responses";
}
