// Takes the messages of a WebSocket in a HAR entry; gives those received, and what ended the connection.
import { TransportError } from "../../../errors.ts";
import { jsonText } from "../../../model/json-text.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../../model/payload.ts";
import { closeFailure } from "../../../model/web-socket.ts";
import type { InputPlace } from "../../lines.ts";
import type { BodyPiece } from "../compressed-body.ts";
import { readMessages } from "./recorded-messages.ts";

/** Opcodes of RFC 6455, 11.8; Chrome writes -1 for an error of the connection. */
const BINARY = 2;
const CLOSE = 8;
const FIRST_CONTROL = CLOSE;
/** RFC 6455, 5.5.1: a close frame starts with its code. */
const CLOSE_CODE_BYTES = 2;

export interface ReceivedMessages {
  /** One message each. */
  readonly pieces: readonly BodyPiece[];
  /** The place of each message. */
  readonly bodyLines: readonly InputPlace[];
  /** What ended the connection, if it was not a normal close. */
  readonly stop: TransportError | null;
  /** When it was closed, in ms since the request; null if there is no close frame, or it has no time. */
  readonly closedMs: number | null;
}

/**
 * What a client received over a WebSocket; null if the entry has none, or nothing came. `attached`: the messages in a
 * file beside the HAR file, one JSON object per line. The format is Chrome's
 * (https://developer.chrome.com/blog/new-in-devtools-76#websocket: `type`, `time`, `opcode`, `data`), also used by
 * Playwright, mitmproxy, Proxyman and HTTP Toolkit. For a binary message, `data` is base64:
 * https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-WebSocketFrame
 */
export function readWebSocket(
  entry: JsonObject,
  attached: string | null,
  requestMs: number,
  headMs: number | null,
  placeOf: (message: number) => InputPlace,
): ReceivedMessages | null {
  const list = attached === null ? entry._webSocketMessages : objectsOfLines(attached);
  const pieces: BodyPiece[] = [];
  const bodyLines: InputPlace[] = [];
  let stop = stopOf(entry);
  let closedMs: number | null = null;
  let wasSent = false;
  for (const { message, index, atMs } of readMessages(list, requestMs, headMs)) {
    const { type, opcode } = message;
    if (opcode === CLOSE) {
      stop ??= readClose(message);
      closedMs = atMs;
      break;
    }
    if (type === "error") stop ??= failure(asString(message.data));
    if (type === "send") wasSent = true;
    if (type !== "receive" || (typeof opcode === "number" && opcode >= FIRST_CONTROL)) continue;
    pieces.push({ bytes: bytesOf(message), atMs });
    bodyLines.push(placeOf(index));
  }
  return pieces.length > 0 || (wasSent && stop !== null) ? { pieces, bodyLines, stop, closedMs } : null;
}

function objectsOfLines(text: string): JsonObject[] {
  return text.split("\n").flatMap((line) => {
    try {
      return asObjects([JSON.parse(line)]);
    } catch {
      return [];
    }
  });
}

/** The text of a message; some tools write its JSON as a value. */
function textOf({ data }: JsonObject): string {
  return asString(data) ?? (typeof data === "object" && data !== null ? jsonText(data) : "");
}

/** Some APIs send their JSON in binary messages; other binary data stays base64. */
function bytesOf(message: JsonObject): Buffer {
  const { opcode } = message;
  const data = textOf(message);
  if (opcode !== BINARY || !/^[\w+/-]*={0,2}$/.test(data)) return Buffer.from(data);
  const bytes = Buffer.from(data, "base64");
  return bytes.includes(0) || bytes.toString().includes("\ufffd") ? Buffer.from(data) : bytes;
}

/**
 * What ended the connection, as recorded beside the messages: Chrome's `_error`, Playwright's `_failureText`, or the
 * close frame that HTTP Toolkit keeps.
 */
function stopOf(entry: JsonObject): TransportError | null {
  const response = asObject(entry.response);
  const words = asString(response?._error) ?? asString(response?._failureText) ?? asString(entry._error);
  if (words !== null && words !== "") return failure(words);
  const close = entry._webSocketClose;
  return close === "aborted" ? failure("aborted") : readClose(asObject(close) ?? {});
}

function failure(words: string | null): TransportError {
  return new TransportError("WEBSOCKET_ERROR", `the WebSocket failed: ${words ?? "no reason is recorded"}`);
}

/** The code and reason of a close frame, from its keys or its bytes; null for a normal close. */
function readClose({ code, reason, data }: JsonObject): TransportError | null {
  const bytes = Buffer.from(asString(data) ?? "", "base64");
  const hasBytes = typeof code !== "number" && bytes.length >= CLOSE_CODE_BYTES;
  const number = hasBytes ? bytes.readUInt16BE(0) : code;
  const words = hasBytes ? bytes.toString("utf8", CLOSE_CODE_BYTES) : (asString(reason) ?? "");
  return typeof number === "number" ? closeFailure(number, words) : null;
}
