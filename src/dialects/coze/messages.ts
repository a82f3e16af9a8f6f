// The messages of a Coze chat: an answer in fragments, and calls that come whole.
import type { ItemSnapshot } from "../../model/facts.ts";
import { asId, asObject, asString, type JsonObject, parsePayload } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";

export interface Messages {
  /** Reads a message or a part of one. Skips questions, follow-ups, results of tools and end marks. */
  read(value: JsonObject, isPiece: boolean): void;
  /** Reads a part of a workflow node's output. */
  piece(node: string, text: string, isLast: boolean): void;
  call(id: string | null, name: string | null, input: string): void;
  audio(id: string, base64: unknown): void;
  endAll(): void;
}

/** Messages that are remembered, so that none is read twice. */
const MOST_MESSAGES = 10_000;

export function createMessages(writer: FactWriter): Messages {
  const items = createStreamedItems(writer);
  /** Messages whose text came in fragments: the event that completes them repeats it. */
  const streamed = new Set<string>();

  function openText(id: string): number {
    return items.open(`text/${id}`, "text", () => ({ id: id || null, type: "message", status: null }));
  }

  function appendText(id: string, text: string): void {
    if (text === "") return;
    items.end(`reasoning/${id}`);
    openText(id);
    items.append(`text/${id}`, text);
  }

  function appendThought(id: string, text: string): void {
    if (text === "") return;
    items.open(`reasoning/${id}`, "reasoning", () => ({ id: null, type: "reasoning", status: null }));
    items.append(`reasoning/${id}`, text);
  }

  function call(id: string | null, name: string | null, text: string): void {
    const key = `call/${id ?? ""}`;
    const snapshot: ItemSnapshot = { id, type: "function_call", status: null, ...(name !== null && { name }) };
    items.open(key, "tool-input", () => snapshot);
    items.end(key, {}, [{ kind: "tool-input", part: 0, text }]);
  }

  /** The content of a call is JSON: `{"name": …, "arguments": {…}, "plugin_name": …}`. */
  function readCall(id: string, content: string): void {
    const payload = parsePayload(content);
    const { name, arguments: input } = payload.type === "object" ? payload.value : {};
    call(id, asString(name), asObject(input) === null ? (asString(input) ?? "") : JSON.stringify(input));
  }

  function readAnswer(id: string, value: JsonObject): void {
    appendThought(id, asString(value.reasoning_content) ?? "");
    if (value.content_type !== "audio") appendText(id, asString(value.content) ?? "");
  }

  return {
    read(value, isPiece) {
      const id = asId(value.id) ?? "";
      if (value.type === "function_call" && !isPiece) readCall(id, asString(value.content) ?? "");
      if (value.type !== "answer") return;
      if (isPiece || !streamed.has(id)) readAnswer(id, value);
      if (!isPiece) {
        items.end(`reasoning/${id}`);
        // The event that completes a message repeats all of it.
        if (value.content_type !== "audio") items.endText(`text/${id}`, asId(value.content));
        items.end(`text/${id}`);
      }
      if (isPiece && streamed.size < MOST_MESSAGES) streamed.add(id);
    },
    piece(node, text, isLast) {
      if (text !== "") {
        items.open(`node/${node}`, "text", () => ({ id: null, type: "message", status: null }));
        items.append(`node/${node}`, text);
      }
      if (isLast) items.end(`node/${node}`);
    },
    call,
    audio(id, base64) {
      const item = openText(id);
      const base64Length = asString(base64)?.length ?? 0;
      writer.tell({ type: "media-delta", media: "audio", response: writer.response(), item, base64Length });
    },
    endAll: () => items.endAll(),
  };
}
