// OpenAI's Realtime API: the server's events of a session, as in a WebSocket log, one JSON object each. A session has a
// response for each turn. https://platform.openai.com/docs/api-reference/realtime-server-events
import type { ItemSnapshot, Outcome } from "../../model/facts.ts";
import type { TextKind } from "../../model/text-kinds.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter, type WholeText } from "../reader/fact-writer.ts";
import { readError } from "../reader/in-band-error.ts";
import { readObjects } from "../reader/read-objects.ts";
import { responseRules } from "./rules/responses.ts";
import { sessionRules } from "./rules/session.ts";
import { createDoneTexts } from "./done-texts.ts";
import { tellUsage } from "./usage.ts";
import { createTranscripts, isTranscription } from "./transcripts.ts";
import { traits } from "./traits.ts";
import { createTurns } from "./turns.ts";

export const openaiRealtime = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isSign(payload.value),
  create: createReader,
  rules: [responseRules, sessionRules],
} as const satisfies Dialect;

/** Whether an event can only be of this API: the Responses API has the same names, but no `event_id`. */
function isSign(value: JsonObject): boolean {
  if (asObject(value.response)?.object === "realtime.response") return true;
  const session = asObject(value.session);
  if (session?.object === "realtime.session" || session?.type === "realtime") return true;
  if (session !== null && isTranscription(session)) return true;
  const isResponse = asString(value.type)?.startsWith("response.") === true;
  return isResponse && asString(value.event_id) !== null && value.sequence_number === undefined;
}

interface Text {
  readonly kind: TextKind;
  /** The field of the done event with the whole text. */
  readonly whole: string;
}

/** Texts that grow by deltas, by event name without `response.` and `.delta`; the older names are from the beta. */
const TEXTS: Readonly<Record<string, Text>> = {
  output_text: { kind: "text", whole: "text" },
  text: { kind: "text", whole: "text" },
  output_audio_transcript: { kind: "text", whole: "transcript" },
  audio_transcript: { kind: "text", whole: "transcript" },
  function_call_arguments: { kind: "tool-input", whole: "arguments" },
  mcp_call_arguments: { kind: "tool-input", whole: "arguments" },
};
const SOUNDS: ReadonlySet<string> = new Set(["response.output_audio.delta", "response.audio.delta"]);
/** Events about the session, the conversation and the user's audio, and ends without content. */
const SILENT =
  /^(?:session|conversation|input_audio_buffer|output_audio_buffer|rate_limits|mcp_list_tools|transcription_session)\.|^response\.(?:output_)?audio\.done$|^response\.mcp_call\.|^response\.content_part\./;

const OUTCOMES = new Map<string | null, Outcome>([
  ["completed", "completed"],
  ["cancelled", "incomplete"],
  ["incomplete", "incomplete"],
  ["failed", "failed"],
]);

