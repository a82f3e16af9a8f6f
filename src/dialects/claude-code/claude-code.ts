// The output of `claude -p --output-format stream-json` (Claude Code): a line for each message of the run, and with
// `--include-partial-messages` the events of the Messages API as they come. A run is a response; `result` ends it.
// https://code.claude.com/docs/en/headless, https://platform.claude.com/docs/en/agent-sdk/typescript (SDKMessage)
import type { Outcome } from "../../model/facts.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import { DELTAS, readBlock, readFirstTexts, readInput } from "../anthropic/blocks.ts";
import { createMessageUsage } from "../anthropic/usage.ts";
import { isOfCursor } from "../cursor-agent/claims.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type WholeText } from "../reader/fact-writer.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { costOf } from "../reader/provider-figures.ts";
import { readObjects } from "../reader/read-objects.ts";
import { partialMessageRules } from "./rules/partial-messages.ts";
import { resultRules } from "./rules/results.ts";
import { traits } from "./traits.ts";

export const claudeCode = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [resultRules, partialMessageRules],
} as const satisfies Dialect;

/** All lines of a session name it, and have fields that no other dialect's events have. */
function isOwn(value: JsonObject): boolean {
  const { type, subtype, session_id: session, event, message } = value;
  if (asString(session) === null || isOfCursor(value)) return false;
  if (type === "system" || type === "result") return asString(subtype) !== null;
  if (type === "stream_event") return asObject(event) !== null;
  return (type === "assistant" || type === "user") && asObject(message) !== null;
}

/** Lines about the progress of the run, without any of the answer. */
const PROGRESS: ReadonlySet<unknown> = new Set([
  "user",
  "control_request",
  "control_response",
  "control_cancel_request",
  "tool_progress",
  "tool_use_summary",
  "auth_status",
  "rate_limit_event",
  "prompt_suggestion",
]);

/** Subtypes of `result` for a limit that the user set. Any other except `success` is a failure. */
const OUTCOMES = new Map<string | null, Outcome>([
  ["success", "completed"],
  ["error_max_turns", "incomplete"],
  ["error_max_budget_usd", "incomplete"],
]);

/**
 * `stop_reason` of the last message of a run that succeeded:
 * https://platform.claude.com/docs/en/api/handling-stop-reasons
 */
const STOPS = new Map<string, Outcome>([
  ["refusal", "refused"],
  ["max_tokens", "incomplete"],
  ["model_context_window_exceeded", "incomplete"],
]);

const COUNTS = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens"] as const;

function countsOf(usage: JsonObject): JsonObject {
  return Object.fromEntries(COUNTS.filter((name) => asIndex(usage[name]) !== null).map((name) => [name, usage[name]]));
}

