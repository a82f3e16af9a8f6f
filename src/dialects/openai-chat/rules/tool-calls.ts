// The tool calls of chat completions: fragments that cannot be joined.
// https://platform.openai.com/docs/api-reference/chat-streaming
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { family } from "../../../rules/rule.ts";

const severity = { openai: "error", "open-responses": "error", lenient: "warning" } as const;

/** Choices of a response, and calls of a choice, that are watched; a hostile stream could begin one with every chunk. */
const MOST_WATCHED = 1000;

interface Choice {
  isOrderFound: boolean;
  readonly calls: Map<number, Call>;
  nextCall: number;
}

interface Call {
  readonly id: string | null;
  isChangeFound: boolean;
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
      // Not an error: Mistral leaves the index out, and gateways keep that of other items.
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "A tool call has no index, or not the next one.",
      why: "Clients keep calls in a list by index: they throw at the gap, or drop the call.",
      remedy: "Number the tool calls of a choice 0, 1, 2 and so on, without counting its text.",
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
      // Mistral's models have sent the word for none.
      const id = value.id === "null" ? null : asString(value.id) || null;
      const call = choice.calls.get(position);
      if (call !== undefined) {
        if (id === null || call.id === null || id === call.id || call.isChangeFound) return;
        call.isChangeFound = true;
        const message = `the id of tool call ${position} was ${call.id} and is ${id}`;
        find("tool-call-id-changed", event, message, { expected: call.id, seen: id });
        return;
      }
      if (choice.calls.size >= MOST_WATCHED) return;
      choice.calls.set(position, { id, isChangeFound: false });
      const name = asString((asObject(value.custom) ?? asObject(value.function))?.name) || null;
      if (id === null || name === null) {
        const missing = [id === null ? "id" : "", name === null ? "name" : ""]
          .filter((word) => word !== "")
          .join(" and no ");
        const message = `tool call ${position} begins with no ${missing}`;
        find("tool-call-unnamed", event, message, { expected: "an id and a name", seen: id ?? name });
      }
      if ((index === null || index !== choice.nextCall) && !choice.isOrderFound) {
        choice.isOrderFound = true;
        const words = index === null ? "a tool call has no index" : `a tool call has the index ${index}`;
        const message = `${words}, where ${choice.nextCall} is the next`;
        find("tool-call-index-order", event, message, { expected: choice.nextCall, seen: index });
      }
      choice.nextCall = Math.max(choice.nextCall, position + 1);
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
