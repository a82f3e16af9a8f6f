// The choices of a chat completion: each is a message, with reasoning and calls of tools beside its text.
import type { ItemSnapshot } from "../../model/facts.ts";
import { jsonText } from "../../model/json-text.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";

export interface Choices {
  /** Reads what a chunk adds to a choice. */
  read(choice: number, value: JsonObject): void;
  /** Ends the items of a choice. */
  end(choice: number): void;
}

/** Calls of a choice; a hostile stream could begin one with every chunk. */
const MOST_CALLS = 10_000;

/** A call that is open: its id and name come with the first fragment, as a rule. */
interface Call {
  readonly key: string;
  id: string | null;
  name: string | null;
}

export function createChoices(writer: FactWriter): Choices {
  const items = createKeyedItems(writer, { endsTexts: true });
  /** The calls of the response in hand, by choice and index. */
  let calls = new Map<string, Call>();
  /** The same by the key of the item. */
  let openCalls = new Map<string, Call>();
  /** The choices that have said something, or ended. */
  let begun = new Set<number>();
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
    if (text === "") return;
    writer.delta("reasoning", open(choice, "reasoning", { id: null, type: "reasoning", status: null }), 0, text);
  }

  function readDelta(choice: number, delta: JsonObject): void {
    const { content } = delta;
    // DeepSeek's name for it, that of vLLM and OpenRouter, GitHub Copilot's: some servers send the same text under two.
    const names = [delta.reasoning_content, delta.reasoning, delta.reasoning_text];
    const reasoning = names.map((text) => asString(text) ?? "").find((text) => text !== "");
    if (reasoning !== undefined) tellReasoning(choice, reasoning);
    else for (const detail of asObjects(delta.reasoning_details)) tellReasoning(choice, textOfDetail(detail));
    if (typeof content === "string") tellText(choice, content);
    else for (const part of asObjects(content)) readContentPart(choice, part);
    const refusal = asString(delta.refusal) ?? "";
    if (refusal !== "") writer.delta("refusal", message(choice), 0, refusal);
    readAudio(choice, asObject(delta.audio));
    for (const image of asObjects(delta.images)) tellMedia(choice, "image", asString(asObject(image.image_url)?.url));
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
      tellReasoning(choice, asString(part.thinking) ?? "");
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
    tellMedia(choice, "audio", asString(audio.data));
  }

  /** `data` is base64; images come as data URLs: https://openrouter.ai/docs/guides/overview/multimodal/image-generation */
  function tellMedia(choice: number, media: "audio" | "image", data: string | null): void {
    if (data === null) return;
    const base64Length = data.replace(/^data:[^,]*,/, "").length;
    writer.tell({ type: "media-delta", response: writer.response(), item: message(choice), media, base64Length });
  }

  /** Fragments are joined by index; where a server gives none, by their place in the list. */
  function readCall(choice: number, value: JsonObject, place: number): void {
    const index = asString(value.index) ?? asIndex(value.index) ?? place;
    const custom = asObject(value.custom);
    const called = custom ?? asObject(value.function) ?? {};
    // Mistral's models have sent the word for none.
    const id = value.id === "null" ? null : asString(value.id) || null;
    const name = asString(called.name) || null;
    const slot = `${choice}/${index}`;
    let call = calls.get(slot);
    // Some give all calls the index 0, each with an id of its own.
    const isOther = call !== undefined && id !== null && call.id !== null && id !== call.id && name !== null;
    if (call === undefined || isOther) {
      if (call !== undefined) endItem(`${choice}/${call.key}`);
      if (calls.size >= MOST_CALLS) return;
      call = { key: `call ${index} ${id ?? ""}`, id, name };
      calls.set(slot, call);
      openCalls.set(`${choice}/${call.key}`, call);
    }
    call.id ??= id;
    call.name ??= name;
    const type = custom === null ? "function_call" : "custom_tool_call";
    const item = open(choice, call.key, { id, type, status: null, ...namesOf(call) });
    const input = called.arguments ?? called.input;
    const text = asObject(input) === null ? (asString(input) ?? "") : jsonText(input);
    if (text !== "") writer.delta("tool-input", item, 0, text);
  }

  /** Ends an item; of a call with the id and name that came late. */
  function endItem(key: string): void {
    const call = openCalls.get(key);
    openCalls.delete(key);
    items.end(key, call === undefined ? {} : namesOf(call));
  }

  return {
    read(choice, value) {
      if (writer.response() !== response) {
        response = writer.response();
        calls = new Map();
        openCalls = new Map();
        keys = new Map();
        begun = new Set();
      }
      const delta = asObject(value.delta);
      const whole = asObject(value.message);
      if (delta !== null) readDelta(choice, delta);
      // Perplexity repeats it with every chunk; where no delta has come, it is all there is.
      else if (whole !== null && !begun.has(choice)) readDelta(choice, whole);
      // Legacy completions.
      else tellText(choice, asString(value.text) ?? "");
      begun.add(choice);
    },
    end(choice) {
      for (const key of keys.get(choice) ?? []) endItem(key);
      keys.delete(choice);
    },
  };
}

function namesOf({ id, name }: Call): Pick<ItemSnapshot, "name" | "callId"> {
  return { ...(name !== null && { name }), ...(id !== null && { callId: id }) };
}

/** https://openrouter.ai/docs/guides/best-practices/reasoning-tokens: text, a summary of it, or encrypted. */
function textOfDetail(detail: JsonObject): string {
  return asString(detail.text) ?? asString(detail.summary) ?? "";
}
