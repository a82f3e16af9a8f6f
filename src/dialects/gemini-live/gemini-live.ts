// Google's Live API: the server's messages of a session, as in a WebSocket log, one JSON object each. Each turn of the
// model is a response. https://ai.google.dev/api/live (BidiGenerateContentServerMessage), `LiveServerMessage` of
// @google/genai
import type { ItemSnapshot, Outcome, Usage } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { functionCall } from "../reader/function-call.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { sumOf, usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const geminiLive = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

function isOwn({ setupComplete, serverContent, toolCall }: JsonObject): boolean {
  if (asObject(setupComplete) !== null || asObject(serverContent) !== null) return true;
  return Array.isArray(asObject(toolCall)?.functionCalls);
}

/** Messages about the session, not the answer. */
const OF_SESSION = [
  "setupComplete",
  "sessionResumptionUpdate",
  "goAway",
  "toolCallCancellation",
  "voiceActivity",
  "voiceActivityDetectionSignal",
];

/** `TurnCompleteReason` of @google/genai for complete turns; all but one of the others are about prohibited content. */
const WHOLE: ReadonlySet<string | null> = new Set([null, "TURN_COMPLETE_REASON_UNSPECIFIED", "NEED_MORE_INPUT"]);
const REFUSED = /REJECTED|PROHIBITED|SAFETY|BLOCKLIST|UNSAFE|^(?:INPUT|IMAGE|OUTPUT|GENERATED)_/;

function outcomeOf(reason: string | null): Outcome {
  if (WHOLE.has(reason)) return "completed";
  return REFUSED.test(reason ?? "") ? "refused" : "incomplete";
}

const ANSWER = "answer";
const THOUGHT = "thought";
const TRANSCRIPT = "transcript";
const CODE = "code";
const MEDIA = /^(audio|image)\//;

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  let isOpen = false;
  let hasBegun = false;
  /** A translation has no turns: no event ends it, so it counts as complete at any end of the session. */
  let isTranslation = false;

  function begin(): void {
    if (isOpen) return;
    isOpen = true;
    hasBegun = true;
    writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
  }

  function append(key: string, kind: "text" | "reasoning", text: string): void {
    if (text === "") return;
    begin();
    items.open(key, kind, () => ({ id: null, type: kind === "text" ? "message" : "reasoning", status: null }));
    items.append(key, text);
  }

  /** Reads code that Google runs, then its result. */
  function readCode(executed: JsonObject | null, result: JsonObject | null): void {
    if (executed !== null) {
      begin();
      items.end(CODE);
      items.open(CODE, "code", () => ({ id: null, type: "code_execution_call", status: null }));
      items.append(CODE, asString(executed.code) ?? "");
    }
    if (result === null) return;
    const output = asString(result.output) ?? "";
    items.end(CODE, { status: asString(result.outcome) }, [{ kind: "tool-output", part: 0, text: output }]);
  }

  /** Adds a source of the answer. */
  function annotate(source: JsonObject): void {
    if (!isOpen) return;
    const [kind = null] = Object.keys(source);
    const { title, uri } = asObject(source[kind ?? ""]) ?? {};
    const item = writer.lastItem();
    const named = asString(title) ?? asString(uri);
    writer.tell({ type: "annotation-added", response: writer.response(), item, kind, title: named });
  }

  function readPart(part: JsonObject): void {
    const isThought = part.thought === true;
    append(isThought ? THOUGHT : ANSWER, isThought ? "reasoning" : "text", asString(part.text) ?? "");
    readCode(asObject(part.executableCode), asObject(part.codeExecutionResult));
    const blob = asObject(part.inlineData);
    const [, kind] = MEDIA.exec(asString(blob?.mimeType) ?? "") ?? [];
    if (kind === undefined) return;
    begin();
    // Sound and its transcript are one output.
    const item = items.open(TRANSCRIPT, "text", () => ({ id: null, type: "message", status: null }));
    const media = kind === "audio" ? "audio" : "image";
    const base64Length = asString(blob?.data)?.length ?? 0;
    writer.tell({ type: "media-delta", response: writer.response(), item, media, base64Length });
  }

  function readCall(call: JsonObject): void {
    const key = `call/${asId(call.id) ?? asString(call.name) ?? ""}`;
    items.open(key, "tool-input", () => callOf(call));
    const text = asObject(call.args) === null ? "" : JSON.stringify(call.args);
    items.end(key, {}, [{ kind: "tool-input", part: 0, text }]);
  }

  /** Only the transcripts of translations name their language. */
  function readTranscript(transcript: JsonObject | null): void {
    if (!isTranslation && asString(transcript?.languageCode) !== null) {
      isTranslation = true;
      begin();
      items.endAll();
      writer.endResponse("completed", null, null);
    }
    append(TRANSCRIPT, "text", asString(transcript?.text) ?? "");
  }

  function end(outcome: Outcome, status: string, reason: string | null): void {
    if (!isOpen || isTranslation) return;
    items.endAll();
    writer.endResponse(outcome, status, outcome === "completed" ? null : reason);
    isOpen = false;
  }

  return {
    read: readObjects(writer, (value, { event }) => {
      if (isError(value, event)) return writer.error(readError(value));
      const content = asObject(value.serverContent);
      const calls = asObject(value.toolCall);
      const usage = asObject(value.usageMetadata);
      asObjects(asObject(content?.modelTurn)?.parts).forEach(readPart);
      readTranscript(asObject(content?.outputTranscription));
      asObjects(asObject(content?.groundingMetadata)?.groundingChunks).forEach(annotate);
      if (calls !== null) {
        begin();
        asObjects(calls.functionCalls).forEach(readCall);
      }
      const reason = asString(content?.turnCompleteReason);
      // A rejected turn may have no content.
      if (content?.turnComplete === true && outcomeOf(reason) === "refused") begin();
      // The input may be counted before a turn starts, which does not start a response.
      if (usage !== null && hasBegun) writer.usage(usageOfTurn(usage));
      // The user spoke: the rest of the turn is dropped, and `turnComplete` follows.
      if (content?.interrupted === true) end("incomplete", "interrupted", "interrupted");
      else if (content?.turnComplete === true) end(outcomeOf(reason), "turnComplete", reason);
      // The model waits for the tools' results; its answer to them is another response.
      else if (calls !== null) end("completed", "toolCall", null);
      const isOther = content === null && calls === null && usage === null;
      if (isOther && !OF_SESSION.some((name) => value[name] !== undefined)) {
        writer.tell({ type: "unrecognized", name: Object.keys(value)[0] ?? null });
      }
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

function callOf(call: JsonObject): ItemSnapshot {
  const name = asString(call.name);
  const callId = asId(call.id);
  return functionCall(name, callId);
}

/** Thoughts are counted apart from the response; the prompts that tools make are input. */
function usageOfTurn(usage: JsonObject): Usage {
  const thoughts = asIndex(usage.thoughtsTokenCount);
  return usageOf(
    {
      input: sumOf(asIndex(usage.promptTokenCount), asIndex(usage.toolUsePromptTokenCount)),
      cachedInput: asIndex(usage.cachedContentTokenCount),
      output: sumOf(asIndex(usage.responseTokenCount), thoughts),
      reasoning: thoughts,
      total: asIndex(usage.totalTokenCount),
    },
    usage,
  );
}
