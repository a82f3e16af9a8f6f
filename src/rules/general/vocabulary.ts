// Event types: on the event line, and in the payload's `type`.
import type { Reading } from "../../model/reading.ts";
import { UNNAMED_EVENT } from "../../model/wire.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";

/** "All extended streaming events MUST be prefixed with the implementor slug": `acme:trace_event`. */
const SLUG_END = ":";

export const vocabularyRules = family({
  name: "vocabulary",
  rules: [
    {
      id: "unrecognized-event",
      // https://www.openresponses.org/specification#extending-streaming-events asks for a prefix. Not an error: a later
      // version of that specification may know the event.
      severity: { openai: "info", "open-responses": "warning", lenient: "info" },
      meaning:
        "This version of ssescope does not know the event's type; with the `open-responses` profile a prefixed extension type is allowed.",
      why: "The event may be new, misspelled or specific to one provider, and some strict clients throw at it.",
      remedy:
        "Look the type up in the provider's documentation, and give your own event types a prefix, such as `acme:trace_event`.",
    },
    {
      id: "foreign-event",
      severity: "warning",
      meaning: "The stream contains events of another protocol, which are skipped.",
      why: "Clients read a stream in one protocol, so the content of these events is not part of the response.",
      remedy:
        "If the file contains two captures, split it; otherwise look for a gateway that mixes in events it should have translated.",
    },
    {
      id: "event-type-mismatch",
      // "The event field MUST match the type in the event body": https://www.openresponses.org/specification#http-responses
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "The event line and the payload name different event types.",
      why: "Some clients use the event line and others the payload, so they read different events from the same stream.",
      remedy: "Write the payload's `type` on the event line.",
    },
    {
      id: "event-unnamed",
      // The same MUST. OpenAI's own streams name every event; OpenRouter's do not, and OpenAI's clients read them.
      severity: { openai: "info", "open-responses": "error", lenient: "off" },
      meaning: "Events have no event line, although the protocol names its events.",
      why: "A client that listens for events by name, such as the browser's EventSource, receives none of them.",
      remedy: "Write `event:` and the payload's `type` before the data line of every event.",
    },
  ],
  watch(find, { profile }) {
    let named = 0;
    let unnamed = 0;
    let firstUnnamed: { place: Place; type: string } | null = null;
    /** Other dialects found in the stream: one finding for each, at its first event. */
    const foreign = new Set<string>();

    function findForeign({ event, dialect: { name } }: Reading, other: string): void {
      if (foreign.has(other)) return;
      foreign.add(other);
      const message = `the stream is ${name}, but this event is ${other}: all such events are skipped`;
      find("foreign-event", event, message, { expected: name, seen: other });
    }

    return {
      facts: {
        unrecognized(fact, { event, eventType, foreignDialect }) {
          if (foreignDialect !== null) return;
          const name = fact.name ?? eventType;
          const isExtension = profile === "open-responses" && name.includes(SLUG_END);
          if (!isExtension) find("unrecognized-event", event, `${name} is not known`, { expected: null, seen: name });
        },
      },
      read(reading) {
        const { event, dialect, payload, foreignDialect } = reading;
        if (foreignDialect !== null) return findForeign(reading, foreignDialect.name);
        if (payload.type !== "object" || !dialect.namesEvents || reading.wrapped) return;
        const { type } = payload.value;
        if (event.event !== UNNAMED_EVENT) named += 1;
        if (typeof type !== "string" || type === event.event) return;
        if (event.event === UNNAMED_EVENT) {
          unnamed += 1;
          firstUnnamed ??= { place: event, type };
          return;
        }
        const message = `the event line says ${event.event}, the payload ${type}`;
        find("event-type-mismatch", event, message, { expected: type, seen: event.event });
      },
      stretch({ like: { event, payload }, events }) {
        if (event.event !== UNNAMED_EVENT) named += events;
        else if (payload.type === "object" && typeof payload.value.type === "string") unnamed += events;
      },
      end({ framing }) {
        // Only SSE has event lines.
        if (framing !== "sse" || firstUnnamed === null) return;
        const { place, type } = firstUnnamed;
        const difference = { expected: `event: ${type}`, seen: null };
        find("event-unnamed", place, `${unnamed} of ${named + unnamed} events have no event line`, difference);
      },
    };
  },
});
