// OpenAI's Responses API and compatible APIs (Azure, Open Responses, xAI, OpenRouter, LM Studio …).
// https://platform.openai.com/docs/api-reference/responses-streaming
import type { ItemSnapshot } from "../../model/facts.ts";
import { asId, asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { isBareResponse } from "./bare-response.ts";
import { DELTAS, ENDS, KEEP_ALIVES, PART_MARKS, RESPONSE_DONE, SILENT, STEPS } from "./events.ts";
import { readItem, readItemTexts, readShellOutput } from "./items.ts";
import { audioItem, tellAudio, tellImage } from "./media.ts";
import { readResponse, tellBareResponse, tellEnd, tellUnknown, tellUpdate } from "./responses.ts";
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
    // Other protocols send errors too; only here they are numbered.
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
 * Whether an event is of the Realtime API, whose events have the same names, but an id and no number:
 * https://platform.openai.com/docs/api-reference/realtime-server-events
 */
function isOfRealtime(value: JsonObject): boolean {
  if (asObject(value.response)?.object === "realtime.response") return true;
  return asString(value.event_id) !== null && value.sequence_number === undefined;
}

/** The event's type; if the payload leaves it out, the event's name. */
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
        if (isSnapshot(value)) tellUnknown(value, writer);
        writer.tell({ type: "unrecognized", name: type });
      }
    }),
    fail: writer.fail,
    sequenceNumber: (payload) => (payload.type === "object" ? asIndex(payload.value.sequence_number) : null),
    deltaPlaces: (value) => ({
      text: "/delta",
      number: value.sequence_number === undefined ? null : "/sequence_number",
      // Padding that hides the text length in encrypted packets: `stream_options.include_obfuscation`.
      padding: value.obfuscation === undefined ? null : "/obfuscation",
    }),
  };
}

const IN_PROGRESS = "response.in_progress";

/** Reports the facts of one event; `value` is its payload. */
type Teller = (value: JsonObject, writer: FactWriter) => void;

const tellers = new Map<string, Teller>([
  ["response.created", (value, writer) => writer.startResponse(readResponse(value))],
  ["response.queued", tellUpdate],
  [IN_PROGRESS, (value, writer) => (isSnapshot(value) ? tellUpdate : tellKeepAlive)(value, writer)],
  ["response.completed", (value, writer) => tellEnd(value, writer, "completed")],
  ["response.incomplete", (value, writer) => tellEnd(value, writer, "incomplete")],
  ["response.failed", (value, writer) => tellEnd(value, writer, "failed")],
  // Sent by the Realtime API and by gateways that mix up the two APIs: the status gives the outcome.
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
  ["response.image_generation_call.partial_image", (value, writer) => tellImage(value, itemOf(value, writer), writer)],
  ["response.audio.delta", tellAudio],
  [
    "response.audio.transcript.delta",
    (value, writer) => writer.delta("text", audioItem(writer), 0, asString(value.delta) ?? ""),
  ],
  ...SILENT.map((type): [string, Teller] => [type, () => {}]),
]);

/** The item of an event: by position, else by id, else the last one. */
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

function tellKeepAlive(_: JsonObject, writer: FactWriter): void {
  writer.tell({ type: "keep-alive" });
}

/** Some gateways send it before there is a response, to keep the connection alive. */
function isWithoutResponse(type: string, value: JsonObject): boolean {
  return type === IN_PROGRESS && !isSnapshot(value);
}

function isSnapshot({ response }: JsonObject): boolean {
  return asObject(response) !== null;
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
