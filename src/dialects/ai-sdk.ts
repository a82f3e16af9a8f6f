// The UI message stream of the AI SDK, by which a backend of `useChat` answers.
// https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#data-stream-protocol
import type { ItemSnapshot, Outcome, TextKind } from "../facts.ts";
import { asString, type JsonObject } from "../payload.ts";
import { readMetadata } from "./ai-sdk-metadata.ts";
import type { Dialect, DialectReader } from "./dialect.ts";
import { createFactWriter, type FactWriter } from "./fact-writer.ts";
import { finish } from "./finish.ts";
import { readObjects } from "./read-objects.ts";
import { createStreamedItems, type StreamedItems } from "./streamed-items.ts";

export const aiSdk: Dialect = {
  name: "ai-sdk",
  title: "AI SDK UI message stream",
  claims: (_, payload) => payload.type === "object" && isChunk(payload.value),
  create: createReader,
};

/** Chunks whose type alone tells, or the one that is called as others' are and has a field of its own. */
function isChunk(value: JsonObject): boolean {
  const type = asString(value.type) ?? "";
  if (type === "error") return asString(value.errorText) !== null;
  return type !== "finish" && type !== "file" && type !== "custom" && (tellers.has(type) || isData(value));
}

/** An application's own: `data-weather` and the like. */
function isData({ type, data }: JsonObject): boolean {
  return data !== undefined && (asString(type)?.startsWith("data-") ?? false);
}

function createReader(): DialectReader {
  const writer = createFactWriter();
  const stream: Stream = { writer, items: createStreamedItems(writer), parts: 0, stepStart: 0, isOpen: false };
  return {
    read: readObjects(writer, (value) => {
      const type = asString(value.type);
      const tell = tellers.get(type ?? "");
      if (tell !== undefined) tell(value, stream);
      else if (isData(value)) tellData(value, stream);
      else writer.tell({ type: "unrecognized", name: type });
    }),
    sequenceNumber: () => null,
  };
}

interface Stream {
  readonly writer: FactWriter;
  readonly items: StreamedItems;
  /** Parts that came whole, for their keys. */
  parts: number;
  /** Position of the first item of the step in hand. */
  stepStart: number;
  /** The message has begun and not ended. */
  isOpen: boolean;
}

/** Tells the facts of one chunk. */
type Teller = (value: JsonObject, stream: Stream) => void;

const tellers = new Map<string, Teller>([
  ["start", tellStart],
  ["message-metadata", tellMetadata],
  ["start-step", startStep],
  ["finish-step", () => {}],
  ["reset-step", resetStep],
  ...textTellers("text", "text", "message"),
  ...textTellers("reasoning", "reasoning", "reasoning"),
  ["tool-input-start", (value, { items }) => void openCall(value, items)],
  [
    "tool-input-delta",
    (value, { items }) => items.append(openCall(value, items), asString(value.inputTextDelta) ?? ""),
  ],
  ["tool-input-available", (value, stream) => tellInput(value, stream, "input-available")],
  ["tool-input-error", (value, stream) => tellInput(value, stream, "input-error")],
  ["tool-approval-request", (value, stream) => tellStep(value, stream, "approval-requested")],
  ["tool-approval-response", (value, stream) => tellStep(value, stream, "approval-responded")],
  ["tool-output-available", tellOutput],
  ["tool-output-error", (value, stream) => endCall(value, stream, "output-error", asString(value.errorText))],
  ["tool-output-denied", (value, stream) => endCall(value, stream, "output-denied", null)],
  ["source-url", (value, stream) => tellPart(value, stream, asString(value.title) ?? asString(value.url))],
  ["source-document", (value, stream) => tellPart(value, stream, asString(value.title) ?? asString(value.filename))],
  ["file", (value, stream) => tellPart(value, stream, describeFile(value))],
  ["reasoning-file", (value, stream) => tellPart(value, stream, describeFile(value))],
  ["custom", (value, stream) => tellPart(value, stream, asString(value.kind))],
  ["error", ({ errorText }, { writer }) => writer.error({ type: null, code: null, message: asString(errorText) })],
  ["finish", tellFinish],
  ["abort", tellAbort],
]);

function tellStart(value: JsonObject, stream: Stream): void {
  const id = asString(value.messageId);
  // Streams that are merged may begin again: clients go on with the message.
  if (stream.isOpen && id === null) return tellMetadata(value, stream);
  stream.writer.startResponse({ id, model: readMetadata(value).model, status: null, serviceTier: null });
  stream.isOpen = true;
  stream.stepStart = 0;
  tellUsage(value, stream);
}

function startStep(_: JsonObject, stream: Stream): void {
  stream.stepStart = stream.writer.nextItem();
}

/** The step is tried again, and clients drop all that came of it. */
function resetStep(_: JsonObject, stream: Stream): void {
  const { writer, items } = stream;
  items.endAll();
  const next = writer.nextItem();
  const response = writer.response();
  for (let item = stream.stepStart; item < next; item += 1) writer.tell({ type: "item-dropped", response, item });
  stream.stepStart = next;
}

