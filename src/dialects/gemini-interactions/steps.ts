// The steps of an interaction as items: their type is the provider's name of the step.
// https://ai.google.dev/api/interactions-api
import type { ItemSnapshot } from "../../model/facts.ts";
import type { TextKind } from "../../model/text-kinds.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { FactWriter, WholeText } from "../reader/fact-writer.ts";
import { jsonText } from "../../model/json-text.ts";

/** `index` is the position of the step; if an event leaves it out, it is of the last step, or starts a new one. */
export interface Steps {
  start(index: number | null, step: JsonObject): void;
  delta(index: number | null, delta: JsonObject): void;
  stop(index: number | null): void;
}

/** A step that has not stopped. */
interface OpenStep {
  snapshot: ItemSnapshot;
  /** The arguments that it started with; they count if none are streamed. */
  readonly startArguments: unknown;
}

const CALL = /_call$/;
const RESULT = /_result$/;
/** Steps, and contents as they were called before May 2026. */
const OTHERS: ReadonlySet<string> = new Set([
  "model_output",
  "thought",
  "user_input",
  "text",
  "image",
  "audio",
  "video",
  "document",
]);

export function createSteps(writer: FactWriter): Steps {
  const open = new Map<number, OpenStep>();
  let response = -1;

  /** Steps that were open in another response do not count here. */
  function current(): Map<number, OpenStep> {
    if (writer.response() !== response) open.clear();
    response = writer.response();
    return open;
  }

  function say(kind: TextKind, item: number, text: string): void {
    if (text !== "") writer.delta(kind, item, 0, text);
  }

  /** Reads a call or a result that comes whole in an event of its own. */
  function readWhole(item: number, type: string, value: JsonObject): void {
    const step = current().get(item);
    if (step !== undefined) step.snapshot = { ...step.snapshot, ...fieldsOf(value) };
    if (CALL.test(type)) {
      const { code } = asObject(value.arguments) ?? {};
      if (typeof code === "string") say("code", item, code);
      else say("tool-input", item, textOf(value.arguments));
    } else {
      if (value.is_error === true && step !== undefined) step.snapshot = { ...step.snapshot, status: "failed" };
      say("tool-output", item, textOf(value.result));
    }
  }

  /** Reads content other than text: chunks of media, and unknown types. */
  function readMedia(item: number, { type, data }: JsonObject): void {
    const base64Length = asString(data)?.length ?? 0;
    if (type !== "image" && type !== "audio") writer.tell({ type: "unrecognized", name: asString(type) });
    else writer.tell({ type: "media-delta", media: type, response: writer.response(), item, base64Length });
  }

  function readDelta(item: number, delta: JsonObject): void {
    const type = asString(delta.type) ?? "";
    switch (type) {
      case "text":
        return say("text", item, asString(delta.text) ?? "");
      case "thought_summary":
        return say("reasoning-summary", item, asString(asObject(delta.content)?.text) ?? "");
      case "arguments_delta":
        return say("tool-input", item, asString(delta.arguments) ?? "");
      case "thought_signature":
        return;
      case "text_annotation_delta":
      case "text_annotation":
        return tellAnnotations(item, delta);
      default:
        if (CALL.test(type) || RESULT.test(type)) readWhole(item, type, delta);
        else readMedia(item, delta);
    }
  }

  function tellAnnotations(item: number, { annotations }: JsonObject): void {
    for (const annotation of asObjects(annotations)) {
      writer.tell({
        type: "annotation-added",
        response: writer.response(),
        item,
        kind: asString(annotation.type),
        title: asString(annotation.title) ?? asString(annotation.file_name) ?? asString(annotation.url),
      });
    }
  }

  return {
    start(index, step) {
      const item = index ?? writer.nextItem();
      const snapshot = { id: null, type: asString(step.type) ?? "", status: null, ...fieldsOf(step) };
      current().set(item, { snapshot, startArguments: step.arguments });
      writer.startItem(item, snapshot);
      const isKnown = CALL.test(snapshot.type) || RESULT.test(snapshot.type) || OTHERS.has(snapshot.type);
      if (!isKnown) writer.tell({ type: "unrecognized", name: snapshot.type });
      if (RESULT.test(snapshot.type) && step.result !== undefined) readWhole(item, snapshot.type, step);
      if (typeof step.text === "string") say("text", item, step.text);
      for (const content of asObjects(step.content)) readDelta(item, content);
      for (const content of asObjects(step.summary)) say("reasoning-summary", item, asString(content.text) ?? "");
    },
    delta: (index, delta) => readDelta(index ?? writer.lastItem(), delta),
    stop(index) {
      const item = index ?? writer.lastItem();
      const step = current().get(item);
      writer.endTexts(item);
      open.delete(item);
      if (step === undefined) return;
      writer.endItem(item, step.snapshot, wholeArguments(step));
    },
  };
}

/** The id and name of a call; for a result, the id of its call. */
function fieldsOf(value: JsonObject): Partial<ItemSnapshot> {
  const name = asString(value.name);
  const callId = asString(value.call_id) ?? asString(value.id);
  return { ...(name !== null && { name }), ...(callId !== null && { callId }) };
}

/** Reported by the fact writer if no arguments were streamed, as for a call without any. */
function wholeArguments({ snapshot, startArguments }: OpenStep): WholeText[] {
  const isCall = snapshot.type === "function_call" || snapshot.type === "mcp_server_tool_call";
  return isCall && asObject(startArguments) !== null
    ? [{ kind: "tool-input", part: 0, text: textOf(startArguments) }]
    : [];
}

/** Results are texts, or JSON of any kind. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return asString(value) ?? jsonText(value);
}
