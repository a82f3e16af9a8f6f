// OpenAI's Chat Completions and the many who speak like it, and the legacy text completions: chunks of one or more
// choices, each a message that grows by deltas. https://platform.openai.com/docs/api-reference/chat-streaming
import type { Outcome } from "../facts.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../payload.ts";
import { createChoices } from "./chat-choices.ts";
import { readChatUsage } from "./chat-usage.ts";
import type { Dialect, DialectReader } from "./dialect.ts";
import { createFactWriter } from "./fact-writer.ts";
import { finish } from "./finish.ts";
import { isError, readError } from "./in-band-error.ts";
import { readObjects } from "./read-objects.ts";

export const openaiChat: Dialect = {
  name: "openai-chat",
  title: "OpenAI Chat Completions and its kin, legacy completions too",
  claims: (_, payload) => payload.type === "object" && isChunk(payload.value),
  create: createReader,
};

/** What chunks say that they are; some servers leave it out, or empty. */
const OBJECTS: ReadonlySet<unknown> = new Set([
  "chat.completion.chunk",
  // Perplexity's last.
  "chat.completion.done",
  "text_completion",
]);

function isChunk(value: JsonObject): boolean {
  if (OBJECTS.has(value.object)) return true;
  const { choices } = value;
  return Array.isArray(choices) && value.type === undefined && choices.every((choice) => asObject(choice) !== null);
}

/** Any other reason is incomplete: length, content_filter, model_length, insufficient_system_resource … */
const OUTCOME_OF_REASON = new Map<string, Outcome>([
  ["stop", "completed"],
  ["tool_calls", "completed"],
  ["function_call", "completed"],
  // Of servers that pass on a word of their own or of the model's: TGI, Together, gateways.
  ["eos", "completed"],
  ["eos_token", "completed"],
  ["stop_sequence", "completed"],
  ["end_turn", "completed"],
  ["tool_use", "completed"],
  // OpenRouter, Mistral.
  ["error", "failed"],
]);
/** From bad to worst: of several choices the worst decides. */
const OUTCOMES: readonly Outcome[] = ["completed", "refused", "incomplete", "failed"];

/** The response in hand. */
interface Completion {
  readonly id: string | null;
  model: string | null;
  /** The worst end of its choices; null while none has ended. */
  end: { readonly outcome: Outcome; readonly word: string } | null;
}

function hasEnded(completion: Completion | null): boolean {
  return completion !== null && completion.end !== null;
}

function createReader(): DialectReader {
  const writer = createFactWriter();
  const choices = createChoices(writer);
  let completion: Completion | null = null;

  function readChunk(chunk: JsonObject): void {
    const listed = asObjects(chunk.choices);
    begin(chunk, listed.length > 0);
    for (const choice of listed) {
      choices.read(asIndex(choice.index) ?? 0, choice);
      const error = asObject(choice.error);
      if (error !== null) writer.error(readError({ error }));
      const reason = asString(choice.finish_reason);
      // Empty with some servers until there is one.
      if (reason !== null && reason !== "") end(asIndex(choice.index) ?? 0, reason);
      tellUsage(asObject(choice.usage));
    }
    tellUsage(asObject(chunk.usage) ?? asObject(asObject(chunk.x_groq)?.usage));
  }

  /** A new response begins with a new id once the one before has ended; what Azure sends first has neither id nor model. */
  function begin(chunk: JsonObject, hasChoices: boolean): void {
    const id = asString(chunk.id) || null;
    const model = asString(chunk.model) || null;
    const serviceTier = asString(chunk.service_tier);
    const isOther = hasEnded(completion) && hasChoices && id !== null && id !== completion?.id;
    if (completion === null || isOther) {
      completion = { id, model, end: null };
      writer.startResponse({ id, model, status: null, serviceTier });
    } else if ((completion.id === null && id !== null) || (completion.model === null && model !== null)) {
      const { end } = completion;
      completion = { id: completion.id ?? id, model: completion.model ?? model, end };
      writer.updateResponse({ id, model, status: null, serviceTier }, null);
    }
  }

  function end(choice: number, word: string): void {
    choices.end(choice);
    const outcome = OUTCOME_OF_REASON.get(word) ?? "incomplete";
    const before = completion?.end ?? null;
    // Some tell it once more, with the usage.
    if (completion === null || (before !== null && OUTCOMES.indexOf(outcome) <= OUTCOMES.indexOf(before.outcome)))
      return;
    completion.end = { outcome, word };
    finish(writer, outcome, word);
  }

  function tellUsage(usage: JsonObject | null): void {
    if (usage !== null) writer.usage(readChatUsage(usage));
  }

  const read = readObjects(writer, (value, { event }) => {
    const hasError = isError(value, event);
    if (hasError) writer.error(readError(value));
    if (isChunk(value) || (asObject(value.usage) !== null && value.type === undefined)) readChunk(value);
    else if (!hasError) writer.tell({ type: "unrecognized", name: asString(value.type) ?? asString(value.object) });
  });

  return {
    read(event, payload) {
      const facts = read(event, payload);
      // What comes behind it is another response, whatever its id.
      if (payload.type === "done-sentinel") completion = null;
      return facts;
    },
    sequenceNumber: () => null,
  };
}
