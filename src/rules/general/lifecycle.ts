// The lifecycle of a response: it begins once, and ends before the input does.
import type { Reading } from "../../model/reading.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";

const START: Place = { index: 0, line: 1, offset: 0 };

export const lifecycleRules = family({
  name: "lifecycle",
  rules: [
    {
      id: "second-start",
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "A response starts again: before it has ended, or after its end under the same id.",
      why: "Clients throw, miss what follows because they have stopped reading, or show the text twice.",
      remedy:
        "Look for a gateway that retries without telling the client: it must end the first attempt before it starts the next, and give the next one a new id.",
    },
    {
      id: "response-id-changed",
      // Not an error: LiteLLM makes a new id for each chunk (BerriAI/litellm#38098); GitHub Copilot encrypts it
      // differently in each event.
      severity: { openai: "warning", "open-responses": "error", lenient: "info" },
      meaning: "A later event gives the response a different id than its first event.",
      why: "A client that stores, resumes or continues the conversation by id asks for the wrong response.",
      remedy: "Look for a gateway that creates its own ids for some events, or that mixes two streams.",
    },
    {
      id: "no-terminal",
      severity: "error",
      meaning: "The input ends, or another response starts, before the response's terminal event.",
      why: "The response may be cut anywhere, even inside a word or a tool call, and its token usage is unknown.",
      remedy:
        "Look for what closed the connection (a proxy timeout, a client that stopped reading, a provider that gave up), then retry or resume.",
    },
    {
      id: "unterminated-last-event",
      severity: "warning",
      meaning: "The input ends without a blank line after the last event, so the SSE standard discards this event.",
      why: "Clients that follow the standard never see the last event, which is often the terminal event with the usage.",
      remedy:
        "End every event with a blank line, including the last one; if the capture was edited, check that its end is still there.",
    },
  ],
  watch(find) {
    let isOpen = false;
    /** The first id of the current response; null if none yet. */
    let id: string | null = null;
    let isIdFound = false;
    /** The id of the last response that ended; null if it had none. */
    let endedId: string | null = null;
    /** Whether there was a response, or data in a stream whose end is unknown. */
    let hasContent = false;
    let lastPlace = START;
    let lastType = "";

    function findOpen(what: string): void {
      if (!isOpen) return;
      const message = `${what} with no terminal event; the last event is ${lastType}`;
      find("no-terminal", lastPlace, message, { expected: "a terminal event", seen: lastType });
    }

    function findSecondStart({ event, eventType }: Reading, id: string | null): void {
      const message = `the response${id === null ? "" : ` ${id}`} begins again before it has ended`;
      find("second-start", event, message, { expected: "a terminal event", seen: eventType });
    }

    function findRestart({ event, eventType }: Reading, id: string): void {
      const message = `the response ${id} has ended, and begins again under the same id`;
      find("second-start", event, message, { expected: "another id", seen: eventType });
    }

    function begin(reading: Reading, newId: string | null): void {
      const isStart = reading.dialect.startEvents.includes(reading.eventType);
      if (isStart && newId !== null && newId === endedId) findRestart(reading, newId);
      else if (isOpen) {
        // A response without an id may be the open one; for one with the same id, there is an update fact instead.
        if (newId === null) findSecondStart(reading, newId);
        else findOpen("another response begins");
      }
      isOpen = true;
      id = newId;
      isIdFound = false;
      endedId = null;
    }

    function end(): void {
      if (isOpen) endedId = id;
      isOpen = false;
    }

    function holdId(seen: string | null, { event }: Reading): void {
      id ??= seen;
      if (seen === null || seen === id || isIdFound) return;
      const message = `the id of the response changes from ${id} to ${seen}`;
      find("response-id-changed", event, message, { expected: id, seen });
      isIdFound = true;
    }

    return {
      facts: {
        "response-start"(fact, reading) {
          begin(reading, fact.id);
          hasContent = true;
        },
        "response-end": end,
        "error-reported": end,
        "response-update"(fact, reading) {
          holdId(fact.id, reading);
          if (isOpen && reading.dialect.startEvents.includes(reading.eventType)) findSecondStart(reading, fact.id);
          // A snapshot alone can end a response: cancelled.
          if (fact.outcome !== null) end();
        },
        "data-received"() {
          hasContent = true;
        },
        // Another rule finds unreadable events; in a known dialect, no response has begun either way.
        unreadable(_, { dialect }) {
          hasContent ||= !dialect.isKnown;
        },
      },
      read({ event, eventType }) {
        lastPlace = event;
        lastType = eventType;
      },
      stretch({ like, last }) {
        lastPlace = last;
        lastType = like.eventType;
      },
      end({ tally: { pending, events }, framing, isStream, stopped, recordingInterrupted }) {
        if (stopped || !isStream) return;
        const interruption = "Ctrl-C or another signal ended the recording";
        findOpen(recordingInterrupted ? interruption : "the input ends");
        if (!hasContent) {
          const difference = { expected: "a response", seen: null };
          const message = recordingInterrupted
            ? `${interruption} before any response began`
            : "the input ends before any response begins";
          find("no-terminal", lastPlace, message, difference);
        }
        // Another rule finds cut binary frames. A recording that was interrupted may end within an event.
        if (pending === null || recordingInterrupted || framing === "aws-eventstream") return;
        const { event, line, offset } = pending;
        const [expected, message] = unterminated(framing, event);
        const difference = { expected, seen: "the end of the input" };
        find("unterminated-last-event", { index: events, line, offset }, message, difference);
      },
    };
  },
});

/** What is missing if the input ends within an event, and the message. */
function unterminated(framing: string | null, event: string): [expected: string, message: string] {
  if (framing === "json-array") return ["]", "the array is not closed: an event is cut, or the rest is missing"];
  if (framing === "json-documents") return ["}", "the last JSON document is not closed: it is cut"];
  return ["a blank line", `no blank line after the last event (${event}): the standard discards it`];
}
