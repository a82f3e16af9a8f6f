// Coze: the stream of a chat (v3), with events named `conversation.…`, and that of a workflow.
// https://www.coze.com/docs/developer_guides/chat_v3, https://docs.coze.cn/developer_guides/workflow_stream_run,
// `ChatEventType` and `WorkflowEventType` of coze-py (cozepy/chat, cozepy/workflows/runs)
import type { Fact, Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject, type Payload } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { readObjects } from "../reader/read-objects.ts";
import { usageOf } from "../reader/usage.ts";
import { createMessages } from "./messages.ts";
import { traits } from "./traits.ts";

export const coze = {
  ...traits,
  claims: ({ event }, payload) => payload.type === "object" && isOwn(event, payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

const CHAT = /^conversation\.(?:chat|message|audio)\.\w+$/;

function isOwn(event: string, value: JsonObject): boolean {
  if (CHAT.test(event)) return asId(value.conversation_id) !== null;
  if (event === "Message") return asString(value.content) !== null && asString(value.node_title) !== null;
  if (event === "Error") return asIndex(value.error_code) !== null && asString(value.error_message) !== null;
  return event === "Interrupt" && asObject(value.interrupt_data) !== null;
}

/** The outcome of a chat, by the event name. */
const CHAT_ENDS = new Map<string, Outcome>([
  ["conversation.chat.completed", "completed"],
  ["conversation.chat.failed", "failed"],
  // The caller must run a tool and send its result in another request.
  ["conversation.chat.requires_action", "completed"],
  // Documented only for the API over WebSockets.
  ["conversation.chat.canceled", "incomplete"],
]);
const WORKFLOW: ReadonlySet<string> = new Set(["Message", "Error", "Done", "Interrupt"]);
/** Keeps the connection open while a workflow runs. */
const HEARTBEAT = "PING";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const messages = createMessages(writer);
  let stage: "before" | "open" | "over" = "before";

  function begin(id: string | null): void {
    if (stage === "open") return;
    stage = "open";
    writer.startResponse({ id, model: null, status: null, serviceTier: null });
  }

  function end(outcome: Outcome, status: string | null): void {
    messages.endAll();
    writer.endResponse(outcome, status, outcome === "completed" ? null : status);
    stage = "over";
  }

  function readChatEnd(value: JsonObject, outcome: Outcome): void {
    const action = asObject(asObject(value.required_action)?.submit_tool_outputs);
    for (const { id, function: called } of asObjects(action?.tool_calls)) {
      const { name, arguments: input } = asObject(called) ?? {};
      messages.call(asId(id), asString(name), asString(input) ?? "");
    }
    tellUsage(asObject(value.usage));
    const error = asObject(value.last_error);
    if (outcome === "failed") writer.error({ type: null, code: codeOf(error?.code), message: asString(error?.msg) });
    end(outcome, asString(value.status));
  }

  function tellUsage(usage: JsonObject | null): void {
    if (usage === null) return;
    const counts = { input: asIndex(usage.input_count), output: asIndex(usage.output_count) };
    writer.usage(usageOf({ ...counts, total: asIndex(usage.token_count) }, usage));
  }

  /** Reads a part of a node's output; the last part of the node is marked. */
  function readNode(value: JsonObject): void {
    const node = asId(value.node_execute_uuid) ?? asId(value.node_id) ?? asId(value.node_title) ?? "";
    messages.piece(node, asString(value.content) ?? "", value.node_is_finish === true);
    // The usage of the whole request so far.
    tellUsage(asObject(value.usage));
  }

  function readWorkflow(event: string, value: JsonObject): void {
    if (event !== "Message" && stage === "over") return;
    begin(null);
    if (event === "Message") readNode(value);
    else if (event === "Done") end("completed", event);
    // It waits for a person, whose answer is sent in another request.
    else if (event === "Interrupt") end("completed", event);
    else {
      writer.error({ type: null, code: codeOf(value.error_code), message: asString(value.error_message) });
      end("failed", event);
    }
  }

  function readChat(event: string, value: JsonObject): void {
    if (stage === "over" && event !== "conversation.chat.created") return;
    begin(asId(value.chat_id) ?? asId(value.id));
    const outcome = CHAT_ENDS.get(event);
    if (outcome !== undefined) readChatEnd(value, outcome);
    else if (event === "conversation.message.delta") messages.read(value, true);
    else if (event === "conversation.message.completed") messages.read(value, false);
    else if (event === "conversation.audio.delta") messages.audio(asId(value.id) ?? "", value.content);
  }

  const readObject = readObjects(writer, (value, { event }) => {
    if (WORKFLOW.has(event)) readWorkflow(event, value);
    else if (CHAT.test(event)) readChat(event, value);
    else if (event === HEARTBEAT) writer.tell({ type: "keep-alive" });
    else if (event === "error") writer.error({ type: null, code: codeOf(value.code), message: asString(value.msg) });
    else writer.tell({ type: "unrecognized", name: event });
  });

  return {
    /** The data of `done` is `[DONE]`, that text as a JSON string, or a URL for debugging. */
    read(event: WireEvent, payload: Payload): readonly Fact[] {
      return event.event === "done" && payload.type !== "broken-json" ? [] : readObject(event, payload);
    },
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces: ({ content }) => ({
      text: content === "" ? "/reasoning_content" : "/content",
      number: null,
      padding: null,
    }),
  };
}

function codeOf(code: unknown): string | null {
  return typeof code === "number" ? String(code) : asString(code);
}
