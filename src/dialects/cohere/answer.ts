// Builds a response of version 2 as sent without `stream: true`: https://docs.cohere.com/reference/chat
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Answer, Draft } from "../answer.ts";
import { append, entryAt, inOrder, update } from "../reader/draft.ts";

export function createAnswer(): Answer {
  let fields: Draft = {};
  let message: Draft = {};
  let contents = new Map<number, Draft>();
  let calls = new Map<number, Draft>();
  let citations: JsonObject[] = [];
  let isWhole = false;

  function addContent(value: JsonObject): void {
    const content = asObject(messageOf(value).content) ?? {};
    const known = entryAt(contents, indexOf(value), () => ({
      type: content.thinking === undefined ? "text" : "thinking",
    }));
    update(known, { type: content.type });
    append(known, "text", content.text);
    append(known, "thinking", content.thinking);
  }

  function addCall(value: JsonObject): void {
    const { function: called, ...rest } = asObject(messageOf(value).tool_calls) ?? {};
    const call = entryAt(calls, indexOf(value), () => ({ function: {} }));
    update(call, rest);
    const { arguments: input, ...named } = asObject(called) ?? {};
    const known: Draft = { ...asObject(call.function), ...named };
    append(known, "arguments", input);
    call.function = known;
  }

  const adders = new Map<string, (value: JsonObject) => void>([
    [
      "message-start",
      (value) => {
        fields = { id: value.id };
        message = { role: asString(messageOf(value).role) ?? "assistant" };
        contents = new Map();
        calls = new Map();
        citations = [];
        isWhole = false;
      },
    ],
    ["content-start", addContent],
    ["content-delta", addContent],
    ["tool-plan-delta", (value) => append(message, "tool_plan", messageOf(value).tool_plan)],
    ["tool-call-start", addCall],
    ["tool-call-delta", addCall],
    [
      "citation-start",
      (value) => {
        const added = messageOf(value).citations;
        citations.push(...(Array.isArray(added) ? asObjects(added) : asObjects([added])));
      },
    ],
    [
      "message-end",
      (value) => {
        const { error, ...ending } = asObject(value.delta) ?? {};
        Object.assign(fields, ending);
        isWhole = asString(error) === null;
      },
    ],
  ]);

  return {
    add: (value, event) => adders.get(asString(value.type) ?? event.event)?.(value),
    document() {
      if (!isWhole) return null;
      const parts = {
        ...(contents.size > 0 && { content: inOrder(contents) }),
        ...(calls.size > 0 && { tool_calls: inOrder(calls) }),
        ...(citations.length > 0 && { citations }),
      };
      return { ...fields, message: { ...message, ...parts } };
    },
  };
}

function messageOf(value: JsonObject): JsonObject {
  return asObject(asObject(value.delta)?.message) ?? {};
}

function indexOf(value: JsonObject): number {
  return asIndex(value.index) ?? 0;
}
