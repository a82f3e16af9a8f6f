// Cohere's API of version 1, chat and generate: one JSON object per line, each with `is_finished`.
// https://docs.cohere.com/v1/docs/streaming, https://docs.cohere.com/v1/reference/chat-stream, `ChatStreamEndEvent` and
// `GenerateStreamError` of cohere-python. Bedrock sends generate without types, plus billing counts:
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command.html
import type { ItemSnapshot, Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { functionCall } from "../reader/function-call.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { usageOfMetrics } from "../reader/invocation-metrics.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const cohereV1 = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

function isOwn(value: JsonObject): boolean {
  if (typeof value.is_finished !== "boolean") return false;
  return asString(value.event_type) !== null || asString(value.text) !== null;
}

/** Searches, their results, and the prompt: not part of the answer. */
const BESIDE: ReadonlySet<unknown> = new Set(["search-queries-generation", "search-results", "debug"]);

/** `finish_reason` of chat and generate; any other (`MAX_TOKENS`, `ERROR_LIMIT`, `USER_CANCEL`) is incomplete. */
const OUTCOMES = new Map<string | null, Outcome>([
  ["COMPLETE", "completed"],
  ["STOP_SEQUENCE", "completed"],
  ["TOOL_CALL", "completed"],
  ["ERROR_TOXIC", "refused"],
  ["ERROR", "failed"],
]);

const ANSWER = "answer";
const PLAN = "plan";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  let isOpen = false;
  let hasText = false;
  /** Calls came in fragments, so the event with the whole calls repeats them. */
  let hasCalls = false;

  function begin(id: string | null): void {
    if (isOpen) return;
    isOpen = true;
    hasText = false;
    hasCalls = false;
    writer.startResponse({ id, model: null, status: null, serviceTier: null });
  }

  /** `index` separates several generations of one request. */
  function append(text: string, index: number | null = null): void {
    hasText ||= text !== "";
    const key = index === null ? ANSWER : `${ANSWER}/${index}`;
    items.open(key, "text", () => ({ id: null, type: "message", status: null }));
    items.append(key, text);
  }

  /** The model's plan for its tools, then the fragments of the calls. */
  function readCallPiece(value: JsonObject): void {
    const plan = asString(value.text);
    if (plan !== null) {
      items.open(PLAN, "reasoning", () => ({ id: null, type: "tool_plan", status: null }));
      items.append(PLAN, plan);
    }
    const delta = asObject(value.tool_call_delta);
    if (delta === null) return;
    items.end(PLAN);
    hasCalls = true;
    const key = `call/${asIndex(delta.index) ?? 0}`;
    items.open(key, "tool-input", () => callOf(delta));
    items.append(key, asString(delta.parameters) ?? "");
  }

  function readCalls(value: JsonObject): void {
    items.end(PLAN);
    asObjects(value.tool_calls).forEach((call, index) => {
      const key = `call/${index}`;
      if (hasCalls) return items.end(key);
      items.open(key, "tool-input", () => callOf(call));
      const text = asObject(call.parameters) === null ? "" : JSON.stringify(call.parameters);
      items.end(key, {}, [{ kind: "tool-input", part: 0, text }]);
    });
  }

  function readCitations(value: JsonObject): void {
    const item = items.find(ANSWER) ?? writer.lastItem();
    const response = writer.response();
    for (const citation of asObjects(value.citations)) {
      for (const id of Array.isArray(citation.document_ids) ? citation.document_ids : [])
        writer.tell({ type: "annotation-added", response, item, kind: "document", title: asString(id) });
    }
  }

  function readEnd(value: JsonObject): void {
    const response = asObject(value.response) ?? {};
    const [generation] = asObjects(response.generations);
    const word = asString(value.finish_reason) ?? asString(response.finish_reason);
    const text = asString(response.text) ?? asString(generation?.text);
    if (!hasText && text !== null && text !== "") append(text);
    if (generation === undefined) items.endText(ANSWER, text || null);
    items.endAll();
    // `billed_units` leaves out the tokens that Cohere adds to the prompt.
    const tokens = asObject(asObject(response.meta)?.tokens);
    const counts = { input: asIndex(tokens?.input_tokens), output: asIndex(tokens?.output_tokens) };
    const usage = tokens === null ? usageOfMetrics(value) : usageOf(counts, response.meta);
    if (usage !== null) writer.usage(usage);
    const outcome = OUTCOMES.get(word) ?? "incomplete";
    const message = asString(value.error) ?? asString(value.err) ?? asString(response.error);
    if (outcome === "failed" || message !== null) writer.error({ type: null, code: word, message });
    finish(writer, outcome, word);
    isOpen = false;
  }

  return {
    read: readObjects(writer, (value, { event }) => {
      const type = asString(value.event_type);
      if (typeof value.is_finished !== "boolean") {
        if (isError(value, event) || asString(value.message) !== null) return writer.error(readError(value));
        return writer.tell({ type: "unrecognized", name: type });
      }
      begin(asId(value.generation_id) ?? asId(asObject(value.response)?.id));
      if (value.is_finished) readEnd(value);
      else if (type === "text-generation" || type === null) append(asString(value.text) ?? "", asIndex(value.index));
      else if (type === "tool-calls-chunk") readCallPiece(value);
      else if (type === "tool-calls-generation") readCalls(value);
      else if (type === "citation-generation") readCitations(value);
      else if (type !== "stream-start" && !BESIDE.has(type)) writer.tell({ type: "unrecognized", name: type });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces: ({ event_type: type }) =>
      type === "text-generation" ? { text: "/text", number: null, padding: null } : null,
  };
}

function callOf(call: JsonObject): ItemSnapshot {
  const name = asString(call.name);
  return functionCall(name, null);
}
