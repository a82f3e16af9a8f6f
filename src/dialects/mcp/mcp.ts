// MCP over HTTP: JSON-RPC messages, one per event. A server's response to a request is a response here, with the
// messages it sent before it. https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
import { jsonText } from "../../model/json-text.ts";
import { asObject, asObjects, asString, type JsonObject, type Payload } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import { isTaskResponse } from "../a2a/a2a.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { createKeyedItems, type KeyedItems } from "../reader/keyed-items.ts";
import { describeMessage, readResult, type Result } from "./messages.ts";
import { readObjects } from "../reader/read-objects.ts";
import { rpcRules } from "./rules/rpc.ts";
import { traits } from "./traits.ts";

export const mcp = {
  ...traits,
  claims: (event, payload) =>
    isEndpoint(event, payload) || messagesOf(payload).some((message) => isMessage(message) && !isTaskResponse(message)),
  create: createReader,
  rules: [rpcRules],
} as const satisfies Dialect;

/** The messages of an event; before protocol version 2025-06-18 there could be several. */
function messagesOf(payload: Payload): JsonObject[] {
  if (payload.type === "object") return [payload.value];
  return payload.type === "json" ? asObjects(payload.value) : [];
}

function isMessage(message: JsonObject): boolean {
  return message.jsonrpc === "2.0" || (message.jsonrpc === undefined && isResultOfServer(message));
}

/** Whether a message without a version has a result of this protocol only. */
function isResultOfServer({ id, result }: JsonObject): boolean {
  const { serverInfo, protocolVersion, content } = asObject(result) ?? {};
  if (typeof id !== "number" && asString(id) === null) return false;
  return (asObject(serverInfo) !== null && asString(protocolVersion) !== null) || isContent(content);
}

/** https://modelcontextprotocol.io/specification/2025-11-25/schema#contentblock */
function isContent(content: unknown): boolean {
  const blocks = asObjects(content);
  return blocks.length > 0 && blocks.every(({ type }) => CONTENT.has(type));
}

const CONTENT: ReadonlySet<unknown> = new Set(["text", "image", "audio", "resource", "resource_link"]);

/** In the transport of 2024-11-05, names the address for requests: its data is a URL with a path or a query. */
const ENDPOINT = "endpoint";
const ADDRESS = /^\S*[/?]\S*$/;

function isEndpoint({ event, data }: WireEvent, payload: Payload): boolean {
  return payload.type === "text" && event === ENDPOINT && ADDRESS.test(data);
}

interface Stream {
  readonly writer: FactWriter;
  readonly items: KeyedItems;
  /** A response is open, and its request has no result yet. */
  isOpen: boolean;
  hasBegun: boolean;
}

function createReader(): DialectReader {
  const writer = createFactWriter();
  const stream: Stream = { writer, items: createKeyedItems(writer), isOpen: false, hasBegun: false };
  const readOne = readObjects(writer, (value) => tellMessage(value, stream));
  return {
    read(event, payload) {
      // A server opens a stream with an id and no data, so that the client can resume it.
      if (isEndpoint(event, payload) || event.data === "") return [];
      const batch = payload.type === "json" ? messagesOf(payload) : [];
      if (batch.length === 0) return readOne(event, payload);
      for (const message of batch) tellMessage(message, stream);
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

function tellMessage(message: JsonObject, stream: Stream): void {
  const method = asString(message.method);
  const error = asObject(message.error) ?? wordsOf(message.error);
  const result = asObject(message.result);
  const isOther = message.jsonrpc !== "2.0" && (message.jsonrpc !== undefined || idOf(message) === null);
  if (isOther) stream.writer.tell({ type: "unrecognized", name: method });
  else if (method !== null) tellMethod(method, message, stream);
  else if (error !== null) tellError(error, message, stream);
  else if (result !== null) tellResult(readResult(result), message, stream);
  else stream.writer.tell({ type: "unrecognized", name: null });
}

/** An error that is a text, against the standard: taken as its message. */
function wordsOf(error: unknown): JsonObject | null {
  const message = asString(error);
  return message === null ? null : { message };
}

function begin(stream: Stream): void {
  if (stream.isOpen) return;
  stream.writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
  stream.isOpen = true;
  stream.hasBegun = true;
}

const PING = "ping";
/** Methods that concern an open request; others may come at any time. */
const PROGRESS = "notifications/progress";

/** Reports a notification, or a request of the server, for example for user input. */
function tellMethod(method: string, message: JsonObject, stream: Stream): void {
  const { writer, items } = stream;
  if (method === PING) return writer.tell({ type: "keep-alive" });
  const id = idOf(message);
  if (!stream.hasBegun || method === PROGRESS || id !== null) begin(stream);
  const params = asObject(message.params) ?? {};
  const detail = describeMessage(method, params);
  // 1 and "1" are two tokens.
  const key = method === PROGRESS ? `${method}/${jsonText(params.progressToken)}` : method;
  const isNew = items.find(key) === null;
  const item = items.open(key, () => ({
    id: null,
    type: method,
    status: null,
    ...(id !== null && { callId: id }),
    ...(detail !== null && { detail }),
  }));
  if (method !== PROGRESS) items.end(key);
  else if (!isNew && detail !== null) {
    writer.tell({ type: "item-update", response: writer.response(), item, status: detail });
  }
}

function idOf({ id }: JsonObject): string | null {
  return typeof id === "number" ? String(id) : asString(id);
}

function answer(message: JsonObject, stream: Stream): void {
  begin(stream);
  stream.writer.updateResponse({ id: idOf(message), model: null, status: null, serviceTier: null }, null);
}

/** https://www.jsonrpc.org/specification#error_object */
function tellError({ code, message }: JsonObject, answered: JsonObject, stream: Stream): void {
  answer(answered, stream);
  const { writer, items } = stream;
  items.endAll();
  writer.error({
    type: null,
    code: typeof code === "number" ? String(code) : asString(code),
    message: asString(message),
  });
  writer.endResponse("failed", null, null);
  stream.isOpen = false;
}

function tellResult(
  { type, status, detail, texts, references, media }: Result,
  answered: JsonObject,
  stream: Stream,
): void {
  answer(answered, stream);
  const { writer, items } = stream;
  items.endAll();
  const response = writer.response();
  if (type !== null) {
    const item = items.open(type, () => ({ id: null, type, status, ...(detail !== null && { detail }) }));
    texts.forEach((text, part) => {
      if (text !== "") writer.delta("text", item, part, text);
      writer.end("text", item, part, null);
    });
    for (const { kind, title } of references) writer.tell({ type: "annotation-added", response, item, kind, title });
    for (const { kind, base64Length } of media) {
      writer.tell({ type: "media-delta", media: kind, response, item, base64Length });
    }
    items.end(type);
  }
  writer.endResponse("completed", null, null);
  stream.isOpen = false;
}
