// Builds a response as sent with `stream: false`: https://docs.ollama.com/api/chat,
// https://docs.ollama.com/api/generate
import { asObject, asObjects, type JsonObject } from "../../model/payload.ts";
import type { Answer, Draft } from "../answer.ts";
import { append } from "../reader/draft.ts";

export function createAnswer(): Answer {
  let fields: Draft = {};
  let message: Draft | null = null;
  let texts: Draft = {};
  let isWhole = false;

  function begin(): void {
    fields = {};
    message = null;
    texts = {};
    isWhole = false;
  }

  return {
    add(value) {
      if (typeof value.done !== "boolean") return begin();
      if (isWhole) begin();
      const { message: added, response, thinking, ...rest } = value;
      Object.assign(fields, rest);
      append(texts, "response", response);
      append(texts, "thinking", thinking);
      const piece = asObject(added);
      if (piece !== null) addMessage((message ??= {}), piece);
      isWhole = value.done;
    },
    document: () => (isWhole ? { ...fields, ...texts, ...(message !== null && { message }) } : null),
  };
}

function addMessage(message: Draft, { content, thinking, tool_calls, ...rest }: JsonObject): void {
  Object.assign(message, rest);
  append(message, "content", content);
  append(message, "thinking", thinking);
  const calls = asObjects(tool_calls);
  if (calls.length > 0) message.tool_calls = [...asObjects(message.tool_calls), ...calls];
}
