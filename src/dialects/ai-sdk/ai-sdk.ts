// The AI SDK's UI message stream, which a backend of `useChat` sends.
// https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#data-stream-protocol
import type { Outcome } from "../../model/facts.ts";
import type { TextKind } from "../../model/text-kinds.ts";
import { asObjects, asString, type JsonObject } from "../../model/payload.ts";
import { callTellers } from "./calls.ts";
import { readMetadata } from "./metadata.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems, type StreamedItems } from "../reader/streamed-items.ts";
import { traits } from "./traits.ts";

export const aiSdk = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isChunk(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** Chunks with a type of this protocol only, or with a shared type and a field of this protocol only. */
function isChunk(value: JsonObject): boolean {
  const type = asString(value.type) ?? "";
  if (type === "error") return asString(value.errorText) !== null;
  return type !== "finish" && type !== "file" && type !== "custom" && (tellers.has(type) || isData(value));
}

/** The application's own types, such as `data-weather`. */
function isData({ type, data }: JsonObject): boolean {
  return data !== undefined && (asString(type)?.startsWith("data-") ?? false);
}

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  const stream: Stream = { writer, items, approvals: new Map(), parts: 0, stepStart: 0, message: null };
  return {
    read: readObjects(writer, (value) => {
      const type = asString(value.type);
      const tell = tellers.get(type ?? "") ?? (isData(value) ? tellData : null);
      if (tell === null) return writer.tell({ type: "unrecognized", name: type });
      if (stream.message === null && tell !== tellStart) beginUnnamed(type ?? "", stream);
      tell(value, stream);
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces({ type }) {
      const text = TEXT_PLACES.get(type);
      return text === undefined ? null : { text, number: null, padding: null };
    },
  };
}

const TEXT_PLACES: ReadonlyMap<unknown, string> = new Map([
  ["text-delta", "/delta"],
  ["reasoning-delta", "/delta"],
  ["tool-input-delta", "/inputTextDelta"],
]);

interface Stream {
  readonly writer: FactWriter;
  readonly items: StreamedItems;
  readonly approvals: Map<string | null, string | null>;
  /** Whole parts, counted to make their keys. */
  parts: number;
  /** Position of the first item of the current step. */
  stepStart: number;
  /** The current message; null before the first. */
  message: { readonly hasId: boolean; readonly isOpen: boolean } | null;
}

/** Reports the facts of one chunk. */
type Teller = (value: JsonObject, stream: Stream) => void;

const tellers = new Map<string, Teller>([
  ["start", tellStart],
  ["message-metadata", tellMetadata],
  ["start-step", startStep],
  ["finish-step", () => {}],
  ["reset-step", resetStep],
  ...textTellers("text", "text", "message"),
  ...textTellers("reasoning", "reasoning", "reasoning"),
  ...callTellers,
  ["source-url", (value, stream) => tellPart(value, stream, asString(value.title) ?? asString(value.url))],
  ["source-document", (value, stream) => tellPart(value, stream, asString(value.title) ?? asString(value.filename))],
  ["file", (value, stream) => tellPart(value, stream, describeFile(value))],
  ["reasoning-file", (value, stream) => tellPart(value, stream, describeFile(value))],
  ["custom", (value, stream) => tellPart(value, stream, asString(value.kind))],
  // A message of the user during the answer.
  ["steering-message", (value, stream) => tellPart(value, stream, asString(asObjects(value.parts)[0]?.text))],
  ["error", ({ errorText }, { writer }) => writer.error({ type: null, code: null, message: asString(errorText) })],
  ["finish", tellFinish],
  ["abort", tellAbort],
]);

function tellStart(value: JsonObject, stream: Stream): void {
  const { writer, message } = stream;
  const id = asString(value.messageId);
  const snapshot = { id, model: readMetadata(value).model, status: null, serviceTier: null };
  // A backend may write data before the start, and merged streams may start again: clients treat all of it as one
  // message.
  if (message?.isOpen === true && (id === null || !message.hasId)) writer.updateResponse(snapshot, null);
  else {
    writer.startResponse(snapshot);
    stream.stepStart = 0;
  }
  stream.message = { hasId: id !== null || message?.isOpen === true, isOpen: true };
  tellUsage(value, stream);
}

/** If a capture starts mid-message, its first chunk continues a part. */
const GOES_ON = /-(?:delta|end)$/;

function beginUnnamed(type: string, stream: Stream): void {
  const isResumed = GOES_ON.test(type);
  if (!isResumed) stream.writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
  stream.message = { hasId: isResumed, isOpen: true };
}

function endMessage(stream: Stream): void {
  if (stream.message !== null) stream.message = { ...stream.message, isOpen: false };
}

function startStep(_: JsonObject, stream: Stream): void {
  stream.stepStart = stream.writer.nextItem();
}

/** The step is repeated, and clients drop all its content. */
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

/** The three chunks of a text or a reasoning, which are joined by their id. */
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

/** A part that comes whole. */
function tellPart(value: JsonObject, stream: Stream, detail: string | null): void {
  stream.parts += 1;
  const key = `part/${stream.parts}`;
  const id = asString(value.sourceId) ?? asString(value.id);
  const type = asString(value.type) ?? "unknown";
  stream.items.open(key, "text", () => ({ id, type, status: null, ...(detail !== null && { detail }) }));
  stream.items.end(key);
}

/** Files are URLs, often `data:` URLs with the file itself. */
function describeFile({ url, mediaType }: JsonObject): string | null {
  const address = asString(url);
  const isInline = address?.startsWith("data:") ?? false;
  return [asString(mediaType), isInline ? `${address?.length} characters` : address].filter(Boolean).join(", ") || null;
}

/** Data with an id replaces earlier data with the same id. */
function tellData(value: JsonObject, stream: Stream): void {
  const id = asString(value.id);
  const type = asString(value.type) ?? "data";
  if (id === null) return tellPart(value, stream, null);
  stream.items.open(`data/${type}/${id}`, "text", () => ({ id, type, status: null }));
}

/** https://ai-sdk.dev/docs/reference/ai-sdk-core/stream-text#finish-reason: a missing reason is not an error. */
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
  // Calls that the client is to run, and parts with only data, may stay open.
  stream.items.endAll({ cut: true });
  finish(stream.writer, outcome, word);
  endMessage(stream);
}

/** The backend stopped, on its own or on request. */
function tellAbort({ reason }: JsonObject, stream: Stream): void {
  stream.items.endAll({ cut: true });
  stream.writer.endResponse("incomplete", "aborted", asString(reason));
  endMessage(stream);
}
