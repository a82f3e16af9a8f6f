// Anthropic's Messages API and compatible APIs: a message of content blocks, each one started, filled and stopped.
// https://platform.claude.com/docs/en/build-with-claude/streaming
import type { Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import { DELTAS, isKnownBlock, readBlock, readFirstTexts, readInput } from "./blocks.ts";
import { isWholeMessage } from "./whole-message.ts";
import { createMessageUsage, readCost, readInvocationMetrics } from "./usage.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter, type WholeText } from "../reader/fact-writer.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { timingOfMetrics } from "../reader/invocation-metrics.ts";
import { readObjects } from "../reader/read-objects.ts";
import { blockRules } from "./rules/blocks.ts";
import { stopReasonRules } from "./rules/stop-reasons.ts";
import { traits } from "./traits.ts";

export const anthropic = {
  ...traits,
  claims(event, payload) {
    if (payload.type === "broken-json") return SIGNS.has(event.event);
    if (payload.type !== "object") return false;
    const { value } = payload;
    if (isWholeMessage(value)) return true;
    const type = typeOf(value, event);
    if (type === "error") return isOwnError(value);
    return SIGNS.get(type)?.(value) ?? false;
  },
  create: createReader,
  rules: [blockRules, stopReasonRules],
} as const satisfies Dialect;

/** Event types of this dialect only, each with a field that it must have. */
const SIGNS = new Map<string, (value: JsonObject) => boolean>([
  ["message_start", ({ message }) => asObject(message) !== null],
  ["content_block_start", ({ content_block: block }) => asObject(block) !== null],
  ["content_block_delta", ({ delta }) => asObject(delta) !== null],
  ["content_block_stop", ({ index }) => asIndex(index) !== null],
  ["message_delta", ({ delta }) => asObject(delta) !== null],
  ["message_stop", () => true],
]);

/** https://platform.claude.com/docs/en/api/errors */
const ERROR_TYPES: ReadonlySet<unknown> = new Set([
  "invalid_request_error",
  "authentication_error",
  "billing_error",
  "permission_error",
  "not_found_error",
  "request_too_large",
  "rate_limit_error",
  "timeout_error",
  "api_error",
  "overloaded_error",
]);

/** Other providers have errors of these types too, but with a code, a param or a number. */
function isOwnError(value: JsonObject): boolean {
  const error = asObject(value.error);
  if (error === null || value.type !== "error" || "sequence_number" in value) return false;
  return ERROR_TYPES.has(error.type) && !("code" in error) && !("param" in error);
}

/** The event's type; if the payload leaves it out, the event's name. */
function typeOf(value: JsonObject, event: WireEvent): string {
  return asString(value.type) ?? event.event;
}

/** https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons; any other reason is incomplete. */
const OUTCOME_OF_REASON = new Map<string | null, Outcome>([
  ["end_turn", "completed"],
  ["tool_use", "completed"],
  ["stop_sequence", "completed"],
  // The turn pauses, or its history was compacted: the next request continues it.
  ["pause_turn", "completed"],
  ["compaction", "completed"],
  ["refusal", "refused"],
]);

const NOTHING_NEW = { id: null, model: null, status: null, serviceTier: null } as const;

function createReader(): DialectReader {
  const writer = createFactWriter();
  const blocks = createKeyedItems(writer, { endsTexts: true });
  const usage = createMessageUsage(writer);
  /** The initial input of each open block; it counts if no fragments come. */
  let inputs = new Map<string, WholeText[]>();
  /** The stop reason in the last snapshot or delta of the current message. */
  let stopReason: string | null = null;
  let refusalCategory: string | null = null;

  function startMessage(value: JsonObject): void {
    const message = asObject(value.message) ?? {};
    writer.startResponse({
      id: asId(message.id),
      model: asString(message.model),
      status: asString(message.stop_reason),
      serviceTier: asString(asObject(message.usage)?.service_tier),
    });
    usage.begin(asObject(message.usage));
    inputs = new Map();
    stopReason = null;
    refusalCategory = null;
    takeReason(message);
    // Messages of code in a container are complete at their start.
    asObjects(message.content).forEach((block, place) => {
      startBlock(`whole ${place}`, block);
      stopBlock(`whole ${place}`);
    });
  }

  function takeReason(holder: JsonObject): void {
    stopReason = asString(holder.stop_reason) ?? stopReason;
    refusalCategory = asString(asObject(holder.stop_details)?.category) ?? refusalCategory;
  }

  function startBlock(key: string, block: JsonObject): void {
    // A block that was not stopped ends when another takes its place.
    blocks.end(key);
    const type = asString(block.type);
    const item = blocks.open(key, () => readBlock(block));
    inputs.set(key, readInput(block));
    for (const { kind, part, text } of readFirstTexts(block)) writer.delta(kind, item, part, text);
    for (const citation of asObjects(block.citations)) tellCitation(citation, item, writer);
    if (type === "fallback") {
      const model = asString(asObject(block.to)?.model);
      if (model !== null) writer.updateResponse({ ...NOTHING_NEW, model }, null);
    }
    if (!isKnownBlock(type)) writer.tell({ type: "unrecognized", name: `content_block_start ${type ?? ""}`.trim() });
  }

  function stopBlock(key: string): void {
    const input = inputs.get(key) ?? [];
    inputs.delete(key);
    blocks.end(key, {}, input);
  }

  function readDelta(key: string, delta: JsonObject): void {
    const type = asString(delta.type) ?? "";
    const of = DELTAS.get(type);
    if (of === undefined) {
      if (!SILENT_DELTAS.has(type)) writer.tell({ type: "unrecognized", name: `content_block_delta ${type}`.trim() });
      return;
    }
    // If the capture starts within a block, its deltas show its type.
    const item = blocks.open(key, () => ({ id: null, type: of.block, status: null }));
    if (of.kind === null) return tellCitation(asObject(delta[of.field]) ?? {}, item, writer);
    const text = asString(delta[of.field]) ?? "";
    // A call's first fragment is empty; if the call has no input, it is the only one.
    if (text !== "") writer.delta(of.kind, item, 0, text);
  }

  function stopMessage(): void {
    // The end of the message ends blocks that were not stopped.
    for (const key of inputs.keys()) stopBlock(key);
    blocks.endAll();
    const outcome = OUTCOME_OF_REASON.get(stopReason) ?? "incomplete";
    if (outcome === "completed") writer.endResponse(outcome, stopReason, null);
    // A refusal has a category: then the category is the reason, and the stop reason is the status.
    else writer.endResponse(outcome, stopReason, refusalCategory ?? stopReason);
  }

  const tellers = new Map<string, (value: JsonObject) => void>([
    ["message_start", startMessage],
    ["content_block_start", (value) => startBlock(keyOf(value), asObject(value.content_block) ?? {})],
    ["content_block_delta", (value) => readDelta(keyOf(value), asObject(value.delta) ?? {})],
    ["content_block_stop", (value) => stopBlock(keyOf(value))],
    [
      "message_delta",
      (value) => {
        takeReason(asObject(value.delta) ?? {});
        if (stopReason !== null) writer.updateResponse({ ...NOTHING_NEW, status: stopReason }, null);
        usage.update(asObject(value.usage));
        writer.cost(readCost(asObject(value.usage)));
      },
    ],
    [
      "message_stop",
      (value) => {
        usage.add(readInvocationMetrics(value));
        writer.serverTiming(timingOfMetrics(value));
        stopMessage();
      },
    ],
    ["ping", () => writer.tell({ type: "keep-alive" })],
    ["error", (value) => writer.error(readError(value))],
  ]);

  return {
    read: readObjects(writer, (value, event) => {
      const type = typeOf(value, event);
      const tell = tellers.get(type);
      if (tell !== undefined) tell(value);
      else if (isWholeMessage(value)) {
        startMessage({ message: value });
        stopMessage();
      } else if (asString(value.type) === null && isError(value, event.event)) writer.error(readError(value));
      else writer.tell({ type: "unrecognized", name: type });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces({ delta }) {
      const of = DELTAS.get(asString(asObject(delta)?.type) ?? "");
      return of === undefined ? null : { text: `/delta/${of.field}`, number: null, padding: null };
    },
  };
}

/** The key of a block is its index; a block without one is the first. */
function keyOf(value: JsonObject): string {
  return String(asIndex(value.index) ?? 0);
}

/** Known deltas without content to show. */
const SILENT_DELTAS: ReadonlySet<string> = new Set(["signature_delta"]);

function tellCitation(citation: JsonObject, item: number, writer: FactWriter): void {
  writer.tell({
    type: "annotation-added",
    response: writer.response(),
    item,
    kind: asString(citation.type),
    title: asString(citation.title) ?? asString(citation.document_title) ?? asString(citation.url),
  });
}
