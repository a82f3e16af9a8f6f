// OpenAI's Chat Completions and compatible APIs, and the legacy text completions: chunks of one or more choices, each a
// message that grows by deltas. https://platform.openai.com/docs/api-reference/chat-streaming
import type { Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import { createChoiceIndexes } from "./choice-indexes.ts";
import { createChoices } from "./choices.ts";
import { beginsAnother, type Completion, isEmptyChunk } from "./completion.ts";
import { readCost, readServerTiming } from "./provider-figures.ts";
import { readChatUsage } from "./usage.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { timingOfMetrics, usageOfMetrics } from "../reader/invocation-metrics.ts";
import { readObjects } from "../reader/read-objects.ts";
import { choiceRules } from "./rules/choices.ts";
import { chunkFieldRules } from "./rules/chunk-fields.ts";
import { toolCallRules } from "./rules/tool-calls.ts";
import { traits } from "./traits.ts";

export const openaiChat = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isChunk(payload.value),
  create: createReader,
  rules: [toolCallRules, choiceRules, chunkFieldRules],
} as const satisfies Dialect;

/** The `object` of chunks; some servers leave it out or empty. */
const OBJECTS: ReadonlySet<unknown> = new Set([
  "chat.completion.chunk",
  // Perplexity's last.
  "chat.completion.done",
  "text_completion",
]);

/** Some models on Bedrock have completions of their own with another word for the end (`bedrock-mistral`). */
function isOfBedrock(choice: unknown): boolean {
  const { message, text, stop_reason: reason, finish_reason: finishReason } = asObject(choice) ?? {};
  const hasOutput = typeof text === "string" || asObject(message) !== null;
  return hasOutput && reason !== undefined && finishReason === undefined;
}

function isChunk(value: JsonObject): boolean {
  if (Array.isArray(value.choices) && value.choices.some(isOfBedrock)) return false;
  if (OBJECTS.has(value.object)) return true;
  const { choices } = value;
  return Array.isArray(choices) && value.type === undefined && choices.every((choice) => asObject(choice) !== null);
}

/** Any other reason is incomplete: length, content_filter, model_length, insufficient_system_resource … */
const OUTCOME_OF_REASON = new Map<string, Outcome>([
  ["stop", "completed"],
  ["tool_calls", "completed"],
  ["function_call", "completed"],
  // Words of the server or the model: TGI, Together, gateways.
  ["eos", "completed"],
  ["eos_token", "completed"],
  ["stop_sequence", "completed"],
  ["end_turn", "completed"],
  ["tool_use", "completed"],
  // OpenRouter, Mistral.
  ["error", "failed"],
]);
/** From best to worst: the worst of several choices decides. */
const OUTCOMES: readonly Outcome[] = ["completed", "refused", "incomplete", "failed"];

