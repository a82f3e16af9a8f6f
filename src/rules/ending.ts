// How the input ends: whole, cut, or within an event.
import type { Place, RuleFamily } from "./rule.ts";

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
    /** Some response is open, by its position; null: none is. */
    let open: number | null = null;
    let last: { place: Place; eventType: string } | null = null;

    function findOpen(what: string): void {
      if (open === null || last === null) return;
      find("no-terminal", last.place, `${what} with no terminal event; the last event is ${last.eventType}`);
    }

    return {
      read({ event, eventType, facts }) {
        for (const fact of facts) {
          if (fact.type === "response-start") {
            findOpen("another response begins");
            open = fact.response;
          } else if (fact.type === "response-end" || fact.type === "error-reported") open = null;
        }
        last = { place: event, eventType };
      },
      end({ tally: { pending, events }, stopped }) {
        if (!stopped) findOpen("the input ends");
        if (pending === null) return;
        const { event, line, offset } = pending;
        const message = `no blank line after the last event (${event}): the standard discards it`;
        find("unterminated-last-event", { index: events, line, offset }, message);
      },
    };
  },
};