function createReader(): DialectReader {
  const writer = createFactWriter();
  const transcripts = createTranscripts(writer);
  let model: string | null = null;
  const done = createDoneTexts();
  /** The session only transcribes. */
  let isTranscribing = false;
  const turns = createTurns();
  /**
   * The last error of the session: most are recoverable, and then a response can still complete.
   * https://platform.openai.com/docs/api-reference/realtime-server-events/error
   */
  let error: JsonObject | null = null;

  function readSnapshot(response: JsonObject): Parameters<FactWriter["startResponse"]>[0] {
    return {
      id: asId(response.id),
      model: asString(response.model) ?? model,
      status: asString(response.status),
      serviceTier: null,
    };
  }

  function readEnd(response: JsonObject): void {
    const snapshot = readSnapshot(response);
    writer.updateResponse(snapshot, null);
    asObjects(response.output).forEach((item, position) => {
      const id = asId(item.id);
      const index = id !== null && writer.hasItem(id) ? writer.itemWithId(id) : position;
      if (!writer.hasEnded(index)) writer.endItem(index, readItem(item), textsOf(item));
    });
    const usage = asObject(response.usage);
    if (usage !== null) tellUsage(usage, writer);
    const details = asObject(response.status_details);
    const outcome = OUTCOMES.get(snapshot.status) ?? "incomplete";
    if (outcome === "failed") tellError();
    error = null;
    // A failed response has an error, even if the event has no details.
    if (asObject(details?.error) !== null || outcome === "failed") writer.error(readError(details ?? {}));
    const reason = outcome === "completed" ? null : (asString(details?.reason) ?? snapshot.status);
    writer.endResponse(outcome, snapshot.status, reason);
  }

  function readText(type: string, value: JsonObject): boolean {
    const [, name = "", step] = /^response\.(\w+)\.(delta|done)$/.exec(type) ?? [];
    const text = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
    if (text === undefined) return false;
    const item = itemOf(value, writer);
    const part = text.kind === "text" ? (asIndex(value.content_index) ?? 0) : 0;
    const whole = asString(value[text.whole]);
    const added = step === "done" && whole !== null ? done.added(`${text.kind}/${item}/${part}`, whole) : null;
    if (added !== null) {
      if (added !== "") writer.delta(text.kind, item, part, added);
    } else if (step === "done") writer.end(text.kind, item, part, whole);
    else writer.delta(text.kind, item, part, asString(value.delta) ?? "");
    return true;
  }

  function tellError(): void {
    if (error !== null) writer.error(readError(error));
    error = null;
  }

  function readEvent(value: JsonObject): void {
    const type = asString(value.type) ?? "";
    const session = asObject(value.session);
    model = asString(session?.model) ?? model;
    if (session !== null) isTranscribing = isTranscription(session);
    if (isTranscribing && transcripts.read(type, value)) return;
    if (type === "response.created") {
      done.clear();
      writer.startResponse(readSnapshot(asObject(value.response) ?? {}));
    } else if (type === "response.done") readEnd(asObject(value.response) ?? {});
    else if (type === "response.output_item.added")
      writer.startItem(itemOf(value, writer), readItem(asObject(value.item) ?? {}));
    else if (type === "response.output_item.done") {
      const item = asObject(value.item) ?? {};
      writer.endItem(itemOf(value, writer), readItem(item), textsOf(item));
    } else if (SOUNDS.has(type)) {
      const base64Length = asString(value.delta)?.length ?? 0;
      const item = itemOf(value, writer);
      writer.tell({ type: "media-delta", media: "audio", response: writer.response(), item, base64Length });
    } else if (type === "error") {
      tellError();
      error = value;
    } else if (SILENT.test(type)) writer.tell({ type: "keep-alive" });
    else if (!readText(type, value)) writer.tell({ type: "unrecognized", name: type });
  }

  return {
    read: readObjects(writer, (value, { data }) => turns.take(value, data.length).forEach(readEvent)),
    finish() {
      turns.rest().forEach(readEvent);
      tellError();
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces: (value) => ({
      text: "/delta",
      number: null,
      padding: value.event_id === undefined ? null : "/event_id",
    }),
  };
}

function itemOf(value: JsonObject, writer: FactWriter): number {
  const index = asIndex(value.output_index);
  if (index !== null) return index;
  const id = asId(value.item_id) ?? asId(asObject(value.item)?.id);
  return id === null ? writer.lastItem() : writer.itemWithId(id);
}

function readItem(item: JsonObject): ItemSnapshot {
  const name = asString(item.name);
  const callId = asString(item.call_id);
  return {
    id: asId(item.id),
    type: asString(item.type) ?? "unknown",
    status: asString(item.status),
    ...(name !== null && { name }),
    ...(callId !== null && { callId }),
  };
}

/** The whole texts of a done item: only they have text that was not streamed. */
function textsOf(item: JsonObject): WholeText[] {
  const input: WholeText = { kind: "tool-input", part: 0, text: asString(item.arguments) ?? "" };
  const parts = asObjects(item.content).map((content, part): WholeText => {
    return { kind: "text", part, text: asString(content.text) ?? asString(content.transcript) ?? "" };
  });
  return [input, ...parts].filter(({ text }) => text !== "");
}
