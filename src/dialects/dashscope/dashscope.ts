// Alibaba's DashScope, the native API of Qwen: events named `result`, each with the output so far or, with
// `incremental_output`, only the new part. https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope
import type { ItemSnapshot, Outcome, Usage } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { functionCall } from "../reader/function-call.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { createGrowingTexts } from "../reader/growing-texts.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { sumOf, usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const dashscope = {
  ...traits,
  claims: (event, payload) =>
    payload.type === "object" && (isOwnResult(payload.value) || isFailure(payload.value, event.event)),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** Every event has the usage so far, or states whether the answer continues. */
function isOwnResult(value: JsonObject): boolean {
  if (!isResult(value)) return false;
  const output = asObject(value.output);
  return asObject(value.usage) !== null || output?.finish_reason !== undefined || Array.isArray(output?.choices);
}

function isResult({ output, request_id: request }: JsonObject): boolean {
  const value = asObject(output);
  if (value === null || asString(request) === null) return false;
  return asString(value.text) !== null || Array.isArray(value.choices);
}

/** `event:error`, `{"code": "InvalidParameter", "message": "…", "request_id": "…"}` */
function isFailure({ code, message, request_id: request }: JsonObject, eventName: string): boolean {
  return eventName === "error" && asString(code) !== null && asString(message) !== null && asString(request) !== null;
}

/**
 * `finish_reason`: https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope. Before the end it is the string
 * `null`.
 */
const OUTCOMES = new Map<string | null, Outcome>([
  ["stop", "completed"],
  ["tool_calls", "completed"],
  ["length", "incomplete"],
]);
const NOT_YET: ReadonlySet<unknown> = new Set([undefined, null, "", "null"]);

const ANSWER = "answer";
const THOUGHT = "thought";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  let texts = createGrowingTexts({ retell });
  let isOpen = false;
  /** Each event has the usage so far. */
  let usage: JsonObject | null = null;
  /** The known fields of each call of the current response. */
  const calls = new Map<string, ItemSnapshot>();

  function open(key: string): void {
    const call = calls.get(key);
    if (call !== undefined) items.open(key, "tool-input", () => call);
    else if (key === THOUGHT) items.open(key, "reasoning", () => ({ id: null, type: "reasoning", status: null }));
    else items.open(key, "text", () => ({ id: null, type: "message", status: null }));
  }

  function append(key: string, text: string): void {
    const added = texts.added(key, text);
    if (added === "") return;
    open(key);
    items.append(key, added);
  }

  /** Texts that looked whole were fragments. */
  function retell(key: string, text: string): void {
    items.drop(key);
    open(key);
    items.append(key, text);
  }

  function readCall(call: JsonObject, place: number): void {
    const key = `call/${asIndex(call.index) ?? place}`;
    if (!calls.has(key)) calls.set(key, callOf(call));
    open(key);
    items.append(key, texts.added(key, asString(asObject(call.function)?.arguments) ?? ""));
  }

  function readMessage(message: JsonObject): void {
    append(THOUGHT, asString(message.reasoning_content) ?? "");
    append(ANSWER, textOf(message.content));
    asObjects(message.tool_calls).forEach(readCall);
  }

  function tellUsage(): void {
    if (usage !== null) writer.usage(readUsage(usage));
    usage = null;
  }

  function readResult(output: JsonObject, value: JsonObject): void {
    if (!isOpen) {
      texts = createGrowingTexts({ retell });
      calls.clear();
      writer.startResponse({ id: asId(value.request_id), model: null, status: null, serviceTier: null });
    }
    isOpen = true;
    usage = asObject(value.usage) ?? usage;
    const [choice] = asObjects(output.choices);
    const message = asObject(choice?.message) ?? { content: output.text };
    readMessage(message);
    const reason = choice?.finish_reason ?? output.finish_reason;
    if (NOT_YET.has(reason)) return;
    // The last whole text has the complete answer.
    if (reason === "stop" && items.hasText(ANSWER) && hasNoText(message)) texts.decidePieces();
    items.endAll();
    tellUsage();
    const word = asString(reason);
    finish(writer, OUTCOMES.get(word) ?? "incomplete", word);
    isOpen = false;
  }

  return {
    read: readObjects(writer, (value, { event }) => {
      const output = asObject(value.output);
      if (output !== null && isResult(value)) readResult(output, value);
      else if (event === "error" || asString(value.code) !== null) {
        writer.error({ type: null, code: asString(value.code), message: asString(value.message) });
      } else writer.tell({ type: "unrecognized", name: event });
    }),
    finish() {
      if (isOpen) tellUsage();
      return writer.take();
    },
    fail: writer.fail,
    // SSE ids number the events.
    sequenceNumber: () => null,
  };
}

function hasNoText({ content }: JsonObject): boolean {
  return content !== undefined && content !== null && textOf(content) === "";
}

/** Vision models send a list of parts, others a text. */
function textOf(content: unknown): string {
  if (!Array.isArray(content)) return asString(content) ?? "";
  return asObjects(content)
    .map(({ text }) => asString(text) ?? "")
    .join("");
}

function callOf(call: JsonObject): ItemSnapshot {
  const name = asId(asObject(call.function)?.name);
  const callId = asId(call.id);
  return functionCall(name, callId);
}

/** Applications count each of their models separately. */
function readUsage(usage: JsonObject): Usage {
  const counted = Array.isArray(usage.models) ? asObjects(usage.models) : [usage];
  const sum = (of: (counts: JsonObject) => unknown) => sumOf(...counted.map((counts) => asIndex(of(counts))));
  return usageOf(
    {
      input: sum(({ input_tokens: tokens }) => tokens),
      cachedInput: sum((counts) => asObject(counts.prompt_tokens_details)?.cached_tokens),
      output: sum(({ output_tokens: tokens }) => tokens),
      reasoning: sum((counts) => asObject(counts.output_tokens_details)?.reasoning_tokens),
      total: asIndex(usage.total_tokens),
    },
    usage,
  );
}
