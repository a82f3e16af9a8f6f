// Baidu's ERNIE over the native API of Qianfan (`/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/…`).
// https://cloud.baidu.com/doc/WENXINWORKSHOP/s/jlil56u11
import type { ItemSnapshot, Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { functionCall } from "../reader/function-call.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { usageOf } from "../reader/usage.ts";
import { sentenceRules } from "./rules/sentences.ts";
import { traits } from "./traits.ts";

export const ernie = {
  ...traits,
  // Errors have a code and a message, as in many other protocols.
  claims: (_, payload) => payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [sentenceRules],
} as const satisfies Dialect;

/** Every event numbers its sentence, or states whether the answer is cut or the history must be cleared. */
function isOwn(value: JsonObject): boolean {
  const { sentence_id: sentence, is_truncated: isTruncated, need_clear_history: isToClear } = value;
  if (asIndex(sentence) === null && typeof isTruncated !== "boolean" && typeof isToClear !== "boolean") return false;
  return isChunk(value);
}

function isChunk(value: JsonObject): boolean {
  if (typeof value.is_end !== "boolean") return false;
  return asString(value.result) !== null || asObject(value.function_call) !== null;
}

/** `{"error_code": 336003, "error_msg": "…"}`: https://cloud.baidu.com/doc/WENXINWORKSHOP/s/tlmyncueh */
function isFailure(value: JsonObject): boolean {
  return asIndex(value.error_code) !== null && value.error_code !== 0 && asString(value.error_msg) !== null;
}

/** `finish_reason`: `normal` in all events except the last, and often there too. */
const OUTCOMES = new Map<string | null, Outcome>([
  [null, "completed"],
  ["normal", "completed"],
  ["stop", "completed"],
  ["function_call", "completed"],
  ["content_filter", "incomplete"],
  ["length", "incomplete"],
]);

const ANSWER = "answer";
const CALL = "call";
const THOUGHT = "thought";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  let isOpen = false;
  /** Every event has the usage so far. */
  let usage: JsonObject | null = null;

  function readCall(call: JsonObject): void {
    const thoughts = asId(call.thoughts);
    if (thoughts !== null) {
      items.open(THOUGHT, "reasoning", () => ({ id: null, type: "reasoning", status: null }));
      items.append(THOUGHT, thoughts);
    }
    items.open(CALL, "tool-input", () => callOf(call));
    items.append(CALL, asString(call.arguments) ?? "");
  }

  function readEnd(value: JsonObject): void {
    items.endAll();
    tellUsage();
    const word = asString(value.finish_reason);
    const [outcome, reason] = readOutcome(value, word);
    writer.endResponse(outcome, word, reason);
    isOpen = false;
  }

  function tellUsage(): void {
    if (usage !== null) {
      const input = asIndex(usage.prompt_tokens);
      const output = asIndex(usage.completion_tokens);
      writer.usage(usageOf({ input, output, total: asIndex(usage.total_tokens) }, usage));
    }
    usage = null;
  }

  return {
    read: readObjects(writer, (value) => {
      if (isFailure(value)) {
        return writer.error({
          type: null,
          code: String(asIndex(value.error_code)),
          message: asString(value.error_msg),
        });
      }
      if (!isChunk(value)) return writer.tell({ type: "unrecognized", name: asString(value.object) });
      if (!isOpen) writer.startResponse({ id: asId(value.id), model: null, status: null, serviceTier: null });
      isOpen = true;
      usage = asObject(value.usage) ?? usage;
      const text = asString(value.result) ?? "";
      if (text !== "") items.open(ANSWER, "text", () => ({ id: null, type: "message", status: null }));
      items.append(ANSWER, text);
      const call = asObject(value.function_call);
      if (call !== null) readCall(call);
      if (value.is_end === true) readEnd(value);
    }),
    finish() {
      if (isOpen) tellUsage();
      return writer.take();
    },
    fail: writer.fail,
    // Sentences are numbered, not events.
    sequenceNumber: () => null,
  };
}

/** How the response ended, and the reason if it is not completed. */
function readOutcome(value: JsonObject, word: string | null): [outcome: Outcome, reason: string | null] {
  const outcome = OUTCOMES.get(word) ?? "incomplete";
  // "The user's input is a security risk": the text is a fixed phrase.
  if (value.need_clear_history === true) return ["refused", "need_clear_history"];
  // "Whether the result is cut": it is too long.
  if (value.is_truncated === true && outcome === "completed") return ["incomplete", "is_truncated"];
  return [outcome, outcome === "completed" ? null : word];
}

function callOf(call: JsonObject): ItemSnapshot {
  const name = asString(call.name);
  return functionCall(name, null);
}
