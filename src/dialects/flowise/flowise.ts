// Flowise's stream of a prediction: `{"event": …, "data": …}` in each event.
// https://docs.flowiseai.com/using-flowise/streaming, SSEStreamer of its server
// (packages/server/src/utils/SSEStreamer.ts), and the states of a flow (buildAgentflow.ts there)
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const flowise = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** Events that are not part of the answer. */
const BESIDE: ReadonlySet<unknown> = new Set([
  "sourceDocuments",
  "artifacts",
  "fileAnnotations",
  "agentReasoning",
  "nextAgent",
  "agentFlowEvent",
  "nextAgentFlow",
  "agentFlowExecutedData",
  "action",
  "tool",
  "tts_start",
  "tts_data",
  "tts_end",
  "tts_abort",
]);
const OWN: ReadonlySet<unknown> = new Set([...BESIDE, "usedTools", "calledTools", "usageMetadata"]);
const KEYS: ReadonlySet<string> = new Set(["event", "data", "type", "duration", "chatId"]);

/** Only a name and data, with a name of Flowise alone or data in Flowise's form. */
function isOwn(value: JsonObject): boolean {
  const { event, data } = value;
  if (data === undefined || !Object.keys(value).every((key) => KEYS.has(key))) return false;
  if (event === "metadata") return asObject(data)?.chatId !== undefined;
  if (event === "token" || event === "start" || event === "thinking") return asString(data) !== null;
  return OWN.has(event) || ((event === "end" || event === "abort") && data === DONE);
}

/** States of a flow, `ExecutionState` in its source. A `STOPPED` flow waits for a person. */
const STATES: ReadonlySet<string | null> = new Set([
  "INPROGRESS",
  "FINISHED",
  "STOPPED",
  "ERROR",
  "TIMEOUT",
  "TERMINATED",
]);
const FAILED: ReadonlySet<string | null> = new Set(["ERROR", "TIMEOUT"]);
const ABORTED = "TERMINATED";

/** The data of the last event. */
const DONE = "[DONE]";
const ANSWER = "answer";
const THOUGHT = "thought";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  let stage: "before" | "open" | "over" = "before";
  let hasFailed = false;
  let flowState: string | null = null;
  /** The error of the last node that failed. */
  let nodeError: string | null = null;
  /** Calls came, so the used tools repeat them, with the results. */
  let hasCalls = false;

  function begin(): void {
    if (stage === "open") return;
    stage = "open";
    hasFailed = false;
    flowState = null;
    nodeError = null;
    hasCalls = false;
    writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
  }

  function readToken(text: string): void {
    items.end(THOUGHT);
    items.open(ANSWER, "text", () => ({ id: null, type: "message", status: null }));
    items.append(ANSWER, text);
  }

  function readThought(text: string): void {
    if (text === "") return;
    items.open(THOUGHT, "reasoning", () => ({ id: null, type: "reasoning", status: null }));
    items.append(THOUGHT, text);
  }

  /** `calledTools` has calls in LangChain's form; `usedTools` has them in Flowise's form, with the tool's result. */
  function readCall(call: JsonObject): void {
    const isUse = call.tool !== undefined;
    const name = asId(isUse ? call.tool : call.name);
    const input = isUse ? call.toolInput : call.args;
    if (name === null) return;
    if (isUse && hasCalls) return;
    hasCalls ||= !isUse;
    const text = asString(input) ?? (asObject(input) === null ? "" : JSON.stringify(input));
    const key = `call/${name}`;
    const callId = asId(call.id);
    const item = { id: null, type: "tool_call", status: null, name, ...(callId !== null && { callId }) };
    items.open(key, "tool-input", () => item);
    items.end(key, {}, [{ kind: "tool-input", part: 0, text }]);
  }

  function readUsage(usage: JsonObject): void {
    const counts = {
      input: asIndex(usage.input_tokens),
      cachedInput: asIndex(asObject(usage.input_token_details)?.cache_read),
      output: asIndex(usage.output_tokens),
      reasoning: asIndex(asObject(usage.output_token_details)?.reasoning),
      total: asIndex(usage.total_tokens),
    };
    writer.usage(usageOf(counts, usage));
  }

  /** A failed flow ends like any other; only its state shows the failure. */
  function end(event: string): void {
    items.endAll();
    if (!hasFailed && FAILED.has(flowState)) {
      hasFailed = true;
      writer.error({ type: null, code: flowState, message: nodeError });
    }
    const reason = event === "abort" ? event : flowState === ABORTED ? ABORTED : null;
    writer.endResponse(hasFailed ? "failed" : reason === null ? "completed" : "incomplete", event, reason);
    stage = "over";
  }

  function readState(state: string | null): void {
    if (STATES.has(state)) flowState = state;
  }

  /** The state of a flow is that of its worst node. */
  function readNode(node: JsonObject): void {
    const state = asString(node.status);
    if (FAILED.has(state)) nodeError = asString(node.error);
    if ((FAILED.has(state) && flowState !== ABORTED) || state === ABORTED) flowState = state;
  }

  return {
    read: readObjects(writer, (value) => {
      const event = asString(value.event);
      const { data } = value;
      if (event !== null && stage === "over" && BESIDE.has(event)) return;
      if (event !== null && event !== "end") begin();
      if (event === "token") readToken(asString(data) ?? "");
      else if (event === "thinking") readThought(asString(data) ?? "");
      else if (event === "usedTools" || event === "calledTools") asObjects(data).forEach(readCall);
      else if (event === "usageMetadata") readUsage(asObject(data) ?? {});
      else if (event === "agentFlowEvent") readState(asString(data));
      else if (event === "nextAgentFlow") readNode(asObject(data) ?? {});
      else if (event === "metadata") {
        const id = asId(asObject(data)?.chatMessageId);
        writer.updateResponse({ id, model: null, status: null, serviceTier: null }, null);
      } else if (event === "error") {
        hasFailed = true;
        writer.error({ type: null, code: null, message: asString(data) ?? asString(asObject(data)?.message) });
      } else if (event === "end" || event === "abort") {
        begin();
        end(event);
      } else if (event !== "start" && !BESIDE.has(event)) writer.tell({ type: "unrecognized", name: event });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces: ({ event }) => (event === "token" ? { text: "/data", number: null, padding: null } : null),
  };
}
