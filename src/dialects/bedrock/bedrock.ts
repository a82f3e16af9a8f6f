// Amazon Bedrock's ConverseStream, in binary frames or decoded from them.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
import type { ItemSnapshot, Outcome } from "../../model/facts.ts";
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { INVOCATION_METRICS, timingOfMetrics } from "../reader/invocation-metrics.ts";
import { MILLISECONDS, serverTimingOf } from "../reader/provider-figures.ts";
import { createKeyedItems, type KeyedItems } from "../reader/keyed-items.ts";
import { readObjects } from "../reader/read-objects.ts";
import { sumOf, usageOf } from "../reader/usage.ts";
import { blockIndexOf, isOwnEvent, readBedrockEvent } from "./events.ts";
import { blockRules } from "./rules/blocks.ts";
import { endingRules } from "./rules/ending.ts";
import { traits } from "./traits.ts";

export const bedrock = {
  ...traits,
  claims: (event, payload) => payload.type === "object" && isOwnEvent(event, payload.value),
  create: createReader,
  rules: [blockRules, endingRules],
} as const satisfies Dialect;

/** A guardrail's block is a refusal; any other reason is incomplete. */
const OUTCOME_OF_REASON = new Map<string | null, Outcome>([
  ["end_turn", "completed"],
  ["tool_use", "completed"],
  ["stop_sequence", "completed"],
  ["guardrail_intervened", "refused"],
]);

function createReader(): DialectReader {
  const writer = createFactWriter();
  const blocks = createKeyedItems(writer, { endsTexts: true });

  const tellers = new Map<string, (inner: JsonObject) => void>([
    ["messageStart", () => writer.startResponse({ id: null, model: null, status: null, serviceTier: null })],
    ["contentBlockStart", (inner) => startBlock(inner, blocks, writer)],
    ["contentBlockDelta", (inner) => readDelta(inner, blocks, writer)],
    ["contentBlockStop", (inner) => blocks.end(keyOf(inner))],
    [
      "messageStop",
      ({ stopReason }) => {
        const reason = asString(stopReason);
        const outcome = OUTCOME_OF_REASON.get(reason) ?? "incomplete";
        // Text has no block start, and some servers leave out the stop too.
        blocks.endAll();
        finish(writer, outcome, reason);
      },
    ],
    [
      "metadata",
      ({ usage, metrics }) => {
        tellReported(asObject(usage));
        // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamMetrics.html
        writer.serverTiming(serverTimingOf({ total: asObject(metrics)?.latencyMs }, MILLISECONDS, metrics));
      },
    ],
  ]);
  /** The response whose own metadata reported its usage. */
  let counted = -1;

  function tellReported(usage: JsonObject | null): void {
    if (usage === null) return;
    counted = writer.response();
    tellUsage(usage, writer);
  }

  /** The billed tokens, which InvokeModel adds to the last event of any model. */
  function tellMetrics(metrics: JsonObject | null): boolean {
    if (metrics === null) return false;
    if (counted !== writer.response()) tellUsage(readMetrics(metrics), writer);
    return true;
  }

  return {
    read: readObjects(writer, (value, event) => {
      const member = readBedrockEvent(event, value);
      const metrics = asObject(value[INVOCATION_METRICS]);
      if (member === null) {
        writer.serverTiming(timingOfMetrics(value));
        if (tellMetrics(metrics)) return;
        if (isError(value, event.event)) writer.error(readError(value));
        else writer.tell({ type: "unrecognized", name: Object.keys(value)[0] ?? null });
        return;
      }
      const { name, inner } = member;
      const tell = tellers.get(name);
      if (tell === undefined) writer.error({ type: name, code: null, message: asString(inner.message) });
      else tell(inner);
      tellMetrics(metrics);
      writer.serverTiming(timingOfMetrics(value));
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

function keyOf(inner: JsonObject): string {
  return String(blockIndexOf(inner));
}

/** A call's start names the tool; text and reasoning have no start, or an empty one. */
function startBlock(inner: JsonObject, blocks: KeyedItems, writer: FactWriter): void {
  const start = asObject(inner.start) ?? {};
  const call = asObject(start.toolUse);
  const result = asObject(start.toolResult);
  if (call !== null) blocks.open(keyOf(inner), () => readCall(call));
  else if (result !== null) blocks.open(keyOf(inner), () => readToolResult(result));
  else {
    const name = Object.keys(start)[0];
    if (name !== undefined) writer.tell({ type: "unrecognized", name: `contentBlockStart ${name}` });
  }
}

function readCall(call: JsonObject): ItemSnapshot {
  const id = asString(call.toolUseId);
  const name = asString(call.name);
  // `server_tool_use` if Bedrock runs the tool itself.
  const type = asString(call.type) ?? "tool_use";
  return { id, type, status: null, ...(name !== null && { name }), ...(id !== null && { callId: id }) };
}

function readToolResult(result: JsonObject): ItemSnapshot {
  const callId = asString(result.toolUseId);
  const type = asString(result.type) ?? "tool_result";
  return { id: null, type, status: asString(result.status), ...(callId !== null && { callId }) };
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlockDelta.html: one member per delta. */
function readDelta(inner: JsonObject, blocks: KeyedItems, writer: FactWriter): void {
  const delta = asObject(inner.delta) ?? {};
  const open = (type: string): number => blocks.open(keyOf(inner), () => ({ id: null, type, status: null }));
  const text = asString(delta.text);
  const reasoning = asObject(delta.reasoningContent);
  const input = asString(asObject(delta.toolUse)?.input);
  const citation = asObject(delta.citation);
  if (text !== null) writer.delta("text", open("message"), 0, text);
  else if (reasoning !== null) {
    const item = open("reasoning");
    // A signature or redacted content has no text.
    const thought = asString(reasoning.text);
    if (thought !== null) writer.delta("reasoning", item, 0, thought);
  } else if (input !== null) writer.delta("tool-input", open("tool_use"), 0, input);
  else if (citation !== null) {
    const item = open("message");
    const title = asString(citation.title) ?? asString(citation.source);
    writer.tell({ type: "annotation-added", response: writer.response(), item, kind: "citation", title });
  } else writer.tell({ type: "unrecognized", name: `contentBlockDelta ${Object.keys(delta)[0] ?? ""}`.trim() });
}

/** The counts of `amazon-bedrock-invocationMetrics`, under their names in `metadata`. */
function readMetrics(metrics: JsonObject): JsonObject {
  return {
    inputTokens: metrics.inputTokenCount,
    outputTokens: metrics.outputTokenCount,
    ...(metrics.cacheReadInputTokenCount !== undefined && { cacheReadInputTokens: metrics.cacheReadInputTokenCount }),
    ...(metrics.cacheWriteInputTokenCount !== undefined && {
      cacheWriteInputTokens: metrics.cacheWriteInputTokenCount,
    }),
  };
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html: the input is the sum of the three. */
function tellUsage(usage: JsonObject, writer: FactWriter): void {
  // Amazon Nova's own stream (InvokeModel) has other names for them.
  const cachedInput = asIndex(usage.cacheReadInputTokens) ?? asIndex(usage.cacheReadInputTokenCount);
  const written = asIndex(usage.cacheWriteInputTokens) ?? asIndex(usage.cacheWriteInputTokenCount);
  const counts = {
    input: sumOf(asIndex(usage.inputTokens), cachedInput, written),
    cachedInput,
    output: asIndex(usage.outputTokens),
    total: asIndex(usage.totalTokens),
  };
  writer.usage(usageOf(counts, usage));
}
