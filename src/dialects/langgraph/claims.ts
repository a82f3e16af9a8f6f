// Detects events of LangGraph Platform and LangServe.
import { asId, asObject, asObjects, asString, type JsonObject, type Payload } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import { isChunk, isMessage } from "./messages.ts";

/** The mode of a streamed event: `messages` of `messages|agent:1ef6`, which a subgraph sends. */
export function modeOf({ event }: Pick<WireEvent, "event">): string {
  const end = event.indexOf("|");
  return end === -1 ? event : event.slice(0, end);
}

/** `on_chat_model_stream` and others: https://reference.langchain.com/python/langchain_core/runnables/ (astream_events) */
const RUNNABLE_EVENT = /^on_(?:chat_model|llm|chain|tool|retriever|prompt|parser)_(?:start|stream|end|error)$/;

export function isRunnableEvent(value: JsonObject): boolean {
  return RUNNABLE_EVENT.test(asString(value.event) ?? "") && asId(value.run_id) !== null;
}

/** Whether an event, seen first, is of LangGraph or LangServe. */
export function isOwn(event: WireEvent, payload: Payload): boolean {
  const mode = modeOf(event);
  if (payload.type === "json") return isListOfMessages(mode, payload.value);
  if (payload.type !== "object") return false;
  const { value } = payload;
  if (mode === "metadata") return asId(value.run_id) !== null;
  if (mode === "data" && (isLog(value) || (isChunk(value) && value.content !== undefined))) return true;
  return isRunnableEvent(value);
}

function isListOfMessages(mode: string, value: unknown): boolean {
  const [first] = asObjects(value);
  return (mode === "messages" || mode.startsWith("messages/")) && first !== undefined && isMessage(first);
}

/** JSON patches of LangServe's `stream_log`. */
function isLog(value: JsonObject): boolean {
  return asObjects(value.ops).some(({ op, path }) => asString(op) !== null && asString(path) !== null);
}

/** The texts that a log adds to the streamed output. */
export function streamedInLog(value: JsonObject): unknown[] {
  return asObjects(value.ops).flatMap(({ path, value: added }) => (path === "/streamed_output/-" ? [added] : []));
}

/** The output of a chain other than messages: a text, or a text under a usual name. */
export function textOfChunk(chunk: unknown): string {
  const value = asObject(chunk) ?? {};
  return asString(chunk) ?? asString(value.answer) ?? asString(value.output) ?? asString(value.text) ?? "";
}
