// Flowise's stream of a prediction: `{"event": …, "data": …}` in each event. https://docs.flowiseai.com/using-flowise/streaming,
// SSEStreamer of its server (packages/server/src/utils/SSEStreamer.ts)
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

/** Events that say nothing of the answer itself. */
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

/** Nothing but a name and data, with a name that no other server has, or data as Flowise has it. */
function isOwn(value: JsonObject): boolean {
  const { event, data } = value;
  if (data === undefined || !Object.keys(value).every((key) => KEYS.has(key))) return false;
  if (event === "metadata") return asObject(data)?.chatId !== undefined;
  if (event === "token" || event === "start" || event === "thinking") return asString(data) !== null;
  return OWN.has(event) || ((event === "end" || event === "abort") && data === DONE);
}

/** The data of the last event. */
const DONE = "[DONE]";
const ANSWER = "answer";
const THOUGHT = "thought";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  let stage: "before" | "open" | "over" = "before";
  let hasFailed = false;
  /** Calls came: what was used says them again, with the results. */
  let hasCalls = false;

  function begin(): void {
    if (stage === "open") return;
    stage = "open";
    hasFailed = false;
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

  /** `calledTools` has them as LangChain does, `usedTools` as Flowise does, with what the tool said. */
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

  function end(event: string): void {
    items.endAll();
    const isAborted = event === "abort";
    writer.endResponse(hasFailed ? "failed" : isAborted ? "incomplete" : "completed", event, isAborted ? event : null);
    stage = "over";
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
