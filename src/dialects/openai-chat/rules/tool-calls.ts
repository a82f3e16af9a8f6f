// The tool calls of chat completions: fragments that cannot be joined.
// https://platform.openai.com/docs/api-reference/chat-streaming
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { family } from "../../../rules/rule.ts";
import type { Place } from "../../../model/finding.ts";

const severity = { openai: "error", "open-responses": "error", lenient: "warning" } as const;

/**
 * Limits the watched choices of a response and calls of a choice; a hostile stream could start one with every chunk.
 */
const MOST_WATCHED = 1000;

interface Choice {
  isOrderFound: boolean;
  readonly calls: Map<number, Call>;
  nextCall: number;
}

interface Call {
  readonly id: string | null;
  /** As received in the fragments so far. */
  readonly name: string | null;
  isChangeFound: boolean;
  isNameFound: boolean;
}

export const toolCallRules = family({
  name: "tool-calls",
  rules: [
    {
      id: "tool-call-unnamed",
      severity,
      meaning: "The first fragment of a tool call has no id or no tool name.",
      why: "Clients create the call from this fragment: they throw, or get a call that they can neither run nor answer.",
      remedy: "Send `id` and `function.name` in the first fragment of each call.",
    },
    {
      id: "tool-call-id-changed",
      severity,
      meaning: "A fragment of a tool call has a different id than the first fragment with its index.",
      why: "Clients join fragments by `index`, so two calls become one with invalid arguments, or a result is sent for an unknown id.",
      remedy: "Give each call of a choice its own `index` and keep its id; clients can treat a new id as a new call.",
    },
    {
      id: "tool-call-index-order",
      // Not an error: Mistral leaves the index out, and gateways keep the index of other items.
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "A tool call has no index, or not the next one.",
      why: "Clients keep calls in a list by index: they throw at the gap, or drop the call.",
      remedy: "Number the tool calls of a choice 0, 1, 2 and so on, without counting its text.",
    },
    {
      id: "tool-call-name-repeated",
      // continuedev/continue#5849, NousResearch/hermes-agent#8259
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "A later fragment of a tool call also has a name: part of the name, the same one or a different one.",
      why: "Some clients append the names, others use the first or the last one, so they call a tool that does not exist.",
      remedy: "Send the whole name in the first fragment of a call, and in no other.",
    },
  ],
  watch(find) {
    let choices = new Map<number, Choice>();

    function readChoice(index: number, value: JsonObject, reading: Reading): void {
      let choice = choices.get(index);
      if (choice === undefined) {
        if (choices.size >= MOST_WATCHED) return;
        choice = { isOrderFound: false, calls: new Map(), nextCall: 0 };
        choices.set(index, choice);
      }
      const delta = asObject(value.delta) ?? {};
      asObjects(delta.tool_calls).forEach((call, place) => readCall(choice, call, place, reading));
    }

    function readCall(choice: Choice, value: JsonObject, place: number, { event }: Reading): void {
      const index = asIndex(value.index);
      const position = index ?? place;
      // Mistral's models have sent the string "null" for no id.
      const id = value.id === "null" ? null : asString(value.id) || null;
      const name = asString((asObject(value.custom) ?? asObject(value.function))?.name) || null;
      const call = choice.calls.get(position);
      if (call !== undefined) {
        readName(call, position, id, name, event);
        if (id === null || call.id === null || id === call.id || call.isChangeFound) return;
        call.isChangeFound = true;
        const message = `the id of tool call ${position} changes from ${call.id} to ${id}`;
        find("tool-call-id-changed", event, message, { expected: call.id, seen: id });
        return;
      }
      if (choice.calls.size >= MOST_WATCHED) return;
      choice.calls.set(position, { id, name, isChangeFound: false, isNameFound: false });
      if (id === null || name === null) {
        const missing = [id === null ? "id" : "", name === null ? "name" : ""]
          .filter((word) => word !== "")
          .join(" and ");
        const message = `tool call ${position} starts without ${missing}`;
        find("tool-call-unnamed", event, message, { expected: "an id and a name", seen: id ?? name });
      }
      if ((index === null || index !== choice.nextCall) && !choice.isOrderFound) {
        choice.isOrderFound = true;
        const words = index === null ? "a tool call has no index" : `a tool call has the index ${index}`;
        const message = `${words}, expected ${choice.nextCall}`;
        find("tool-call-index-order", event, message, { expected: choice.nextCall, seen: index });
      }
      choice.nextCall = Math.max(choice.nextCall, position + 1);
    }

    /** A name with another id belongs to another call: then the id is the problem. */
    function readName(call: Call, position: number, id: string | null, name: string | null, place: Place): void {
      if (name === null || call.name === null || call.isNameFound) return;
      if (id !== null && call.id !== null && id !== call.id) return;
      call.isNameFound = true;
      const again = name === call.name ? "comes again" : `was ${call.name}, and ${name} follows`;
      const message = `the name of tool call ${position} ${again} in a later fragment`;
      find("tool-call-name-repeated", place, message, { expected: null, seen: name });
    }

    return {
      read(reading) {
        for (const fact of reading.facts) if (fact.type === "response-start") choices = new Map();
        if (reading.payload.type !== "object") return;
        for (const choice of asObjects(reading.payload.value.choices)) {
          readChoice(asIndex(choice.index) ?? 0, choice, reading);
        }
      },
    };
  },
});
