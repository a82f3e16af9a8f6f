// The choices of a chat completion: each is a message, with reasoning and tool calls beside its text.
import type { ItemSnapshot } from "../../model/facts.ts";
import { jsonText } from "../../model/json-text.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { readChoice } from "./choice-progress.ts";

export interface Choices {
  /** Reads what a chunk adds to a choice. */
  read(choice: number, value: JsonObject): void;
  /** Ends the items of a choice. */
  end(choice: number): void;
}

/** Limits the calls of a choice; a hostile stream could start one with every chunk. */
const MOST_CALLS = 10_000;

/** A text that comes again is a repeated message, if it is longer than a fragment may repeat by chance. */
const LONGEST_PIECE = 8;
/** Characters of whole messages that are kept for each choice. */
const MOST_REMEMBERED = 1_000_000;

/** An open call: its id and name usually come with the first fragment. */
interface Call {
  readonly key: string;
  id: string | null;
  name: string | null;
  hasInput: boolean;
}

export function createChoices(writer: FactWriter): Choices {
  const items = createKeyedItems(writer, { endsTexts: true });
  /** The calls of the current response, by choice and index. */
  let calls = new Map<string, Call>();
  /** The same calls by the key of their item. */
  let openCalls = new Map<string, Call>();
  /** The choices whose deltas had content. */
  let withDeltas = new Set<number>();
  /** The text of the choices that come as messages. */
  let messages = new Map<number, string>();
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
    // The names of DeepSeek, of vLLM and OpenRouter, and of GitHub Copilot; some servers send the same text in two of
    // them.
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

  /** https://platform.openai.com/docs/guides/audio: the transcript, and the sound in base64. */
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

  /**
   * Reads a message in place of a delta. Gateways for Baidu's ERNIE put the next fragment of the text in each one
   * (https://github.com/alibaba/higress/issues/1024); after deltas or fragments, a message repeats the whole text.
   */
  function readMessage(choice: number, message: JsonObject): void {
    if (withDeltas.has(choice)) return;
    const text = asString(message.content) ?? "";
    const before = messages.get(choice);
    if (before !== undefined && text === before && before.length > LONGEST_PIECE) return;
    messages.set(choice, ((before ?? "") + text).slice(0, MOST_REMEMBERED));
    readDelta(choice, message);
  }

  /** Joins fragments by index, or by their place in the list if a server gives no index. */
  function readCall(choice: number, value: JsonObject, place: number): void {
    const index = asString(value.index) ?? asIndex(value.index) ?? place;
    const custom = asObject(value.custom);
    const called = custom ?? asObject(value.function) ?? {};
    // Mistral's models have sent the string "null" for no id.
    const id = value.id === "null" ? null : asString(value.id) || null;
    const name = asString(called.name) || null;
    const slot = `${choice}/${index}`;
    let call = calls.get(slot);
    // Some servers give every call the index 0 and its own id.
    const isOther = call !== undefined && id !== null && call.id !== null && id !== call.id && name !== null;
    if (call === undefined || isOther) {
      if (call !== undefined) endItem(`${choice}/${call.key}`);
      if (calls.size >= MOST_CALLS) return;
      call = { key: `call ${index} ${id ?? ""}`, id, name, hasInput: false };
      calls.set(slot, call);
      openCalls.set(`${choice}/${call.key}`, call);
    }
    call.id ??= id;
    if (name !== null) call.name = joinName(call, name);
    const type = custom === null ? "function_call" : "custom_tool_call";
    const item = open(choice, call.key, { id, type, status: null, ...namesOf(call) });
    const input = called.arguments ?? called.input;
    const text = asObject(input) === null ? (asString(input) ?? "") : jsonText(input);
    if (text === "") return;
    call.hasInput = true;
    writer.delta("tool-input", item, 0, text);
  }

  /** Ends an item; a call gets the id and name that came late. */
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
        withDeltas = new Set();
        messages = new Map();
      }
      const delta = asObject(value.delta);
      const whole = asObject(value.message);
      if (delta !== null) {
        readDelta(choice, delta);
        if (!withDeltas.has(choice) && readChoice(value).hasContent) withDeltas.add(choice);
      } else if (whole !== null) readMessage(choice, whole);
      // Legacy completions.
      else tellText(choice, asString(value.text) ?? "");
    },
    end(choice) {
      for (const key of keys.get(choice) ?? []) endItem(key);
      keys.delete(choice);
    },
  };
}

/**
 * The name of a call after a later fragment: the fragment continues the name as long as no input has come
 * (https://github.com/continuedev/continue/issues/5849), or repeats the name so far.
 */
function joinName({ name: before, hasInput }: Call, name: string): string {
  if (before === null || (!hasInput && name.startsWith(before))) return name;
  return hasInput || name === before ? before : before + name;
}

function namesOf({ id, name }: Call): Pick<ItemSnapshot, "name" | "callId"> {
  return { ...(name !== null && { name }), ...(id !== null && { callId: id }) };
}

/** https://openrouter.ai/docs/guides/best-practices/reasoning-tokens: text, a summary of it, or encrypted data. */
function textOfDetail(detail: JsonObject): string {
  return asString(detail.text) ?? asString(detail.summary) ?? "";
}
