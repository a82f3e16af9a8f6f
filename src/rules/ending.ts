// How the input ends: whole, cut, or within an event.
import type { Place, RuleFamily } from "./rule.ts";

const START: Place = { index: 0, line: 1, offset: 0 };

export const endingRules: RuleFamily = {
  name: "ending",
  rules: [
    {
      id: "no-terminal",
      severity: "error",
      meaning: "The input ends, or another response begins, before a response's terminal event.",
    },
    {
      id: "unterminated-last-event",
      severity: "warning",
      meaning: "The input ends without the blank line that ends its last event, which the SSE standard then discards.",
    },
  ],
  watch(find) {
    let isOpen = false;
    /** A response, or data of a stream of which no end is known: without either, nothing but silence came. */
    let hasContent = false;
    let last: { place: Place; eventType: string } | null = null;

    function findOpen(what: string): void {
      if (!isOpen || last === null) return;
      find("no-terminal", last.place, `${what} with no terminal event; the last event is ${last.eventType}`);
    }

    return {
      read({ event, eventType, facts }) {
        for (const fact of facts) {
          if (fact.type === "response-start") {
            findOpen("another response begins");
            isOpen = true;
          } else if (fact.type === "response-end" || fact.type === "error-reported") isOpen = false;
          // A snapshot can be an end of its own: cancelled.
          else if (fact.type === "response-update" && fact.outcome !== null) isOpen = false;
          hasContent ||= fact.type === "response-start" || fact.type === "data-received";
        }
        last = { place: event, eventType };
      },
      end({ tally: { pending, events }, isStream, stopped }) {
        if (stopped || !isStream) return;
        findOpen("the input ends");
        if (!hasContent) {
          find("no-terminal", last?.place ?? START, "the input ends before any response begins");
        }
        if (pending === null) return;
        const { event, line, offset } = pending;
        const message = `no blank line after the last event (${event}): the standard discards it`;
        find("unterminated-last-event", { index: events, line, offset }, message);
      },
    };
  },
};
