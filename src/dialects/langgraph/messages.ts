// LangChain's messages as JSON: a chunk of one, or a whole one.
// https://reference.langchain.com/python/langchain_core/messages/ (AIMessageChunk, UsageMetadata)
import type { Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";

/** Whether a value is a message of the model: `ai` if it is whole, `AIMessageChunk` if not. */
export function isModels(value: JsonObject): boolean {
  return value.type === "ai" || value.type === "AIMessage" || isChunk(value);
}

export function isChunk({ type }: JsonObject): boolean {
  return type === "AIMessageChunk";
}

/** Whether a value is a message of any role: user, system, tool or model. */
export function isMessage(value: JsonObject): boolean {
  if (value.content === undefined) return false;
  return isModels(value) || KINDS.has(value.type);
}

const KINDS: ReadonlySet<unknown> = new Set(
  ["human", "system", "tool", "function", "Human", "System", "Tool", "Function"].flatMap((kind) => [
    kind,
    `${kind}Message`,
    `${kind}MessageChunk`,
  ]),
);

/** The content of a message; for a chunk, the new content. */
export interface MessageTexts {
  readonly text: string;
  readonly reasoning: string;
}

export function textsOf(message: JsonObject): MessageTexts {
  const { content } = message;
  const blocks = asObjects(content);
  const texts = blocks.map((block) => (block.type === "text" ? (asString(block.text) ?? "") : ""));
  const thoughts = blocks.map((block) => asString(block.thinking) ?? asString(block.reasoning) ?? "");
  const beside = asString(asObject(message.additional_kwargs)?.reasoning_content) ?? "";
  return { text: asString(content) ?? texts.join(""), reasoning: thoughts.join("") + beside };
}

export interface Call {
  readonly key: string;
  readonly id: string | null;
  readonly name: string | null;
  /** JSON text, whole or a fragment. */
  readonly input: string;
  readonly isWhole: boolean;
}

export function callsOf(message: JsonObject): Call[] {
  const chunks = asObjects(message.tool_call_chunks);
  if (isChunk(message) && chunks.length > 0) {
    return chunks.map((chunk, place) => ({
      key: String(asIndex(chunk.index) ?? asId(chunk.id) ?? place),
      id: asId(chunk.id),
      name: asId(chunk.name),
      input: asString(chunk.args) ?? "",
      isWhole: false,
    }));
  }
  return asObjects(message.tool_calls).map((call, place) => ({
    key: asId(call.id) ?? String(place),
    id: asId(call.id),
    name: asId(call.name),
    input: asObject(call.args) === null ? "" : JSON.stringify(call.args),
    isWhole: true,
  }));
}

/** Why the model stopped, in its provider's word; null while it continues. */
export function reasonOf(message: JsonObject): string | null {
  const metadata = asObject(message.response_metadata) ?? {};
  const delta = asObject(metadata.message_delta);
  return (
    asId(metadata.finish_reason) ??
    asId(metadata.stop_reason) ??
    asId(metadata.finishReason) ??
    asId(metadata.stopReason) ??
    asId(metadata.done_reason) ??
    asId(delta?.stop_reason)
  );
}

/** The words of OpenAI, Anthropic, Google and Ollama; `null` for those after which the run continues with a tool. */
const OUTCOMES = new Map<string, Outcome | null>([
  ["stop", "completed"],
  ["end_turn", "completed"],
  ["stop_sequence", "completed"],
  ["complete", "completed"],
  ["completed", "completed"],
  ["tool_calls", null],
  ["tool_call", null],
  ["tool_use", null],
  ["function_call", null],
  ["refusal", "refused"],
  ["content_filter", "incomplete"],
  ["safety", "incomplete"],
  ["length", "incomplete"],
  ["max_tokens", "incomplete"],
]);

/** The outcome of a run for a model's reason; null if the run continues. */
export function outcomeOf(reason: string): Outcome | null {
  const outcome = OUTCOMES.get(reason.toLowerCase());
  return outcome === undefined ? "incomplete" : outcome;
}
