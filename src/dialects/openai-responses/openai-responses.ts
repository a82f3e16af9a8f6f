// OpenAI's Responses API and its kin (Azure, Open Responses, xAI, OpenRouter, LM Studio …).
// https://platform.openai.com/docs/api-reference/responses-streaming
import type { ItemSnapshot, Outcome, ResponseSnapshot, Usage } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { isBareResponse } from "./bare-response.ts";
import { DELTAS, ENDS, KEEP_ALIVES, PART_MARKS, RESPONSE_DONE, SILENT, STEPS } from "./events.ts";
import { readItem, readItemTexts, readShellOutput } from "./items.ts";
import { readObjects } from "../reader/read-objects.ts";
import { sequenceRules } from "./rules/sequence.ts";
import { fieldRules } from "./rules/fields.ts";
import { itemRules } from "./rules/items.ts";
import { indexRules } from "./rules/indexes.ts";
import { partRules } from "./rules/parts.ts";
import { snapshotRules } from "./rules/snapshots.ts";
import { statusRules } from "./rules/statuses.ts";
import { callRules } from "./rules/calls.ts";
import { errorShapeRules } from "./rules/errors.ts";
import { firstTextRules } from "./rules/first-texts.ts";
import { terminalRules } from "./rules/terminals.ts";
import { traits } from "./traits.ts";

export const openaiResponses = {
  ...traits,
  claims(event, payload) {
    if (payload.type === "broken-json") return tellers.has(event.event) && event.event !== "error";
    if (payload.type !== "object" || isOfRealtime(payload.value)) return false;
    if (isBareResponse(payload.value)) return true;
    const type = typeOf(payload.value, event);
    if (type === RESPONSE_DONE || isWithoutResponse(type, payload.value)) return false;
    // Others send errors too; only here they are numbered.
    return type === "error" ? asIndex(payload.value.sequence_number) !== null : tellers.has(type);
  },
  suggests: (event, payload) =>
    payload.type === "object" && isWithoutResponse(typeOf(payload.value, event), payload.value),
  create: createReader,
  rules: [
    sequenceRules,
    fieldRules,
    itemRules,
    indexRules,
    partRules,
    snapshotRules,
    statusRules,
    callRules,
    errorShapeRules,
    terminalRules,
    firstTextRules,
  ],
} as const satisfies Dialect;

/**
 * Whether an event is of the Realtime API, whose events have the names of these and an id of their own, and no number:
 * https://platform.openai.com/docs/api-reference/realtime-server-events
 */
function isOfRealtime(value: JsonObject): boolean {
  if (asObject(value.response)?.object === "realtime.response") return true;
  return asString(value.event_id) !== null && value.sequence_number === undefined;
}

/** The event's type; servers that leave it out of the payload name the event by it. */
function typeOf(value: JsonObject, event: WireEvent): string {
  return asString(value.type) ?? event.event;
}

function createReader(): DialectReader {
  const writer = createFactWriter();
  return {
    read: readObjects(writer, (value, event) => {
      const type = typeOf(value, event);
      const tell = tellers.get(type);
      if (tell !== undefined) tell(value, writer);
      else if (isBareResponse(value)) tellBareResponse(value, writer);
      else if (asString(value.type) === null && isError(value, event.event)) writer.error(readError(value));
      else {
        // Some send response.cancelled, of which the API's list knows nothing: its snapshot counts all the same.
        const response = asObject(value.response);
        if (response !== null) {
          tellUpdate(value, writer);
          const usage = asObject(response.usage);
          if (usage !== null) writer.usage(readUsage(usage));
        }
        writer.tell({ type: "unrecognized", name: type });
      }
    }),
    fail: writer.fail,
    sequenceNumber: (payload) => (payload.type === "object" ? asIndex(payload.value.sequence_number) : null),
    deltaPlaces: (value) => ({
      text: "/delta",
      number: value.sequence_number === undefined ? null : "/sequence_number",
      // Against reading the answer off the sizes of encrypted packets: `stream_options.include_obfuscation`.
      padding: value.obfuscation === undefined ? null : "/obfuscation",
    }),
  };
}

