// Cohere's Chat API, version 2: https://docs.cohere.com/v2/docs/streaming
import type { ItemSnapshot, Outcome, Usage } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { functionCall } from "../reader/function-call.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems, type StreamedItems } from "../reader/streamed-items.ts";
import { usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const cohere = {
  ...traits,
  claims(event, payload) {
    if (payload.type === "broken-json") return tellers.has(event.event);
    return payload.type === "object" && tellers.has(asString(payload.value.type) ?? event.event);
  },
  create: createReader,
  rules: [],
} as const satisfies Dialect;

function createReader(): DialectReader {
  const writer = createFactWriter();
  const stream: Stream = { writer, items: createStreamedItems(writer), contents: new Map() };
  return {
    read: readObjects(writer, (value, event) => {
      const type = asString(value.type) ?? event.event;
      const tell = tellers.get(type);
      if (tell !== undefined) tell(value, stream);
      else if (isError(value, event.event)) writer.error(readError(value));
      // The prompt, if the request asks for it.
      else if (type !== "debug") writer.tell({ type: "unrecognized", name: type });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces(value) {
      const text = placeOfText(value);
      return text === null ? null : { text: `/delta/message/${text}`, number: null, padding: null };
    },
  };
}

/** The place of the text in a message. */
function placeOfText(value: JsonObject): string | null {
  switch (value.type) {
    case "content-delta":
      return asString(asObject(messageOf(value).content)?.thinking) === null ? "content/text" : "content/thinking";
    case "tool-plan-delta":
      return "tool_plan";
    case "tool-call-delta":
      return "tool_calls/function/arguments";
    default:
      return null;
  }
}

interface Stream {
  readonly writer: FactWriter;
  readonly items: StreamedItems;
  /** Items by the index of their content: a citation may come after its content has ended. */
  readonly contents: Map<number, number>;
}

/** Reports the facts of one event; `value` is its payload. */
type Teller = (value: JsonObject, stream: Stream) => void;

const tellers = new Map<string, Teller>([
  ["message-start", tellStart],
  ["content-start", tellContent],
  ["content-delta", tellContent],
  ["content-end", (value, { items }) => items.end(contentKey(value))],
  ["tool-plan-delta", tellPlan],
  ["tool-call-start", tellCall],
  ["tool-call-delta", tellCall],
  ["tool-call-end", (value, { items }) => items.end(callKey(value))],
  ["citation-start", tellCitations],
  ["citation-end", () => {}],
  ["message-end", tellEnd],
]);

function contentKey({ index }: JsonObject): string {
  return `content/${asIndex(index) ?? 0}`;
}

function callKey({ index }: JsonObject): string {
  return `call/${asIndex(index) ?? 0}`;
}

const PLAN_KEY = "plan";

function messageOf(value: JsonObject): JsonObject {
  return asObject(asObject(value.delta)?.message) ?? {};
}

function tellStart({ id }: JsonObject, { writer, contents }: Stream): void {
  contents.clear();
  writer.startResponse({ id: asId(id), model: null, status: null, serviceTier: null });
}

/** The types of content, as items; other types keep the provider's word. */
const ITEM_TYPES = new Map([
  ["text", "message"],
  ["thinking", "reasoning"],
]);

function tellContent(value: JsonObject, { writer, items, contents }: Stream): void {
  const content = asObject(messageOf(value).content) ?? {};
  const thinking = asString(content.thinking);
  const type = asString(content.type) ?? (thinking === null ? "text" : "thinking");
  const key = contentKey(value);
  if (items.find(key) === null) {
    const itemType = ITEM_TYPES.get(type) ?? type;
    if (!ITEM_TYPES.has(type)) writer.tell({ type: "unrecognized", name: type });
    const kind = type === "thinking" ? "reasoning" : "text";
    const item = items.open(key, kind, () => ({ id: null, type: itemType, status: null }));
    contents.set(asIndex(value.index) ?? 0, item);
  }
  items.append(key, thinking ?? asString(content.text) ?? "");
}

/** The model's plan for its tools: https://docs.cohere.com/v2/docs/tool-use-overview */
function tellPlan(value: JsonObject, { items }: Stream): void {
  items.open(PLAN_KEY, "reasoning", () => ({ id: null, type: "tool_plan", status: null }));
  items.append(PLAN_KEY, asString(messageOf(value).tool_plan) ?? "");
}

function tellCall(value: JsonObject, { items }: Stream): void {
  const call = asObject(messageOf(value).tool_calls) ?? {};
  // No event ends the plan; the next item does.
  items.end(PLAN_KEY);
  const key = callKey(value);
  items.open(key, "tool-input", () => readCall(call));
  items.append(key, asString(asObject(call.function)?.arguments) ?? "");
}

function readCall(call: JsonObject): ItemSnapshot {
  const name = asString(asObject(call.function)?.name);
  const callId = asString(call.id);
  return functionCall(name, callId);
}

/** A citation names a range of the text and one or more sources. */
function tellCitations(value: JsonObject, { writer, items, contents }: Stream): void {
  const { citations } = messageOf(value);
  for (const citation of Array.isArray(citations) ? asObjects(citations) : asObjects([citations])) {
    const isOfPlan = citation.type === "PLAN";
    const content = contents.get(asIndex(citation.content_index) ?? 0);
    const item = (isOfPlan ? items.find(PLAN_KEY) : content) ?? writer.lastItem();
    for (const source of asObjects(citation.sources)) {
      const title = asString(asObject(source.document)?.title) ?? asString(source.id);
      const kind = asString(source.type);
      writer.tell({ type: "annotation-added", response: writer.response(), item, kind, title });
    }
  }
}

/**
 * The outcome of each `finish_reason` (https://docs.cohere.com/reference/chat-stream), including the words of version
 * 1. An unknown word is incomplete.
 */
const OUTCOMES = new Map<string | null, Outcome>([
  ["COMPLETE", "completed"],
  ["STOP_SEQUENCE", "completed"],
  ["TOOL_CALL", "completed"],
  ["ERROR_TOXIC", "refused"],
  ["ERROR", "failed"],
]);

function tellEnd(value: JsonObject, { writer, items }: Stream): void {
  const delta = asObject(value.delta) ?? {};
  const word = asString(delta.finish_reason);
  const outcome = OUTCOMES.get(word) ?? "incomplete";
  items.end(PLAN_KEY);
  items.endAll({ cut: true });
  const usage = asObject(delta.usage);
  if (usage !== null) writer.usage(readUsage(usage));
  const message = asString(delta.error);
  if (message !== null) writer.error({ type: null, code: word, message });
  finish(writer, outcome, word);
}

/**
 * `billed_units` leaves out the tokens that Cohere adds to the prompt; `tokens` has all that the model read and wrote.
 */
function readUsage(usage: JsonObject): Usage {
  const tokens = asObject(usage.tokens) ?? {};
  return usageOf(
    {
      input: asIndex(tokens.input_tokens),
      cachedInput: asIndex(usage.cached_tokens),
      output: asIndex(tokens.output_tokens),
    },
    usage,
  );
}
