// Ollama's own API: `/api/chat` and `/api/generate`, one JSON object per line. https://docs.ollama.com/api/streaming
import type { Outcome } from "../../model/facts.ts";
import { jsonText } from "../../model/json-text.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { ServerTiming } from "../../model/provider-figures.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { functionCall } from "../reader/function-call.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { NANOSECONDS, serverTimingOf } from "../reader/provider-figures.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems, type StreamedItems } from "../reader/streamed-items.ts";
import { usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const ollama = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isChunk(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/**
 * A line has a model and a time. Proxies and reports that leave them out keep the other fields of `/api/chat` with
 * `done`.
 */
function isChunk({ model, created_at, done, message }: JsonObject): boolean {
  if (typeof done !== "boolean") return false;
  return asObject(message) !== null || (asString(model) !== null && asString(created_at) !== null);
}

interface Stream {
  readonly writer: FactWriter;
  readonly items: StreamedItems;
  /** When the last response ended, by the server's clock in ms; null while one is open, and before the first. */
  endedAt: number | null;
  isOpen: boolean;
  calls: number;
}

function createReader(): DialectReader {
  const writer = createFactWriter();
  const stream: Stream = { writer, items: createStreamedItems(writer), endedAt: null, isOpen: false, calls: 0 };
  return {
    read: readObjects(writer, (value, event) => {
      if (isError(value, event.event)) writer.error(readError(value));
      else if (typeof value.done === "boolean") tellChunk(value, stream);
      else writer.tell({ type: "unrecognized", name: nameOf(value) });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces: ({ message, created_at }) => ({
      text: placeOfText(asObject(message)),
      number: null,
      // The time differs on every line, but matters only at the end of a response.
      padding: created_at === undefined ? null : "/created_at",
    }),
  };
}

function placeOfText(message: JsonObject | null): string {
  if (message === null) return "/response";
  return asString(message.thinking) ? "/message/thinking" : "/message/content";
}

/** A name for a line, from its content: lines have no type. */
function nameOf(value: JsonObject): string | null {
  return Object.keys(value).slice(0, MOST_KEYS).join(", ") || null;
}

const MOST_KEYS = 8;

function tellChunk(value: JsonObject, stream: Stream): void {
  const { writer, items } = stream;
  if (!stream.isOpen && !isLate(value, stream)) {
    writer.startResponse({ id: null, model: asString(value.model), status: null, serviceTier: null });
    stream.isOpen = true;
    stream.calls = 0;
  }
  // `/api/generate` has the same texts beside `done`.
  const message = asObject(value.message) ?? value;
  tellText("thinking", asString(message.thinking), stream);
  tellText("text", asString(message.content) ?? asString(value.response), stream);
  for (const call of asObjects(message.tool_calls)) tellCall(call, stream);
  if (value.done !== true) return;
  items.endAll();
  tellUsage(value, writer);
  writer.serverTiming(readServerTiming(value));
  const word = asString(value.done_reason);
  finish(writer, word === null ? "completed" : (OUTCOMES.get(word) ?? "incomplete"), word);
  stream.isOpen = false;
  stream.endedAt = timeOf(value);
}

/**
 * Whether a line comes after the last line of its response. Responses have no ids, and any line may start the next one,
 * but the next one is created after the end of the one before.
 */
function isLate(value: JsonObject, { endedAt }: Stream): boolean {
  const at = timeOf(value);
  return endedAt !== null && at !== null && at <= endedAt;
}

function timeOf({ created_at }: JsonObject): number | null {
  const at = Date.parse(asString(created_at) ?? "");
  return Number.isNaN(at) ? null : at;
}

const TEXTS = {
  thinking: { kind: "reasoning", type: "reasoning" },
  text: { kind: "text", type: "message" },
} as const;

/** Adds text to the item of its kind, as long as no other content came between. */
function tellText(key: keyof typeof TEXTS, text: string | null, { items }: Stream): void {
  if (text === null || text === "") return;
  const { kind, type } = TEXTS[key];
  items.endAll({ except: key });
  items.open(key, kind, () => ({ id: null, type, status: null }));
  items.append(key, text);
}

/** Calls come whole, with their arguments as an object: https://docs.ollama.com/capabilities/tool-calling */
function tellCall(call: JsonObject, stream: Stream): void {
  const { items } = stream;
  items.endAll();
  stream.calls += 1;
  const key = `call/${stream.calls}`;
  const { name, arguments: input } = asObject(call.function) ?? {};
  items.open(key, "tool-input", () => functionCall(asString(name), asString(call.id)));
  const text = asString(input) ?? (input === undefined ? "" : jsonText(input));
  items.end(key, {}, [{ kind: "tool-input", part: 0, text }]);
}

/**
 * The outcome of each reason: `length` is the token limit; `load` and `unload` mean that an empty request only loaded
 * or unloaded the model. https://docs.ollama.com/api/generate
 */
const OUTCOMES = new Map<string, Outcome>([
  ["stop", "completed"],
  ["load", "completed"],
  ["unload", "completed"],
]);

/** The counts of the last line. */
const METRICS = /_(?:count|duration)$/;

/** Tokens and times are beside the other fields; a fully cached prompt may have no count. */
function tellUsage(value: JsonObject, writer: FactWriter): void {
  const counts = {
    input: asIndex(value.prompt_eval_count),
    cachedInput: asIndex(value.prompt_eval_cached_count),
    output: asIndex(value.eval_count),
  };
  if (counts.input === null && counts.output === null) return;
  writer.usage(usageOf(counts, metricsOf(value)));
}

function metricsOf(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => METRICS.test(key)));
}

/** "All durations are returned in nanoseconds": https://docs.ollama.com/api/usage */
function readServerTiming(value: JsonObject): ServerTiming | null {
  const times = {
    load: value.load_duration,
    prompt: value.prompt_eval_duration,
    completion: value.eval_duration,
    total: value.total_duration,
  };
  return serverTimingOf(times, NANOSECONDS, metricsOf(value));
}