const IN_PROGRESS = "response.in_progress";

/** Tells the facts of one event; `value` is its payload. */
type Teller = (value: JsonObject, writer: FactWriter) => void;

const tellers = new Map<string, Teller>([
  ["response.created", (value, writer) => writer.startResponse(readResponse(value))],
  ["response.queued", tellUpdate],
  [IN_PROGRESS, (value, writer) => (isSnapshot(value) ? tellUpdate : tellKeepAlive)(value, writer)],
  ["response.completed", (value, writer) => tellEnd(value, writer, "completed")],
  ["response.incomplete", (value, writer) => tellEnd(value, writer, "incomplete")],
  ["response.failed", (value, writer) => tellEnd(value, writer, "failed")],
  // Not of this API, but of the Realtime API, and of gateways that mix up the two: the status says what it is.
  [RESPONSE_DONE, (value, writer) => tellEnd(value, writer, "completed")],
  ["error", (value, writer) => writer.error(readError(value))],
  ...[...KEEP_ALIVES].map((type): [string, Teller] => [type, tellKeepAlive]),

  ["response.output_item.added", (value, writer) => writer.startItem(...readItemEvent(value, writer))],
  [
    "response.output_item.done",
    (value, writer) => writer.endItem(...readItemEvent(value, writer), readItemTexts(asObject(value.item) ?? {})),
  ],
  ...Object.entries(DELTAS).map(([type, { kind, part }]): [string, Teller] => [
    type,
    (value, writer) => writer.delta(kind, itemOf(value, writer), partOf(value, part), asString(value.delta) ?? ""),
  ]),
  ...Object.entries(ENDS).map(([type, { kind, part, text }]): [string, Teller] => [
    type,
    (value, writer) => writer.end(kind, itemOf(value, writer), partOf(value, part), asString(value[text])),
  ]),
  ...Object.entries(PART_MARKS).map(([event, { type, part }]): [string, Teller] => [
    event,
    (value, writer) => {
      const kind = asString(asObject(value.part)?.type);
      const item = itemOf(value, writer);
      writer.tell({ type, response: writer.response(), item, part: partOf(value, part), kind });
    },
  ]),
  ["response.shell_call_output_content.delta", (value, writer) => tellShellOutput(value, writer)],
  [
    "response.shell_call_output_content.done",
    (value, writer) =>
      writer.end("tool-output", itemOf(value, writer), partOf(value, "command_index"), readShellOutput(value.output)),
  ],
  ...Object.entries(STEPS).flatMap(([call, steps]) =>
    steps.map((status): [string, Teller] => [
      `response.${call}.${status}`,
      (value, writer) =>
        writer.tell({ type: "item-update", response: writer.response(), item: itemOf(value, writer), status }),
    ]),
  ),
  ["response.output_text.annotation.added", tellAnnotation],
  ["response.image_generation_call.partial_image", tellImage],
  ["response.audio.delta", tellAudio],
  [
    "response.audio.transcript.delta",
    (value, writer) => writer.delta("text", audioItem(writer), 0, asString(value.delta) ?? ""),
  ],
  ...SILENT.map((type): [string, Teller] => [type, () => {}]),
]);

/** The item an event speaks of: by position, by id where a server leaves that out, else the last one. */
function itemOf(value: JsonObject, writer: FactWriter): number {
  const index = asIndex(value.output_index);
  if (index !== null) return index;
  const id = asId(value.item_id) ?? asId(asObject(value.item)?.id);
  return id === null ? writer.lastItem() : writer.itemWithId(id);
}

function partOf(value: JsonObject, field: string | null): number {
  return (field === null ? null : asIndex(value[field])) ?? 0;
}

function readItemEvent(value: JsonObject, writer: FactWriter): [item: number, snapshot: ItemSnapshot] {
  return [itemOf(value, writer), readItem(asObject(value.item) ?? {})];
}

