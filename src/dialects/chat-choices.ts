// The choices of a chat completion: each is a message, with reasoning and calls of tools beside its text.
import type { ItemSnapshot } from "../facts.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../payload.ts";
import type { FactWriter } from "./fact-writer.ts";
import { createKeyedItems } from "./keyed-items.ts";

export interface Choices {
  /** Reads what a chunk adds to a choice. */
  read(choice: number, value: JsonObject): void;
  /** Ends the items of a choice. */
  end(choice: number): void;
}

/** Calls of a choice; a hostile stream could begin one with every chunk. */
const MOST_CALLS = 10_000;

/** A call that is open. */
interface Call {
  readonly key: string;
  readonly id: string | null;
}

export function createChoices(writer: FactWriter): Choices {
  const items = createKeyedItems(writer, { endsTexts: true });
  /** The calls of the response in hand, by choice and index. */
  let calls = new Map<string, Call>();
  /** The keys of the open items by choice. */
  let keys = new Map<number, Set<string>>();
  let response = -1;

  function open(choice: number, name: string, snapshot: ItemSnapshot): number {
    const key = `${choice}/${name}`;
    const open = keys.get(choice) ?? new Set();
    keys.set(choice, open.add(key));
    return items.open(key, () => snapshot);
  }

  function message(choice: number): number {
    return open(choice, "message", { id: null, type: "message", status: null });
  }

  function tellText(choice: number, text: string): void {
    if (text !== "") writer.delta("text", message(choice), 0, text);
  }

  function tellReasoning(choice: number, text: string): void {
    const isNew = text !== "";
    if (isNew)
      writer.delta("reasoning", open(choice, "reasoning", { id: null, type: "reasoning", status: null }), 0, text);
  }

  function readDelta(choice: number, delta: JsonObject): void {
    const { content } = delta;
    // The same text under up to three names: DeepSeek's, vLLM's and OpenRouter's, OpenRouter's in detail.
    const reasoning = asString(delta.reasoning_content) ?? asString(delta.reasoning);
    if (reasoning !== null) tellReasoning(choice, reasoning);
    else for (const detail of asObjects(delta.reasoning_details)) tellReasoning(choice, textOfDetail(detail));
    if (typeof content === "string") tellText(choice, content);
    else for (const part of asObjects(content)) readContentPart(choice, part);
    const refusal = asString(delta.refusal) ?? "";
    if (refusal !== "") writer.delta("refusal", message(choice), 0, refusal);
    readAudio(choice, asObject(delta.audio));
    for (const annotation of asObjects(delta.annotations)) {
      const of = asObject(annotation.url_citation) ?? annotation;
      const title = asString(of.title) ?? asString(of.url);
      writer.tell({
        type: "annotation-added",
        response: writer.response(),
        item: message(choice),
        kind: asString(annotation.type),
        title,
      });
    }
    asObjects(delta.tool_calls).forEach((call, place) => readCall(choice, call, place));
    const legacy = asObject(delta.function_call);
    if (legacy !== null) readCall(choice, { function: legacy, index: "function_call" }, 0);
  }

  /** Mistral's content may be a list: https://docs.mistral.ai/capabilities/reasoning/ */
  function readContentPart(choice: number, part: JsonObject): void {
    if (part.type === "text") tellText(choice, asString(part.text) ?? "");
    else if (part.type === "thinking") {
      for (const { text } of asObjects(part.thinking)) tellReasoning(choice, asString(text) ?? "");
    } else if (part.type === "reference") {
      const item = message(choice);
      writer.tell({ type: "annotation-added", response: writer.response(), item, kind: "reference", title: null });
    } else writer.tell({ type: "unrecognized", name: `content ${asString(part.type) ?? ""}`.trim() });
  }

  /** https://platform.openai.com/docs/guides/audio: what is said, and its sound in base64. */
  function readAudio(choice: number, audio: JsonObject | null): void {
    if (audio === null) return;
    tellText(choice, asString(audio.transcript) ?? "");
    const data = asString(audio.data);
    if (data === null) return;
    const item = message(choice);
    writer.tell({ type: "media-delta", response: writer.response(), item, media: "audio", base64Length: data.length });
  }

  /** Fragments are joined by index; where a server gives none, by their place in the list. */
  function readCall(choice: number, value: JsonObject, place: number): void {
    const index = asString(value.index) ?? asIndex(value.index) ?? place;
    const custom = asObject(value.custom);
    const called = custom ?? asObject(value.function) ?? {};
    const id = asString(value.id) || null;
    const slot = `${choice}/${index}`;
    let call = calls.get(slot);
    // Some give all calls the index 0, each with an id of its own.
    const isOther = call !== undefined && id !== null && call.id !== null && id !== call.id && asString(called.name);
    if (call === undefined || isOther) {
      if (call !== undefined) items.end(`${choice}/${call.key}`);
      if (calls.size >= MOST_CALLS) return;
      call = { key: `call ${index} ${id ?? ""}`, id };
      calls.set(slot, call);
    }
    const name = asString(called.name);
    const item = open(choice, call.key, {
      id,
      type: custom === null ? "function_call" : "custom_tool_call",
      status: null,
      ...(name !== null && { name }),
      ...(id !== null && { callId: id }),
    });
    const input = called.arguments ?? called.input;
    const text = asObject(input) === null ? (asString(input) ?? "") : JSON.stringify(input);
    if (text !== "") writer.delta("tool-input", item, 0, text);
  }

  return {
    read(choice, value) {
      if (writer.response() !== response) {
        response = writer.response();
        calls = new Map();
        keys = new Map();
      }
      const delta = asObject(value.delta);
      if (delta !== null) readDelta(choice, delta);
      // Legacy completions.
      else tellText(choice, asString(value.text) ?? "");
    },
    end(choice) {
      for (const key of keys.get(choice) ?? []) items.end(key);
      keys.delete(choice);
    },
  };
}

/** https://openrouter.ai/docs/guides/best-practices/reasoning-tokens: text, a summary of it, or encrypted. */
function textOfDetail(detail: JsonObject): string {
  return asString(detail.text) ?? asString(detail.summary) ?? "";
}
