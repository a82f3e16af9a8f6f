// Reads the response in an event: its snapshot, its end, its usage.
// https://platform.openai.com/docs/api-reference/responses/object
import type { Outcome, ResponseSnapshot, Usage } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import { readCost } from "../openai-chat/provider-figures.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { readError } from "../reader/in-band-error.ts";
import { readItem, readItemTexts } from "./items.ts";

/**
 * The response in an event. Some gateways put its fields into the event itself:
 * https://github.com/7836246/cursor2api/issues/115
 */
function responseOf(value: JsonObject): JsonObject {
  return asObject(value.response) ?? value;
}

/** Id, model, status and service tier, as the event has them. */
export function readResponse(value: JsonObject): ResponseSnapshot {
  const response = responseOf(value);
  return {
    id: asId(response.id),
    model: asString(response.model),
    status: asString(response.status),
    serviceTier: asString(response.service_tier),
  };
}

const OUTCOME_OF_STATUS = new Map<string | null, Outcome>([
  ["completed", "completed"],
  ["incomplete", "incomplete"],
  // There is no response.cancelled event: a cancelled response stops, or shows it in a snapshot.
  ["cancelled", "incomplete"],
  ["failed", "failed"],
]);

/** Reports a snapshot in the middle of a response. */
export function tellUpdate(value: JsonObject, writer: FactWriter): void {
  const snapshot = readResponse(value);
  const outcome = OUTCOME_OF_STATUS.get(snapshot.status) ?? null;
  // A response is complete when its terminal event says so.
  writer.updateResponse(snapshot, outcome === "completed" ? null : outcome);
}

/** Reports a terminal event: the last snapshot, with any content that no earlier event had. */
export function tellEnd(value: JsonObject, writer: FactWriter, eventOutcome: Outcome): void {
  const response = responseOf(value);
  const snapshot = readResponse(value);
  writer.updateResponse(snapshot, null);
  asObjects(response.output).forEach((item, position) => {
    const id = asId(item.id);
    const index = id !== null && writer.hasItem(id) ? writer.itemWithId(id) : position;
    if (!writer.hasEnded(index)) writer.endItem(index, readItem(item), readItemTexts(item));
  });
  const usage = asObject(response.usage);
  if (usage !== null) tellUsage(usage, writer);
  if (asObject(response.error) !== null) writer.error(readError(response));
  // The event and the status should agree; if they do not, the worse one counts.
  const outcome =
    eventOutcome === "completed" ? (OUTCOME_OF_STATUS.get(snapshot.status) ?? eventOutcome) : eventOutcome;
  writer.endResponse(outcome, snapshot.status, asString(asObject(response.incomplete_details)?.reason));
}

/** Reports a response without an event around it, made without streaming and sent as the data of an event. */
export function tellBareResponse(value: JsonObject, writer: FactWriter): void {
  const outcome = OUTCOME_OF_STATUS.get(asString(value.status));
  if (outcome === undefined) tellUpdate(value, writer);
  else tellEnd(value, writer, outcome);
}

/** Reports an unknown event. If it carries a response, as response.cancelled does, its snapshot counts. */
export function tellUnknown(value: JsonObject, writer: FactWriter): void {
  tellUpdate(value, writer);
  const usage = asObject(responseOf(value).usage);
  if (usage !== null) tellUsage(usage, writer);
}

function tellUsage(usage: JsonObject, writer: FactWriter): void {
  writer.usage(readUsage(usage));
  writer.cost(readCost(usage));
}

/** Cached input is part of the input, reasoning part of the output. */
function readUsage(usage: JsonObject): Usage {
  return {
    inputTokens: asIndex(usage.input_tokens),
    cachedInputTokens: asIndex(asObject(usage.input_tokens_details)?.cached_tokens),
    outputTokens: asIndex(usage.output_tokens),
    reasoningTokens: asIndex(asObject(usage.output_tokens_details)?.reasoning_tokens),
    totalTokens: asIndex(usage.total_tokens),
    raw: usage,
  };
}