function createReader(): DialectReader {
  const writer = createFactWriter();
  const choices = createChoices(writer);
  let completion: Completion | null = null;

  function readChunk(chunk: JsonObject, hasError: boolean): void {
    if (!hasError && isEmptyChunk(chunk)) {
      if (completion === null) writer.tell({ type: "keep-alive" });
      return;
    }
    const listed = asObjects(chunk.choices);
    const current = begin(chunk);
    if (hasError) writer.error(readError(chunk));
    // OpenRouter sends an empty delta of a choice that has ended, with the usage.
    for (const choice of listed) if (!current.ended.has(indexOf(choice))) current.open.add(indexOf(choice));
    for (const choice of listed) {
      // Empty on some servers until there is one.
      const reason = asString(choice.finish_reason) || null;
      current.knowsReasons ||= choice.finish_reason !== undefined;
      current.indexes.add(indexOf(choice), reason !== null);
      choices.read(indexOf(choice), choice);
      // OpenRouter's, if the provider behind it fails.
      const error = asObject(choice.error);
      if (error !== null) writer.error(readError({ error }));
      if (reason !== null) end(current, indexOf(choice), reason);
      // Moonshot's.
      tellUsage(asObject(choice.usage), current);
    }
    const groq = asObject(chunk.x_groq);
    // https://console.groq.com/docs/api-reference#chat-create: an error during a completion, as text.
    const groqError = asString(groq?.error);
    if (groqError) writer.error({ type: null, code: null, message: groqError });
    const usage = asObject(chunk.usage) ?? asObject(groq?.usage);
    tellUsage(usage, current);
    if (usage !== null || current.told !== null) writer.serverTiming(readServerTiming(chunk, usage));
    // Bedrock's own counts have less detail than the model's.
    const billed = current.isCounted ? null : usageOfMetrics(chunk);
    if (billed !== null) writer.usage(billed);
    writer.serverTiming(timingOfMetrics(chunk));
  }

  /** The response of a chunk. Azure's first chunk has neither id nor model. */
  function begin(chunk: JsonObject): Completion {
    const id = asId(chunk.id);
    const model = asString(chunk.model) || null;
    const serviceTier = asString(chunk.service_tier);
    const snapshot = { id, model, status: null, serviceTier };
    if (completion === null || beginsAnother(completion, chunk)) {
      writer.startResponse(snapshot);
      completion = {
        id,
        model,
        serviceTier,
        isIdChanged: false,
        knowsReasons: false,
        isCounted: false,
        isDone: false,
        open: new Set(),
        ended: new Set(),
        indexes: createChoiceIndexes(),
        worst: null,
        told: null,
      };
      return completion;
    }
    const { id: knownId, model: knownModel, serviceTier: knownTier, isIdChanged } = completion;
    completion.id ??= id;
    completion.model ??= model;
    completion.serviceTier ??= serviceTier;
    completion.isIdChanged ||= id !== null && id !== completion.id;
    const isNews =
      completion.id !== knownId ||
      completion.model !== knownModel ||
      completion.serviceTier !== knownTier ||
      completion.isIdChanged !== isIdChanged;
    // Not by `updateResponse`, which takes another id after the end for another response.
    if (isNews) writer.tell({ type: "response-update", response: writer.response(), ...snapshot, outcome: null });
    return completion;
  }

  /** Ends a choice; the last open choice also ends the response. */
  function end(current: Completion, choice: number, word: string): void {
    // If the index counts something else, all indexes belong to one choice.
    const ended = current.indexes.countsUp() ? [...current.open] : [choice];
    for (const index of new Set([...ended, choice])) {
      choices.end(index);
      current.open.delete(index);
      current.ended.add(index);
    }
    const outcome = OUTCOME_OF_REASON.get(word) ?? "incomplete";
    current.worst =
      current.worst !== null && !isWorse(outcome, current.worst.outcome) ? current.worst : { outcome, word };
    const { worst, told } = current;
    // OpenRouter repeats the end with the usage.
    if (current.open.size > 0 || (told !== null && !isWorse(worst.outcome, told))) return;
    current.told = worst.outcome;
    finish(writer, worst.outcome, worst.word);
  }

  function tellUsage(usage: JsonObject | null, current: Completion): void {
    if (usage === null) return;
    writer.usage(readChatUsage(usage));
    writer.cost(readCost(usage));
    current.isCounted = true;
  }

  /**
   * Takes `[DONE]`. It ends a response if the server has no finish reasons and has counted the tokens, as iFlytek's
   * Spark does: https://github.com/lobehub/lobehub/pull/3098
   */
  function takeDone(current: Completion): void {
    current.isDone = true;
    if (current.told !== null || current.knowsReasons || !current.isCounted) return;
    for (const choice of current.open) choices.end(choice);
    current.open.clear();
    current.told = "completed";
    writer.endResponse("completed", null, null);
  }

  const read = readObjects(writer, (value, { event }) => {
    // vLLM's errors have the `object` field of chunks: {"object":"error","message":…}.
    const hasError = isError(value, event) || value.object === "error";
    if (isChunk(value) || (asObject(value.usage) !== null && value.type === undefined)) readChunk(value, hasError);
    else if (hasError) writer.error(readError(value));
    else writer.tell({ type: "unrecognized", name: asString(value.type) ?? asString(value.object) });
  });

  return {
    read(event, payload) {
      if (payload.type === "done-sentinel" && completion !== null) takeDone(completion);
      return read(event, payload);
    },
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces(value) {
      const text = placeOfText(value);
      const padding = value.obfuscation === undefined ? null : "/obfuscation";
      return text === null ? null : { text, number: null, padding };
    },
  };
}

/** Where the only choice of a chunk has its text; the most common fields come first. */
function placeOfText(chunk: JsonObject): string | null {
  const [choice, ...others] = asObjects(chunk.choices);
  if (choice === undefined || others.length > 0) return null;
  const delta = asObject(choice.delta) ?? {};
  const field = TEXT_FIELDS.find((name) => (asString(delta[name]) ?? "") !== "");
  return field === undefined ? "/choices/0/delta/tool_calls/0/function/arguments" : `/choices/0/delta/${field}`;
}

const TEXT_FIELDS = ["content", "reasoning_content", "reasoning", "refusal"] as const;

function indexOf(choice: JsonObject): number {
  return asIndex(choice.index) ?? 0;
}

function isWorse(outcome: Outcome, than: Outcome): boolean {
  return OUTCOMES.indexOf(outcome) > OUTCOMES.indexOf(than);
}
