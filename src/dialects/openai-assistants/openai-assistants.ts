// OpenAI's Assistants API: the run of a thread, with its steps and messages. The payload's `object` is the subject of
// an event; the event name repeats it and adds the state.
// https://platform.openai.com/docs/api-reference/assistants-streaming
import type { ItemSnapshot, Outcome } from "../../model/facts.ts";
import type { TextKind } from "../../model/text-kinds.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import { readChatUsage } from "../openai-chat/usage.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { readObjects } from "../reader/read-objects.ts";
import { traits } from "./traits.ts";

export const openaiAssistants = {
  ...traits,
  claims(event, payload) {
    if (payload.type === "broken-json") return event.event.startsWith(PREFIX);
    return payload.type === "object" && (event.event.startsWith(PREFIX) || OBJECTS.has(objectOf(payload.value, event)));
  },
  create: createReader,
  rules: [],
} as const satisfies Dialect;

const PREFIX = "thread.";
const OBJECTS: ReadonlySet<string> = new Set([
  "thread.run",
  "thread.run.step",
  "thread.run.step.delta",
  "thread.message",
  "thread.message.delta",
]);

/** If the payload has no `object`, it is taken from the event name: `thread.run.created`. */
function objectOf(value: JsonObject, { event }: WireEvent): string {
  return asString(value.object) ?? (event.endsWith(".delta") ? event : event.replace(/\.[^.]*$/, ""));
}

/** A run that waits for tool results is complete, like a chat completion that ends with tool calls. */
const OUTCOME_OF_STATUS = new Map<string | null, Outcome>([
  ["completed", "completed"],
  ["requires_action", "completed"],
  ["incomplete", "incomplete"],
  ["cancelled", "incomplete"],
  ["expired", "incomplete"],
  ["failed", "failed"],
]);
const IN_PROGRESS = "in_progress";

/** Item types for the names of tools in a run. */
const TYPE_OF_TOOL = new Map<string, string>([["function", "function_call"]]);

