// LangGraph Platform's stream of a run, whose events are named by the stream mode, and LangServe's, whose events are `data`.
// https://docs.langchain.com/langsmith/streaming, https://github.com/langchain-ai/langserve#endpoints
import type { Fact } from "../../model/facts.ts";
import { asId, asObject, asObjects, asString, type JsonObject, type Payload } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { isOwn, isRunnableEvent, modeOf, streamedInLog, textOfChunk } from "./claims.ts";
import { isMessage, isModels } from "./messages.ts";
import { createRun } from "./run.ts";
import { traits } from "./traits.ts";

export const langgraph = {
  ...traits,
  claims: isOwn,
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** Modes that are not part of the answer. */
const BESIDE: ReadonlySet<string> = new Set([
  "messages/metadata",
  "debug",
  "tasks",
  "checkpoints",
  "feedback",
  "heartbeat",
]);

function createReader(): DialectReader {
  const writer = createFactWriter();
  const run = createRun(writer);
  /** A run may be streamed in several modes: only the mode of the first text is read. */
  let streamedIn: string | null = null;
  /** Application data came that is not part of a response. */
  let hasData = false;

  function isRead(mode: string): boolean {
    streamedIn ??= mode;
    return streamedIn === mode;
  }

  /** Reads the state of the graph, or a node's addition to it: messages after the user's last one are new. */
  function readState(state: unknown): void {
    const { messages } = asObject(state) ?? {};
    const all = asObjects(Array.isArray(messages) ? messages : [messages]);
    const lastOfUser = all.findLastIndex(({ type }) => type === "human" || type === "HumanMessage");
    for (const message of all.slice(lastOfUser + 1)) if (isModels(message)) run.whole(message);
  }

  function readUpdates(value: JsonObject): void {
    for (const update of Object.values(value)) asObjects(Array.isArray(update) ? update : [update]).forEach(readState);
    // The graph waits for a person.
    if (value.__interrupt__ !== undefined) {
      run.begin();
      run.end("completed", "interrupt");
    }
  }

  /** Reads an event of `astream_events`. */
  function readRunnable(value: JsonObject): void {
    const event = asString(value.event);
    const data = asObject(value.data) ?? {};
    const chunk = asObject(data.chunk);
    const isModel = event === "on_chat_model_stream" || event === "on_llm_stream";
    const isRoot = Array.isArray(value.parent_ids) && value.parent_ids.length === 0;
    if (event === "on_chain_start" && isRoot) {
      run.name(asId(value.run_id));
      run.begin();
    } else if (isModel && isRead("events")) {
      if (chunk !== null && isModels(chunk)) run.chunk(chunk);
      else run.text(textOfChunk(data.chunk));
    } else if (event === "on_chain_end" && isRoot) run.end("completed", null);
  }

  /** Reads a chunk of a chain's output: a message, a text, an object with one, an event, or a log. */
  function readChunk(chunk: unknown): void {
    const value = asObject(chunk);
    if (value !== null && isRunnableEvent(value)) return readRunnable(value);
    if (value !== null && isModels(value)) return run.chunk(value);
    if (value !== null && Array.isArray(value.ops)) return streamedInLog(value).forEach(readChunk);
    if (value === null || !isMessage(value)) run.text(textOfChunk(chunk));
  }

  function readError(value: unknown): void {
    const error = asObject(value);
    const message = asString(error?.message) ?? asString(value);
    writer.error({ type: asString(error?.error), code: codeOf(error?.status_code), message });
    if (run.isOpen) run.end("failed", null);
  }

  function readMessages(mode: string, value: unknown): void {
    if (!isRead(mode === "messages" ? mode : "messages/")) return;
    const [first, ...others] = asObjects(value).filter(isModels);
    if (first === undefined) return;
    // A pair of a message and its metadata, or a list of messages.
    if (mode === "messages") run.chunk(first);
    else if (mode === "messages/partial") for (const message of [first, ...others]) run.soFar(message);
    else for (const message of [first, ...others]) run.whole(message);
  }

  /** Reports the application's own data; in a run without messages, it is the whole answer. */
  function tellData(mode: string, value: JsonObject, data: string): void {
    const isState = mode === "values" && value.messages === undefined;
    if (streamedIn !== null || run.isOpen || !(isState || mode === "custom")) return;
    hasData = true;
    writer.tell({ type: "data-received", data });
  }

  /** A run without output is a response too, unless it has only application data. */
  function readEnd(): void {
    if (!run.hasBegun && !hasData) run.begin();
    run.end("completed", "end");
  }

  function readValue(mode: string, value: unknown, data: string): void {
    const object = asObject(value) ?? {};
    if (mode === "metadata") run.name(asId(object.run_id));
    else if (mode.startsWith("messages") && !BESIDE.has(mode)) readMessages(mode, value);
    else if (mode === "custom") tellData(mode, object, data);
    else if (mode === "values") {
      readState(value);
      tellData(mode, object, data);
    } else if (mode === "updates") readUpdates(object);
    else if (mode === "events" || (mode === "message" && isRunnableEvent(object))) readRunnable(object);
    else if (mode === "data") readChunk(value);
    else if (mode === "error") readError(value);
    else if (mode === "end") readEnd();
    else if (!BESIDE.has(mode)) writer.tell({ type: "unrecognized", name: mode });
  }

  return {
    read(event: WireEvent, payload: Payload): readonly Fact[] {
      const mode = modeOf(event);
      if (payload.type === "object" || payload.type === "json") readValue(mode, payload.value, event.data);
      else if (mode === "end") readEnd();
      else if (payload.type === "done-sentinel") writer.tell({ type: "done-sentinel" });
      else {
        const reason = payload.type === "broken-json" ? payload.reason : "not JSON";
        writer.tell({ type: "unreadable", reason });
      }
      return writer.take();
    },
    readWithoutData(name) {
      if (name === "end") readEnd();
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

function codeOf(status: unknown): string | null {
  return typeof status === "number" ? String(status) : null;
}
