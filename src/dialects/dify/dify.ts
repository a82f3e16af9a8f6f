// Dify's apps: chats, agents and workflows, with the event name in `event` within the data.
// https://docs.dify.ai/api-reference/chat/send-chat-message (ChunkChatCompletionResponse),
// https://docs.dify.ai/api-reference/workflow-execution/execute-workflow, and their source: `StreamEvent` in
// api/core/app/entities/task_entities.py and `generate_response_converter.py` of each kind of app
import type { Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { costOf, SECONDS, serverTimingOf } from "../reader/provider-figures.ts";
import { readObjects } from "../reader/read-objects.ts";
import { statedIfLost } from "../reader/stated-text.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const dify = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** Event names, except `ping`: `StreamEvent` in Dify's source (api/core/app/entities/task_entities.py). */
const EVENTS =
  /^(?:error|message|message_end|message_file|message_replace|agent_message|agent_thought|agent_log|tts_message|tts_message_end|text_chunk|text_replace|workflow_(?:started|finished|paused)|(?:node|iteration|loop|parallel_branch)_\w+|human_input_\w+)$/;

/** All events of a task name it, except an error of a run that did not begin, which has no id. */
function isOwn(value: JsonObject): boolean {
  if (!EVENTS.test(asString(value.event) ?? "")) return false;
  if ([value.task_id, value.workflow_run_id, value.message_id].some((id) => asId(id) !== null)) return true;
  if (value.event !== "error" || asIndex(value.status) === null || asString(value.code) === null) return false;
  return value.workflow_run_id !== undefined || value.message_id !== undefined;
}

/**
 * `WorkflowExecutionStatus`; for any other status, the error decides:
 * https://docs.dify.ai/api-reference/workflow-execution/execute-workflow
 */
const OUTCOMES = new Map<string | null, Outcome>([
  ["succeeded", "completed"],
  // Some nodes failed, and the workflow handles their failure.
  ["partial-succeeded", "completed"],
  ["stopped", "incomplete"],
  ["failed", "failed"],
]);

const ANSWER = "answer";
/** Characters of a text that are compared with the text repeated at its end. */
const MOST_COMPARED = 2 ** 20;

function createReader(): DialectReader {
  const writer = createFactWriter();
  const answer = createStreamedItems(writer);
  const calls = createKeyedItems(writer);
  /** The inputs of calls that wait for their results. */
  const inputs = new Map<string, string>();
  let stage: "before" | "open" | "over" = "before";
  let hasText = false;
  /** The streamed text of a workflow without a chat; null if it is too long to compare with the output. */
  let streamed: string | null = "";
  /** The answer belongs to a chat: the usage of its message counts, not that of its workflow. */
  let isChat = false;

  /** No event marks the start of a chat, so the first one of a task starts it. */
  function begin(value: JsonObject): void {
    if (stage === "open") return;
    // A chat with a workflow has two ends: the message's and the workflow's.
    if (stage === "over" && !BEGINS.has(value.event)) return;
    stage = "open";
    hasText = false;
    streamed = "";
    isChat = false;
    const id = asId(value.message_id) ?? asId(value.workflow_run_id) ?? asId(value.task_id);
    writer.startResponse({ id, model: null, status: null, serviceTier: null });
  }

  function appendChunk(text: string): void {
    streamed = streamed === null || streamed.length > MOST_COMPARED ? null : streamed + text;
    append(text);
  }

  function append(text: string): void {
    hasText ||= text !== "";
    answer.open(ANSWER, "text", () => ({ id: null, type: "message", status: null }));
    answer.append(ANSWER, text);
  }

  /** Moderation replaces the answer. */
  function replace(text: string): void {
    const item = answer.find(ANSWER);
    answer.end(ANSWER);
    streamed = null;
    if (item !== null) writer.tell({ type: "item-dropped", response: writer.response(), item });
    append(text);
  }

  /** A thought comes several times, each time with more of it: first its tool, then the tool's result. */
  function readThought(value: JsonObject): void {
    const tool = asId(value.tool);
    const key = asId(value.id) ?? String(asIndex(value.position) ?? 0);
    if (tool === null) return;
    calls.open(key, () => ({ id: asId(value.id), type: "tool_call", status: null, name: tool }));
    const input = asString(value.tool_input) ?? "";
    if (asId(value.observation) !== null) endCall(key, input);
    else if (input !== "" && calls.find(key) !== null) inputs.set(key, input);
  }

  function endCall(key: string, text: string): void {
    inputs.delete(key);
    calls.end(key, {}, [{ kind: "tool-input", part: 0, text }]);
  }

  /** Adds a file of a tool, or a retrieved passage. */
  function annotate(kind: string | null, title: string | null): void {
    const item = answer.open(ANSWER, "text", () => ({ id: null, type: "message", status: null }));
    writer.tell({ type: "annotation-added", response: writer.response(), item, kind, title });
  }

  function end(outcome: Outcome, status: string | null, reason: string | null): void {
    if (stage !== "open") return;
    answer.endAll();
    for (const [key, input] of inputs) endCall(key, input);
    calls.endAll();
    writer.endResponse(outcome, status, reason);
    stage = "over";
  }

  function readMessageEnd(value: JsonObject): void {
    const metadata = asObject(value.metadata) ?? {};
    if (stage === "open") {
      for (const { document_name: title } of asObjects(metadata.retriever_resources))
        annotate("retriever_resource", asString(title));
    }
    const usage = asObject(metadata.usage);
    if (usage !== null) {
      const input = asIndex(usage.prompt_tokens);
      const output = asIndex(usage.completion_tokens);
      writer.usage(usageOf({ input, output, total: asIndex(usage.total_tokens) }, usage));
      // https://github.com/langgenius/dify/blob/main/api/core/model_runtime/entities/llm_entities.py: LLMUsage
      writer.serverTiming(serverTimingOf({ total: usage.latency }, SECONDS, usage));
      writer.cost(costOf(usage.total_price, asString(usage.currency)));
    }
    end("completed", null, null);
  }

  function readWorkflowEnd(data: JsonObject): void {
    const status = asString(data.status);
    const error = asString(data.error) || null;
    const outcome = OUTCOMES.get(status) ?? (error === null ? "completed" : "failed");
    const text = textOf(asObject(data.outputs));
    if (!hasText && stage === "open" && text !== null && outcome === "completed") append(text);
    const isOnly = Object.keys(asObject(data.outputs) ?? {}).length === 1;
    if (text !== null && isOnly && !isChat && streamed !== null) answer.endText(ANSWER, statedIfLost(streamed, text));
    if (outcome === "failed") writer.error({ type: null, code: null, message: error });
    const total = asIndex(data.total_tokens);
    if (!isChat && total !== null && stage === "open") writer.usage(usageOf({ total }, { total_tokens: total }));
    if (!isChat && stage === "open") {
      const { elapsed_time } = data;
      writer.serverTiming(serverTimingOf({ total: elapsed_time }, SECONDS, { elapsed_time }));
    }
    end(outcome, status, outcome === "completed" ? null : (error ?? status));
  }

  return {
    read: readObjects(writer, (value) => {
      const event = asString(value.event);
      if (event === null || !EVENTS.test(event)) return writer.tell({ type: "unrecognized", name: event });
      begin(value);
      isChat ||= asId(value.message_id) !== null;
      const data = asObject(value.data) ?? {};
      if (event === "message" || event === "agent_message") append(asString(value.answer) ?? "");
      else if (event === "text_chunk") appendChunk(asString(data.text) ?? "");
      else if (event === "message_replace") replace(asString(value.answer) ?? "");
      else if (event === "text_replace") replace(asString(data.text) ?? "");
      else if (event === "message_file") annotate(asString(value.type), asString(value.url));
      // A form for a person.
      else if (event === "human_input_required") append(asString(data.form_content) ?? "");
      else if (event === "agent_thought") readThought(value);
      else if (event === "message_end") readMessageEnd(value);
      else if (event === "workflow_finished") readWorkflowEnd(data);
      // It waits for a person; after the answer, the run continues in another stream.
      else if (event === "workflow_paused") end("completed", "paused", null);
      else if (event === "tts_message") {
        const base64Length = asString(value.audio)?.length ?? 0;
        const response = writer.response();
        writer.tell({ type: "media-delta", media: "audio", response, item: writer.lastItem(), base64Length });
      } else if (event === "error") {
        writer.error({ type: null, code: asString(value.code), message: asString(value.message) });
        end("failed", null, null);
      }
    }),
    finish() {
      for (const [key, input] of inputs) endCall(key, input);
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces: ({ event }) => {
      const text = event === "message" || event === "agent_message" ? "/answer" : null;
      return text === null ? null : { text, number: null, padding: null };
    },
  };
}

/** Events that start another task after the end of one. */
const BEGINS: ReadonlySet<unknown> = new Set(["workflow_started", "message", "agent_message"]);

/** The output of a workflow: its text, or its only output if that is a text. */
function textOf(outputs: JsonObject | null): string | null {
  if (outputs === null) return null;
  const values = Object.values(outputs);
  const [only = null] = values.length === 1 ? values : [];
  return asString(outputs.answer) ?? asString(outputs.text) ?? asString(only) ?? asString(asObjects(only)[0]?.text);
}
