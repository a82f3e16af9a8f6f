// The events that end a response, as clients know them.
// https://platform.openai.com/docs/api-reference/responses-streaming/response/completed
import { asObject } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";
import { isBareResponse } from "../bare-response.ts";
import { RESPONSE_DONE } from "../events.ts";
import { payloadOf, typeOf } from "./event.ts";

const TERMINALS: ReadonlySet<string> = new Set(["response.completed", "response.incomplete", "response.failed"]);

export const terminalRules = family({
  name: "terminals",
  rules: [
    {
      id: "terminal-event-shape",
      // 7836246/cursor2api#115, jlcodes99/cockpit-tools#2328
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning:
        "The terminal event has no `response`, is `response.done`, which this API does not have, or is a bare response.",
      why: "Clients take status, output and usage from `response` of `response.completed`: they throw or wait forever.",
      remedy:
        "End the stream with `response.completed`, `response.incomplete` or `response.failed`, and put the whole response into its `response`.",
    },
  ],
  watch(find, { ledger }) {
    return {
      facts: {
        "response-end"(_, reading) {
          const value = payloadOf(reading);
          // A terminal event after the end is another rule's finding.
          if (value === null || !ledger.isEnding) return;
          const { event } = reading;
          const type = typeOf(value, reading);
          if (isBareResponse(value) && !TERMINALS.has(type)) {
            const difference = { expected: "the events of a stream", seen: "a response" };
            find("terminal-event-shape", event, "a whole response is sent in place of stream events", difference);
          } else if (type === RESPONSE_DONE) {
            const difference = { expected: "response.completed", seen: RESPONSE_DONE };
            find(
              "terminal-event-shape",
              event,
              `${RESPONSE_DONE} ends the response, not response.completed`,
              difference,
            );
          } else if (TERMINALS.has(type) && asObject(value.response) === null) {
            const difference = {
              expected: "an object",
              seen: value.response === undefined ? null : typeof value.response,
            };
            find("terminal-event-shape", event, `${type} has no response: clients wait forever`, difference);
          }
        },
      },
    };
  },
});