function createReader(): DialectReader {
  const writer = createFactWriter();
  /** The open items, by key: a message's id, or step and index of a call. */
  const open = new Map<string, ItemSnapshot>();
  /** The keys of the calls by their own id. */
  const callKeys = new Map<string, string>();
  let isBegun = false;
  /** The response of these items. */
  let response = 0;

  function start(key: string, snapshot: ItemSnapshot): number {
    const isNew = !writer.hasItem(key);
    const item = writer.itemWithId(key);
    if (isNew) {
      writer.startItem(item, snapshot);
      open.set(key, snapshot);
    }
    return item;
  }

  function end(key: string, snapshot: ItemSnapshot): void {
    const item = writer.itemWithId(key);
    writer.endTexts(item);
    if (!writer.hasEnded(item)) writer.endItem(item, { ...open.get(key), ...snapshot }, []);
    open.delete(key);
  }

  function readRun(run: JsonObject, { event }: WireEvent): void {
    const status = asString(run.status);
    const snapshot = { id: asString(run.id), model: asString(run.model), status, serviceTier: null };
    // If events have no names, the first one starts the run.
    if (event === "thread.run.created" || (event === "message" && !isBegun)) writer.startResponse(snapshot);
    else writer.updateResponse(snapshot, null);
    if (writer.response() !== response) {
      response = writer.response();
      open.clear();
      callKeys.clear();
    }
    const outcome = OUTCOME_OF_STATUS.get(status);
    if (outcome === undefined) return;
    const wanted = asObject(asObject(run.required_action)?.submit_tool_outputs);
    asObjects(wanted?.tool_calls).forEach((call) => {
      const id = asString(call.id) ?? "";
      readCall(callKeys.get(id) ?? id, call, true);
    });
    for (const [key, snapshot] of open) end(key, snapshot);
    const usage = asObject(run.usage);
    if (usage !== null) writer.usage(readChatUsage(usage));
    const error = asObject(run.last_error);
    if (error !== null) writer.error(readError({ error }));
    writer.endResponse(outcome, status, asString(asObject(run.incomplete_details)?.reason));
  }

  function readMessage(message: JsonObject): void {
    const id = asString(message.id) ?? "";
    const snapshot = { id, type: "message", status: asString(message.status) };
    if (snapshot.status === IN_PROGRESS) {
      start(id, snapshot);
      return;
    }
    const item = writer.itemWithId(id);
    asObjects(message.content).forEach((content, part) => {
      const { kind, text } = readContent(content, writer);
      if (kind !== null) writer.end(kind, item, part, text);
    });
    end(id, snapshot);
  }

  function readMessageDelta(value: JsonObject): void {
    const item = writer.itemWithId(asString(value.id) ?? "");
    for (const content of asObjects(asObject(value.delta)?.content)) {
      const { kind, text, annotations } = readContent(content, writer);
      const part = asIndex(content.index) ?? 0;
      if (kind !== null && text !== "") writer.delta(kind, item, part, text);
      for (const annotation of annotations) tellAnnotation(annotation, item, writer);
    }
  }

  /** A step that makes a message has no content of its own. */
  function readStep(step: JsonObject, details: JsonObject | null, isDone: boolean): void {
    asObjects(details?.tool_calls).forEach((call, place) => {
      const key = `${asString(step.id) ?? ""}/${asIndex(call.index) ?? place}`;
      const id = asString(call.id);
      if (id !== null) callKeys.set(id, key);
      readCall(key, call, isDone, asString(step.status));
    });
  }

  function readCall(key: string, call: JsonObject, isDone: boolean, status: string | null = null): void {
    const id = asString(call.id);
    const tool = asString(call.type) ?? "function";
    const of = asObject(call[tool]) ?? {};
    const name = asString(of.name);
    const type = TYPE_OF_TOOL.get(tool) ?? `${tool}_call`;
    const names = { ...(name !== null && { name }), ...(id !== null && { callId: id }) };
    const item = isDone ? writer.itemWithId(key) : start(key, { id, type, status: null, ...names });
    for (const { kind, part, text } of textsOfCall(of)) {
      if (isDone) writer.end(kind, item, part, text);
      else writer.delta(kind, item, part, text);
    }
    if (isDone) end(key, { id, type, status, ...names });
  }

  return {
    read: readObjects(writer, (value, event) => {
      const object = objectOf(value, event);
      if (object === "thread.run") readRun(value, event);
      else if (object === "thread.message") readMessage(value);
      else if (object === "thread.message.delta") readMessageDelta(value);
      else if (object === "thread.run.step.delta") {
        readStep({ id: value.id }, asObject(asObject(value.delta)?.step_details), false);
      } else if (object === "thread.run.step") {
        readStep(value, asObject(value.step_details), value.status !== IN_PROGRESS);
      } else if (isError(value, event.event)) writer.error(readError(value));
      // The thread itself is not part of the answer.
      else if (object !== "thread") writer.tell({ type: "unrecognized", name: event.event });
      isBegun ||= OBJECTS.has(object);
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces({ delta }) {
      const isText = asObjects(asObject(delta)?.content).length === 1;
      return isText ? { text: "/delta/content/0/text/value", number: null, padding: null } : null;
    },
  };
}

interface Content {
  /** Null if it is not text: an image, which is a file or a URL. */
  readonly kind: TextKind | null;
  readonly text: string;
  readonly annotations: readonly JsonObject[];
}

function readContent(content: JsonObject, writer: FactWriter): Content {
  const type = asString(content.type);
  if (type === "text") {
    const text = asObject(content.text);
    return { kind: "text", text: asString(text?.value) ?? "", annotations: asObjects(text?.annotations) };
  }
  if (type === "refusal") return { kind: "refusal", text: asString(content.refusal) ?? "", annotations: [] };
  if (type?.startsWith("image_") !== true) writer.tell({ type: "unrecognized", name: `content ${type ?? ""}`.trim() });
  return { kind: null, text: "", annotations: [] };
}

/** `file_citation`, `file_path` or `url_citation`, each with an object of that name. */
function tellAnnotation(annotation: JsonObject, item: number, writer: FactWriter): void {
  const kind = asString(annotation.type);
  const of = asObject(annotation[kind ?? ""]) ?? {};
  const title = asString(of.title) ?? asString(of.url) ?? asString(of.file_id);
  writer.tell({ type: "annotation-added", response: writer.response(), item, kind, title });
}

/** The texts of a call: a function's arguments and result, or an interpreter's code and output. */
function textsOfCall(of: JsonObject): { kind: TextKind; part: number; text: string }[] {
  const logs = asObjects(of.outputs).map((output, place) => ({
    kind: "tool-output" as const,
    part: asIndex(output.index) ?? place,
    text: asString(output.logs) ?? "",
  }));
  return [
    { kind: "tool-input" as const, part: 0, text: asString(of.arguments) ?? "" },
    { kind: "code" as const, part: 0, text: asString(of.input) ?? "" },
    { kind: "tool-output" as const, part: 0, text: asString(of.output) ?? "" },
    ...logs,
  ].filter(({ text }) => text !== "");
}
