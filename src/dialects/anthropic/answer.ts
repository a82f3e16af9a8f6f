// Builds a message as sent without `stream: true` from the events of a streamed one.
// https://docs.anthropic.com/en/api/messages, https://docs.anthropic.com/en/docs/build-with-claude/streaming
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Answer, Draft } from "../answer.ts";
import { append, entryAt, inOrder, inputOf, update } from "../reader/draft.ts";
import { isWholeMessage } from "./whole-message.ts";

export function createAnswer(): Answer {
  let message: Draft = {};
  let usage: Draft = {};
  let blocks = new Map<number, Draft>();
  /** The input of calls, which comes in fragments of JSON. */
  let inputs = new Map<number, Draft>();
  let isWhole = false;

  function begin(first: JsonObject): void {
    message = { ...first };
    usage = { ...asObject(first.usage) };
    blocks = new Map(asObjects(first.content).map((block, index) => [index, { ...block }]));
    inputs = new Map();
    isWhole = false;
  }

  function addDelta(index: number, delta: JsonObject): void {
    const block = entryAt(blocks, index, () => ({ type: "text", text: "" }));
    if (delta.type === "text_delta") append(block, "text", delta.text);
    else if (delta.type === "thinking_delta") append(block, "thinking", delta.thinking);
    else if (delta.type === "signature_delta") append(block, "signature", delta.signature);
    else if (delta.type === "compaction_delta") append(block, "content", delta.content);
    else if (delta.type === "citations_delta") {
      block.citations = [...asObjects(block.citations), asObject(delta.citation) ?? {}];
    } else if (delta.type === "input_json_delta") {
      append(
        entryAt(inputs, index, () => ({})),
        "text",
        delta.partial_json,
      );
    }
  }

  const adders = new Map<string, (value: JsonObject) => void>([
    ["message_start", (value) => begin(asObject(value.message) ?? {})],
    ["content_block_start", (value) => blocks.set(indexOf(value), { ...asObject(value.content_block) })],
    ["content_block_delta", (value) => addDelta(indexOf(value), asObject(value.delta) ?? {})],
    [
      "message_delta",
      ({ delta, usage: counts, context_management: management }) => {
        Object.assign(message, asObject(delta));
        update(usage, asObject(counts));
        update(message, { context_management: management });
      },
    ],
    ["message_stop", () => (isWhole = asString(message.type) !== null)],
    ["error", () => begin({})],
  ]);

  return {
    add(value, event) {
      if (isWholeMessage(value)) {
        begin(value);
        isWhole = true;
      } else adders.get(asString(value.type) ?? event.event)?.(value);
    },
    document() {
      if (!isWhole) return null;
      for (const [index, { text }] of inputs) {
        const block = blocks.get(index);
        if (block !== undefined && asString(text) !== "") block.input = inputOf(asString(text) ?? "");
      }
      return { ...message, content: inOrder(blocks), usage };
    },
  };
}

/** An event without an index is of the first block. */
function indexOf(value: JsonObject): number {
  return asIndex(value.index) ?? 0;
}
