// LangChain's messages as JSON: a chunk of one, or one that is whole.
// https://reference.langchain.com/python/langchain_core/messages/ (AIMessageChunk, UsageMetadata)
import type { Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";

/** Whether a value is a message of the model: `ai` where it is whole, `AIMessageChunk` where it is not. */
export function isModels(value: JsonObject): boolean {
  return value.type === "ai" || value.type === "AIMessage" || isChunk(value);
}

export function isChunk({ type }: JsonObject): boolean {
  return type === "AIMessageChunk";
}

/** Whether a value is a message of anybody: the user, the system, a tool, the model. */
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

/** What a message holds; of a chunk, what is new. */
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
  /** JSON text, whole or a piece. */
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

/** Why the model stopped, in the word of its own provider; null where it goes on. */
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

/** The words of OpenAI, Anthropic, Google and Ollama; `null` for those after which the run goes on with a tool. */
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

/** What a model's reason is for the run; null: the run goes on. */
export function outcomeOf(reason: string): Outcome | null {
  const outcome = OUTCOMES.get(reason.toLowerCase());
  return outcome === undefined ? "incomplete" : outcome;
}