function sumOfCounts(one: JsonObject, other: JsonObject): JsonObject {
  const names = COUNTS.filter((name) => one[name] !== undefined || other[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, (asIndex(one[name]) ?? 0) + (asIndex(other[name]) ?? 0)]));
}

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createKeyedItems(writer, { endsTexts: true });
  const usage = createMessageUsage(writer);
  /** The message whose events are streamed; its lines of type `assistant` repeat it. */
  let streamed = "";
  /** The initial input of blocks, by their key; it counts if no fragments come. */
  let inputs = new Map<string, WholeText[]>();
  let isRunning = false;
  /** The usage of the only message so far; null if there was none, or more than one. */
  let counted: JsonObject | null = null;
  let messages = 0;
  /** The usage of all messages except the last, and of the last: used if the run has no result. */
  let before: JsonObject = {};
  let last: { readonly id: string | null; readonly usage: JsonObject } = { id: null, usage: {} };
  /** A block came, so `result` repeats earlier text. */
  let hasBlocks = false;
  /** The blocks of the streamed message that are not stopped. */
  const openBlocks = new Map<string, string>();
  /** Why the last message stopped, in the words of the Messages API; null until known. */
  let stopReason: string | null = null;

  function begin(id: string | null, model: string | null): void {
    if (isRunning) return;
    isRunning = true;
    hasBlocks = false;
    messages = 0;
    before = {};
    last = { id: null, usage: {} };
    stopReason = null;
    openBlocks.clear();
    inputs = new Map();
    streamed = "";
    writer.startResponse({ id, model, status: null, serviceTier: null });
  }

  function startBlock(key: string, block: JsonObject): void {
    items.end(key);
    hasBlocks = true;
    const item = items.open(key, () => readBlock(block));
    inputs.set(key, readInput(block));
    for (const { kind, part, text } of readFirstTexts(block)) writer.delta(kind, item, part, text);
  }

  function stopBlock(key: string): void {
    items.end(key, {}, inputs.get(key) ?? []);
    inputs.delete(key);
  }

  /** Notes the usage of a message so far; later counts replace earlier ones. */
  function count(id: string | null, usage: JsonObject | null): void {
    if (usage === null) return;
    const isSame = id !== null && id === last.id;
    if (!isSame) before = sumOfCounts(before, last.usage);
    last = { id, usage: isSame ? { ...last.usage, ...countsOf(usage) } : countsOf(usage) };
  }

  /** An event of the Messages API. */
  function readEvent(event: JsonObject): void {
    const key = `${streamed} ${asIndex(event.index) ?? 0}`;
    switch (event.type) {
      case "message_start":
        streamed = asString(asObject(event.message)?.id) ?? "";
        stopReason = null;
        openBlocks.clear();
        count(streamed, asObject(asObject(event.message)?.usage));
        return;
      case "message_delta":
        stopReason = asString(asObject(event.delta)?.stop_reason) ?? stopReason;
        count(streamed, asObject(event.usage));
        return;
      case "content_block_start": {
        const block = asObject(event.content_block) ?? {};
        openBlocks.set(key, asString(block.type) ?? "");
        return startBlock(key, block);
      }
      case "content_block_delta": {
        const delta = asObject(event.delta) ?? {};
        const of = DELTAS.get(asString(delta.type) ?? "");
        if (of === undefined || of.kind === null) return;
        const item = items.open(key, () => ({ id: null, type: of.block, status: null }));
        const text = asString(delta[of.field]) ?? "";
        if (text !== "") writer.delta(of.kind, item, 0, text);
        return;
      }
      case "content_block_stop":
        openBlocks.delete(key);
        return stopBlock(key);
    }
  }

  /** Compares blocks: each block of a streamed message comes whole before it is stopped. */
  function compare(blocks: readonly JsonObject[]): void {
    const [block, ...others] = blocks;
    const [key, ...otherKeys] = openBlocks.keys();
    if (block === undefined || key === undefined || others.length + otherKeys.length > 0) return;
    const text = asString(block.text);
    const item = items.find(key);
    if (block.type === "text" && openBlocks.get(key) === "text" && text !== null && item !== null)
      writer.end("text", item, 0, text);
  }

  /** A whole message, or one block of it. */
  function readMessage(message: JsonObject): void {
    messages += 1;
    count(asString(message.id), asObject(message.usage));
    counted = messages === 1 ? asObject(message.usage) : null;
    if (streamed !== "" && asString(message.id) === streamed) return compare(asObjects(message.content));
    stopReason = asString(message.stop_reason);
    for (const block of asObjects(message.content)) {
      startBlock("whole", block);
      stopBlock("whole");
    }
  }

  function readResult(value: JsonObject): void {
    const subtype = asString(value.subtype);
    const ofRun = OUTCOMES.get(subtype) ?? "failed";
    const stop = asString(value.stop_reason) ?? stopReason;
    const ofMessage = (ofRun === "completed" ? STOPS.get(stop ?? "") : undefined) ?? null;
    const outcome = ofMessage ?? ofRun;
    // A text that was streamed and never stopped is not complete.
    for (const key of outcome === "completed" ? [] : openBlocks.keys()) items.end(key);
    openBlocks.clear();
    // A run may report success although its only text is an error of the API.
    const hasFailed = value.is_error === true && ofRun !== "incomplete";
    const words = Array.isArray(value.errors) ? value.errors.map(asString).find((word) => word !== null) : null;
    if (hasFailed || outcome === "failed") {
      const isOfRun = subtype !== "success";
      writer.error({ type: isOfRun ? subtype : null, code: null, message: words ?? asString(value.result) });
    } else if (!hasBlocks) readMessage({ content: [{ type: "text", text: value.result }] });
    // Amp counts each message, not the run.
    usage.begin(asObject(value.usage) ?? counted);
    writer.cost(costOf(value.total_cost_usd, "USD"));
    const ended = hasFailed ? "failed" : outcome;
    const reason = ended === "completed" || ended === "failed" ? null : ofMessage === null ? subtype : stop;
    writer.endResponse(ended, subtype, reason);
    isRunning = false;
  }

  return {
    read: readObjects(writer, (value) => {
      const { type } = value;
      const session = asString(value.session_id);
      // Messages of a subagent are part of a tool's work.
      const isBelow = asString(value.parent_tool_use_id) !== null;
      if (type === "system") {
        if (value.subtype === "init" || value.subtype === "session_start") begin(session, asString(value.model));
      } else if (type === "stream_event" || type === "assistant") {
        if (isBelow) return;
        begin(session, asString(asObject(value.message)?.model));
        if (type === "assistant") readMessage(asObject(value.message) ?? {});
        else readEvent(asObject(value.event) ?? {});
      } else if (type === "result") {
        begin(session, null);
        readResult(value);
      } else if (!PROGRESS.has(type)) writer.tell({ type: "unrecognized", name: asString(type) });
    }),
    finish() {
      const used = sumOfCounts(before, last.usage);
      if (isRunning && Object.keys(used).length > 0) usage.begin(used);
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces({ event, uuid }) {
      const of = DELTAS.get(asString(asObject(asObject(event)?.delta)?.type) ?? "");
      const padding = uuid === undefined ? null : "/uuid";
      return of === undefined ? null : { text: `/event/delta/${of.field}`, number: null, padding };
    },
  };
}