function tellMetadata(value: JsonObject, stream: Stream): void {
  const { model } = readMetadata(value);
  if (model !== null) stream.writer.updateResponse({ id: null, model, status: null, serviceTier: null }, null);
  tellUsage(value, stream);
}

function tellUsage(value: JsonObject, { writer }: Stream): void {
  const { usage } = readMetadata(value);
  if (usage !== null) writer.usage(usage);
}

/** The three chunks of a text or a thought, which are joined by their id. */
function textTellers(name: "text" | "reasoning", kind: TextKind, type: string): [string, Teller][] {
  function open(value: JsonObject, items: StreamedItems): string {
    const id = asString(value.id);
    const key = `${name}/${id}`;
    items.open(key, kind, () => ({ id, type, status: null }));
    return key;
  }
  return [
    [`${name}-start`, (value, { items }) => void open(value, items)],
    [`${name}-delta`, (value, { items }) => items.append(open(value, items), asString(value.delta) ?? "")],
    [`${name}-end`, (value, { items }) => items.end(`${name}/${asString(value.id)}`)],
  ];
}

/** The key of a call, which is begun where it is new: outputs may be of calls in an earlier message. */
function openCall(value: JsonObject, items: StreamedItems): string {
  const callId = asString(value.toolCallId);
  const key = `call/${callId}`;
  items.open(key, "tool-input", (): ItemSnapshot => {
    const name = asString(value.toolName);
    return {
      id: null,
      type: "function_call",
      status: null,
      ...(name !== null && { name }),
      ...(callId !== null && { callId }),
    };
  });
  return key;
}

/** The whole input, as a value: it ends the deltas, or is all that comes. */
function tellInput(value: JsonObject, stream: Stream, status: string): void {
  const { writer, items } = stream;
  const key = openCall(value, items);
  const item = items.find(key);
  if (!items.hasText(key) && value.input !== undefined) items.append(key, asText(value.input));
  items.endText(key);
  if (item !== null) writer.tell({ type: "item-update", response: writer.response(), item, status });
}

function tellStep(value: JsonObject, { writer, items }: Stream, status: string): void {
  const item = items.find(openCall(value, items));
  if (item !== null) writer.tell({ type: "item-update", response: writer.response(), item, status });
}

function tellOutput(value: JsonObject, stream: Stream): void {
  // Others follow, the last of which is the output.
  if (value.preliminary === true) tellStep(value, stream, "output-preliminary");
  else endCall(value, stream, "output-available", value.output === undefined ? null : asText(value.output));
}

function endCall(value: JsonObject, { items }: Stream, status: string, output: string | null): void {
  const key = openCall(value, items);
  items.end(key, { status }, output === null ? [] : [{ kind: "tool-output", part: 0, text: output }]);
}

/** Text as it is, any other value as JSON. */
function asText(value: unknown): string {
  return asString(value) ?? JSON.stringify(value);
}

/** A part that comes whole. */
function tellPart(value: JsonObject, stream: Stream, detail: string | null): void {
  stream.parts += 1;
  const key = `part/${stream.parts}`;
  const id = asString(value.sourceId) ?? asString(value.id);
  const type = asString(value.type) ?? "unknown";
  stream.items.open(key, "text", () => ({ id, type, status: null, ...(detail !== null && { detail }) }));
  stream.items.end(key);
}

/** Files are addresses, many of them `data:` URLs, which hold the file itself. */
function describeFile({ url, mediaType }: JsonObject): string | null {
  const address = asString(url);
  const isInline = address?.startsWith("data:") ?? false;
  return [asString(mediaType), isInline ? `${address?.length} characters` : address].filter(Boolean).join(", ") || null;
}

/** One with an id can come again and replaces what came before. */
function tellData(value: JsonObject, stream: Stream): void {
  const id = asString(value.id);
  const type = asString(value.type) ?? "data";
  if (id === null) return tellPart(value, stream, null);
  stream.items.open(`data/${type}/${id}`, "text", () => ({ id, type, status: null }));
}

/** https://ai-sdk.dev/docs/reference/ai-sdk-core/stream-text#finish-reason: one that is not given is none of fault. */
const OUTCOMES = new Map<string | null, Outcome>([
  [null, "completed"],
  ["stop", "completed"],
  ["tool-calls", "completed"],
  ["unknown", "completed"],
  ["error", "failed"],
]);

function tellFinish(value: JsonObject, stream: Stream): void {
  const word = asString(value.finishReason);
  const outcome = OUTCOMES.get(word) ?? "incomplete";
  tellMetadata(value, stream);
  // What the client is to run, or has sent only data of, is as it should be.
  stream.items.endAll({ cut: true });
  finish(stream.writer, outcome, word);
  stream.isOpen = false;
}

/** The backend gave up, or was told to. */
function tellAbort({ reason }: JsonObject, stream: Stream): void {
  stream.items.endAll({ cut: true });
  stream.writer.endResponse("incomplete", "aborted", asString(reason));
  stream.isOpen = false;
}
