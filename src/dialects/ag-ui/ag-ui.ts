// AG-UI, the Agent User Interaction Protocol: an agent reports its run, texts, calls, steps and state to a frontend as
// events. https://docs.ag-ui.com/concepts/events
import type { ItemSnapshot } from "../../model/facts.ts";
import { asId, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { EVENTS, KEEPS_CHUNKS, nameOf } from "./event-names.ts";
import { chunkRules } from "./rules/chunks.ts";
import { runRules } from "./rules/runs.ts";
import { runFieldRules } from "./rules/run-fields.ts";
import { traits } from "./traits.ts";

export const agUi = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [runRules, runFieldRules, chunkRules],
} as const satisfies Dialect;

/** Event types that other servers may send too. */
const ANYBODYS: ReadonlySet<string> = new Set(["RAW", "CUSTOM"]);

function isOwn({ type }: JsonObject): boolean {
  const name = nameOf(type);
  return name !== null && !ANYBODYS.has(name);
}

// Keys of items. Before reasoning had ids, there was one reasoning at a time.
const text = (value: JsonObject): string => `text/${idOf(value, "messageId") ?? ""}`;
const thought = (value: JsonObject): string => `thought/${idOf(value, "messageId") ?? ""}`;
const call = (value: JsonObject): string => `call/${idOf(value, "toolCallId") ?? ""}`;

/** Messages of other roles repeat the conversation and are not the answer. */
const ANSWERING: ReadonlySet<unknown> = new Set([undefined, null, "assistant", "developer", "system"]);

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  /** The item that chunks fill: another event, or a chunk of another item, ends it. */
  let chunked: string | null = null;
  /** The current message of another role. */
  let quoted: string | null = null;
  /** The current run has ended. */
  let isOver = false;
  /** A part of the answer was streamed in this run. */
  let hasContent = false;
  /** The messages of the last snapshot. */
  let snapshot: readonly JsonObject[] = [];

  function startText(value: JsonObject): void {
    if (!ANSWERING.has(value.role)) quoted = text(value);
    if (quoted === text(value)) return;
    items.open(text(value), "text", () => ({ id: idOf(value, "messageId"), type: "message", status: null }));
  }
  function startThought(value: JsonObject): void {
    items.open(thought(value), "reasoning", () => ({ id: idOf(value, "messageId"), type: "reasoning", status: null }));
  }
  function startCall(value: JsonObject): void {
    items.open(call(value), "tool-input", () => readCall(value));
  }

  /** Adds to an item; starts one that began before the capture. */
  function append(key: string, start: (value: JsonObject) => void, value: JsonObject): void {
    if (items.find(key) === null) start(value);
    hasContent = true;
    items.append(key, asString(value.delta) ?? "");
  }

  function appendChunk(key: string, start: (value: JsonObject) => void, value: JsonObject): void {
    // Chunks after the first may leave out the id: then the key is only a prefix.
    const goesOn = key.endsWith("/") && chunked !== null && chunked.startsWith(key);
    const to = goesOn && chunked !== null ? chunked : key;
    if (chunked !== null && chunked !== to) items.end(chunked);
    chunked = to;
    append(to, start, value);
  }

  /** The model's messages after the last message of another role: the answer, if none of it was streamed. */
  function readSnapshot(): void {
    const lastOfUser = snapshot.findLastIndex(({ role }) => role === "user");
    for (const message of hasContent ? [] : snapshot.slice(lastOfUser + 1)) {
      if (message.role !== "assistant") continue;
      const id = asId(message.id);
      const content = asString(message.content) ?? "";
      const key = text({ messageId: id });
      if (content !== "") items.open(key, "text", () => ({ id, type: "message", status: null }));
      items.append(key, content);
      items.end(key);
      for (const { id: callId, function: called } of asObjects(message.toolCalls)) {
        const { name, arguments: input } = asObject(called) ?? {};
        const key = call({ toolCallId: callId });
        items.open(key, "tool-input", () => readCall({ toolCallId: callId, toolCallName: name }));
        items.append(key, asString(input) ?? "");
        items.end(key);
      }
    }
    snapshot = [];
  }

  function readEnd(value: JsonObject): void {
    readSnapshot();
    items.endAll({ cut: true });
    // A run that is interrupted is complete: it waits for the user.
    const outcome = asString(value.outcome) ?? asString(asObject(value.outcome)?.type);
    finish(writer, "completed", outcome);
    isOver = true;
  }

  function readError(value: JsonObject): void {
    items.endAll({ cut: true });
    writer.error({ type: null, code: asString(value.code), message: asString(value.message) });
    // An error may follow the end, but does not end the run again.
    if (!isOver) writer.endResponse("failed", null, null);
    isOver = true;
  }

  const tellers: Readonly<Record<string, (value: JsonObject) => void>> = {
    RUN_STARTED(value) {
      isOver = false;
      hasContent = false;
      snapshot = [];
      writer.startResponse({ id: idOf(value, "runId"), model: null, status: null, serviceTier: null });
    },
    MESSAGES_SNAPSHOT(value) {
      snapshot = asObjects(value.messages);
    },
    RUN_FINISHED: readEnd,
    RUN_ERROR: readError,
    TEXT_MESSAGE_START: startText,
    TEXT_MESSAGE_CONTENT: (value) => append(text(value), startText, value),
    TEXT_MESSAGE_END: (value) => items.end(text(value)),
    TOOL_CALL_START: startCall,
    TOOL_CALL_ARGS: (value) => append(call(value), startCall, value),
    TOOL_CALL_END: (value) => items.end(call(value)),
    THINKING_TEXT_MESSAGE_START: startThought,
    THINKING_TEXT_MESSAGE_CONTENT: (value) => append(thought(value), startThought, value),
    THINKING_TEXT_MESSAGE_END: (value) => items.end(thought(value)),
    REASONING_MESSAGE_START: startThought,
    REASONING_MESSAGE_CONTENT: (value) => append(thought(value), startThought, value),
    REASONING_MESSAGE_END: (value) => items.end(thought(value)),
    TEXT_MESSAGE_CHUNK: (value) => appendChunk(text(value), startText, value),
    TOOL_CALL_CHUNK: (value) => appendChunk(call(value), startCall, value),
    REASONING_MESSAGE_CHUNK: (value) => appendChunk(thought(value), startThought, value),
  };

  return {
    read: readObjects(writer, (value) => {
      const name = nameOf(value.type);
      if (name === null) return writer.tell({ type: "unrecognized", name: asString(value.type) });
      if (chunked !== null && !name.endsWith("_CHUNK") && !KEEPS_CHUNKS.has(name)) {
        items.end(chunked);
        chunked = null;
      }
      if (EVENTS.get(name) === "answer" || name === "MESSAGES_SNAPSHOT") tellers[name]?.(value);
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces: ({ delta }) => (typeof delta === "string" ? { text: "/delta", number: null, padding: null } : null),
  };
}

/** An id under its name, or in Python's spelling if the server does not rename it: `message_id`. */
function idOf(value: JsonObject, name: string): string | null {
  return asId(value[name]) ?? asId(value[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]);
}

function readCall(value: JsonObject): ItemSnapshot {
  const id = idOf(value, "toolCallId");
  const name = idOf(value, "toolCallName");
  return { id, type: "tool_call", status: null, ...(name !== null && { name }), ...(id !== null && { callId: id }) };
}
