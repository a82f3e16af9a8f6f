// The AI SDK's data stream, before version 5: parts with a type code of one character, which names the event.
// https://v4.ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#data-stream-protocol
import type { Fact, ItemSnapshot, Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, asString, type JsonObject, type Payload } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { functionCall } from "../reader/function-call.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const aiSdkData = {
  ...traits,
  claims: ({ event }, payload) => isOwn(event, payload),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** The key that an object must have, by its code. */
const KEYS: Readonly<Record<string, string>> = {
  9: "toolCallId",
  a: "toolCallId",
  b: "toolCallId",
  c: "toolCallId",
  d: "finishReason",
  e: "finishReason",
  f: "messageId",
  h: "sourceType",
  j: "signature",
  k: "mimeType",
};

/** Other servers may use event names of one character. */
function isOwn(code: string, payload: Payload): boolean {
  if (payload.type === "object") return asString(payload.value[KEYS[code] ?? ""]) !== null;
  if (payload.type !== "json") return false;
  if (code === "2" || code === "8") return Array.isArray(payload.value);
  return (code === "0" || code === "g" || code === "3") && typeof payload.value === "string";
}

const CODES = /^[0-9a-k]$/;
/** The application's data and annotations, tool results, and signatures or redactions of reasoning. */
const BESIDE = /^[2468aij57]$/;

/** `LanguageModelV1FinishReason` of @ai-sdk/provider 1. Any other is incomplete. */
const OUTCOMES = new Map<string | null, Outcome>([
  ["stop", "completed"],
  ["tool-calls", "completed"],
  ["unknown", "completed"],
  ["error", "failed"],
]);

const ANSWER = "answer";
const THOUGHT = "thought";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  let isOpen = false;

  function begin(id: string | null): void {
    if (isOpen) return;
    isOpen = true;
    writer.startResponse({ id, model: null, status: null, serviceTier: null });
  }

  function append(key: string, text: string): void {
    const kind = key === ANSWER ? "text" : "reasoning";
    items.end(key === ANSWER ? THOUGHT : ANSWER);
    items.open(key, kind, () => ({ id: null, type: kind === "text" ? "message" : "reasoning", status: null }));
    items.append(key, text);
  }

  function openCall(call: JsonObject): string {
    const key = `call/${asId(call.toolCallId) ?? ""}`;
    items.open(key, "tool-input", () => callOf(call));
    return key;
  }

  function readEnd(value: JsonObject): void {
    items.endAll();
    const usage = asObject(value.usage);
    const input = asIndex(usage?.promptTokens);
    const output = asIndex(usage?.completionTokens);
    // Unreported counts are NaN in the SDK, which JSON writes as null.
    if (usage !== null && (input !== null || output !== null)) writer.usage(usageOf({ input, output }, usage));
    const word = asString(value.finishReason);
    finish(writer, OUTCOMES.get(word) ?? "incomplete", word);
    isOpen = false;
  }

  function readFile(file: JsonObject): void {
    const media = /^(audio|image)\//.exec(asString(file.mimeType) ?? "")?.[1];
    if (media === undefined) return;
    const item = writer.nextItem();
    const snapshot: ItemSnapshot = { id: null, type: "file", status: null };
    writer.startItem(item, snapshot);
    const base64Length = asString(file.data)?.length ?? 0;
    const kind = media === "audio" ? "audio" : "image";
    writer.tell({ type: "media-delta", media: kind, response: writer.response(), item, base64Length });
    writer.endItem(item, snapshot, []);
  }

  function readSource(source: JsonObject): void {
    const kind = asString(source.sourceType);
    const title = asString(source.title) ?? asString(source.url);
    writer.tell({ type: "annotation-added", response: writer.response(), item: writer.lastItem(), kind, title });
  }

  function readObject(code: string, value: JsonObject): void {
    if (code === "9") {
      const text = asObject(value.args) === null ? "" : JSON.stringify(value.args);
      items.end(openCall(value), {}, [{ kind: "tool-input", part: 0, text }]);
    } else if (code === "b") openCall(value);
    else if (code === "c") items.append(openCall(value), asString(value.argsTextDelta) ?? "");
    else if (code === "d") readEnd(value);
    else if (code === "e") items.endAll();
    else if (code === "h") readSource(value);
    else if (code === "k") readFile(value);
    else if (code !== "f" && !BESIDE.test(code)) writer.tell({ type: "unrecognized", name: code });
  }

  function readText(code: string, text: string): void {
    if (code === "0") append(ANSWER, text);
    else if (code === "g") append(THOUGHT, text);
    else if (code === "3") writer.error({ type: null, code: null, message: text });
    else if (!BESIDE.test(code)) unreadable("an object was expected");
  }

  function unreadable(reason: string): void {
    writer.tell({ type: "unreadable", reason });
  }

  return {
    read({ event }: WireEvent, payload: Payload): readonly Fact[] {
      if (!CODES.test(event)) writer.tell({ type: "unrecognized", name: event });
      else if (payload.type === "object") {
        begin(event === "f" ? asId(payload.value.messageId) : null);
        readObject(event, payload.value);
      } else if (payload.type === "json") {
        begin(null);
        if (typeof payload.value === "string") readText(event, payload.value);
        else if (!BESIDE.test(event)) unreadable("a text or an object was expected");
      } else unreadable(payload.type === "broken-json" ? payload.reason : "not JSON");
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

function callOf(call: JsonObject): ItemSnapshot {
  const name = asString(call.toolName);
  const callId = asId(call.toolCallId);
  return functionCall(name, callId);
}
