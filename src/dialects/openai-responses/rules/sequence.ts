// The numbers of events in the protocol: from 0, without gaps, starting again for each response.
import type { Fact } from "../../../model/facts.ts";
import { asString, type Payload } from "../../../model/payload.ts";
import { UNNAMED_EVENT } from "../../../model/wire.ts";
import { family } from "../../../rules/rule.ts";
import type { Place } from "../../../model/finding.ts";

/** The event that starts a response, also if it comes twice. */
const START_EVENT = "response.created";
/** The prefix of the API's own event types. */
const OWN_EVENTS = "response.";
export const sequenceRules = family({
  name: "sequence",
  rules: [
    {
      id: "sequence-gap",
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "The sequence numbers have a gap, so events were lost on the way.",
      why: "The content of the lost events is missing from the response, and nothing in the text shows it.",
      remedy:
        "Look for what drops events between provider and client: a full buffer, a filter on event types, an edited capture.",
    },
    {
      id: "sequence-repeat",
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "A sequence number is repeated or falls, so events were sent twice or out of order.",
      why: "A client that appends deltas as they arrive duplicates or garbles the text.",
      remedy:
        "Look for retries that send events again and for concurrent writers; a resumed stream continues with the next number.",
    },
    {
      id: "sequence-missing",
      // In the schema of every event, for OpenAI and Open Responses alike. OpenAI's streams of early 2025 had none.
      severity: { openai: "warning", "open-responses": "error", lenient: "off" },
      meaning: "Events of a response have no sequence number.",
      why: "Without it, clients cannot detect lost or repeated events, or resume a broken stream (`starting_after`).",
      remedy: "Number all events of a response with `sequence_number`: 0, 1, 2 and so on.",
    },
    {
      id: "start-missing",
      // openai-node's `responses.stream()` throws: the first event must be `response.created`.
      severity: { openai: "warning", "open-responses": "error", lenient: "info" },
      meaning: "The first event of a response, number 0 or without a number, is not `response.created`.",
      why: "Clients set up the response at `response.created`; without it they throw or drop the events that follow.",
      remedy: "Send `response.created` first, with the initial state of the response.",
    },
    {
      id: "resumed-stream",
      severity: "info",
      meaning: "The capture starts mid-response.",
      why: "Earlier events are missing, so texts and items in the report may lack their beginning.",
      remedy:
        "If the stream was resumed on purpose (`starting_after`), do nothing; otherwise capture it from its first event.",
    },
  ],
  watch(find) {
    let previous: number | null = null;
    /** Events since the previous number that may have used up one each. */
    let unnumbered = 0;
    /** The events without a number at the start of a response; null once an event has one. */
    let lead: { first: Place; count: number } | null = null;
    let hasNumbers = false;
    /** A response has begun: an unknown event before it belongs to none and needs no number. */
    let hasBegun = false;
    let hasUnreadable = false;

    function forget(): void {
      previous = null;
      unnumbered = 0;
    }

    function endLead(isAll: boolean): void {
      if (lead === null) return;
      const { first, count } = lead;
      const message = isAll
        ? `no event of the response has a sequence number (${count} events)`
        : `the response's events have no sequence number at first (${count} events)`;
      find("sequence-missing", first, message, { expected: 0, seen: null });
      lead = null;
    }

    function takeUnnumbered(place: Place, eventType: string, payload: Payload): void {
      if (!hasNumbers) {
        lead ??= { first: place, count: 0 };
        lead.count += 1;
        return;
      }
      const expected = previous === null ? null : previous + unnumbered + 1;
      unnumbered += 1;
      const message = `${eventType} has no sequence number, unlike other events of the response`;
      find("sequence-missing", place, message, { expected, seen: wrongNumber(payload) });
    }

    function takeNumber(place: Place, number: number): void {
      if (!hasNumbers) endLead(false);
      hasNumbers = true;
      if (previous !== null && number > previous + unnumbered + 1) {
        const expected = previous + unnumbered + 1;
        const message = `sequence number ${number} follows ${previous}: ${number - expected} missing`;
        find("sequence-gap", place, message, { expected, seen: number });
      } else if (previous !== null && number <= previous) {
        const message = `sequence number ${number} follows ${previous}`;
        find("sequence-repeat", place, message, { expected: previous + 1, seen: number });
      }
      previous = number;
      unnumbered = 0;
    }

    return {
      defect({ type }) {
        // Its number was in the missing data.
        if (type === "event-without-data") forget();
      },
      facts: {
        // The number of an unreadable event is not missing, only unknown.
        unreadable() {
          hasUnreadable = true;
          forget();
        },
        "response-start"({ resumed }, { event, eventType, sequenceNumber }) {
          hasBegun = true;
          forget();
          endLead(true);
          hasNumbers = false;
          if (!resumed) return;
          const difference = { expected: START_EVENT, seen: eventType };
          const number = sequenceNumber === null ? "" : `, number ${sequenceNumber}`;
          const message = `the response begins with ${eventType}${number}`;
          // A stream without numbers cannot be resumed, but an unreadable event may have been the start.
          if (sequenceNumber === 0 || (sequenceNumber === null && !hasUnreadable))
            find("start-missing", event, message, difference);
          else find("resumed-stream", event, message, difference);
        },
      },
      read({ event, eventType, payload, facts, sequenceNumber }) {
        // A response that starts twice is another rule's finding.
        if (eventType === START_EVENT) forget();
        if (sequenceNumber !== null) takeNumber(event, sequenceNumber);
        else if (hasBegun && isNumbered(payload, eventType, facts)) takeUnnumbered(event, eventType, payload);
      },
      stretch({ like: { payload, eventType, facts }, events, sequenceNumber }) {
        if (sequenceNumber !== null) previous = sequenceNumber;
        else if (lead !== null && isNumbered(payload, eventType, facts)) lead.count += events;
      },
      end() {
        endLead(true);
      },
    };
  },
});

/** Whether an event needs a number: `[DONE]`, keep-alives and events outside the dialect do not. */
function isNumbered(payload: Payload, eventType: string, facts: readonly Fact[]): boolean {
  if (payload.type !== "object") return false;
  const isUntyped = asString(payload.value.type) === null;
  if (isUntyped && (eventType === UNNAMED_EVENT || facts.some(({ type }) => type === "error-reported"))) return false;
  // codex.rate_limits and other events that gateways forward: https://github.com/router-for-me/CLIProxyAPI/issues/6007
  if (!eventType.startsWith(OWN_EVENTS) && facts.some(({ type }) => type === "unrecognized")) return false;
  return !facts.some(({ type }) => type === "keep-alive");
}

/** The value in place of a number, if it is short to print. */
function wrongNumber(payload: Payload): string | null {
  const value = payload.type === "object" ? payload.value.sequence_number : null;
  return typeof value === "string" || typeof value === "number" ? JSON.stringify(value) : null;
}