/**
 * The response that an event carries. Some gateways put its fields into the event itself:
 * https://github.com/7836246/cursor2api/issues/115
 */
function responseOf(value: JsonObject): JsonObject {
  return asObject(value.response) ?? value;
}

function readResponse(value: JsonObject): ResponseSnapshot {
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

function tellKeepAlive(_: JsonObject, writer: FactWriter): void {
  writer.tell({ type: "keep-alive" });
}

/** Some gateways send it as long as there is no response, to keep the connection alive, whatever comes then. */
function isWithoutResponse(type: string, value: JsonObject): boolean {
  return type === IN_PROGRESS && !isSnapshot(value);
}

function isSnapshot({ response }: JsonObject): boolean {
  return asObject(response) !== null;
}

function tellUpdate(value: JsonObject, writer: FactWriter): void {
  const snapshot = readResponse(value);
  const outcome = OUTCOME_OF_STATUS.get(snapshot.status) ?? null;
  // A response is complete when its terminal event says so.
  writer.updateResponse(snapshot, outcome === "completed" ? null : outcome);
}

/** A terminal event: the last snapshot, with what no event before it told. */
function tellEnd(value: JsonObject, writer: FactWriter, eventOutcome: Outcome): void {
  const response = responseOf(value);
  const snapshot = readResponse(value);
  writer.updateResponse(snapshot, null);
  asObjects(response.output).forEach((item, position) => {
    const id = asId(item.id);
    const index = id !== null && writer.hasItem(id) ? writer.itemWithId(id) : position;
    if (!writer.hasEnded(index)) writer.endItem(index, readItem(item), readItemTexts(item));
  });
  const usage = asObject(response.usage);
  if (usage !== null) writer.usage(readUsage(usage));
  if (asObject(response.error) !== null) writer.error(readError(response));
  // The event and the status should agree; where they do not, the worse one is believed.
  const outcome =
    eventOutcome === "completed" ? (OUTCOME_OF_STATUS.get(snapshot.status) ?? eventOutcome) : eventOutcome;
  writer.endResponse(outcome, snapshot.status, asString(asObject(response.incomplete_details)?.reason));
}

/** A response without an event around it: one that was made without streaming and is sent as the data of an event. */
function tellBareResponse(value: JsonObject, writer: FactWriter): void {
  const outcome = OUTCOME_OF_STATUS.get(asString(value.status));
  if (outcome === undefined) tellUpdate(value, writer);
  else tellEnd(value, writer, outcome);
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

function tellShellOutput(value: JsonObject, writer: FactWriter): void {
  writer.delta("tool-output", itemOf(value, writer), partOf(value, "command_index"), readShellOutput([value.delta]));
}

function tellAnnotation(value: JsonObject, writer: FactWriter): void {
  const annotation = asObject(value.annotation) ?? {};
  writer.tell({
    type: "annotation-added",
    response: writer.response(),
    item: itemOf(value, writer),
    kind: asString(annotation.type),
    title: asString(annotation.title) ?? asString(annotation.filename) ?? asString(annotation.url),
  });
}

function tellImage(value: JsonObject, writer: FactWriter): void {
  const base64Length = asString(value.partial_image_b64)?.length ?? 0;
  const item = itemOf(value, writer);
  writer.tell({ type: "media-delta", media: "image", response: writer.response(), item, base64Length });
}

function tellAudio(value: JsonObject, writer: FactWriter): void {
  const base64Length = asString(value.delta)?.length ?? 0;
  const item = audioItem(writer);
  writer.tell({ type: "media-delta", media: "audio", response: writer.response(), item, base64Length });
}

/** Audio events name no item: all audio of a response is one item here, its transcript the text. */
function audioItem(writer: FactWriter): number {
  const isNew = !writer.hasItem(AUDIO_ITEM);
  const item = writer.itemWithId(AUDIO_ITEM);
  if (isNew) writer.startItem(item, { id: null, type: AUDIO_ITEM, status: null });
  return item;
}

const AUDIO_ITEM = "audio";
