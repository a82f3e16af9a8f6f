// WebSocket messages: each pushed chunk is one message and one event. Archives use this framing directly; it is in no
// list, because bytes do not show where a message ends.
import { EventTooLargeError } from "../errors.ts";
import { UNNAMED_EVENT } from "../model/wire.ts";
import type { Framing } from "./framing.ts";
import { findInvalidUtf8 } from "./utf-8.ts";

export const webSocket: Framing = {
  name: "websocket",
  title: "messages of a WebSocket, one event each",
  mediaTypes: [],
  detect: () => false,
  create(open, { maxEventBytes, http }) {
    const sink = open({ framing: webSocket.name, wrapping: webSocket.name, http, place: null });
    let events = 0;
    let totalBytes = 0;
    let lastAtMs: number | null = null;
    return {
      push(message, atMs) {
        const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
        // Messages have no lines: the message number takes the place of the line.
        const place = { index: events, line: events + 1, offset: totalBytes };
        if (bytes.length > maxEventBytes) throw new EventTooLargeError(maxEventBytes, place);
        lastAtMs = atMs;
        totalBytes += bytes.length;
        sink.bytes(bytes, atMs, place.offset);
        // A message without data is ignored, like an event without data.
        if (bytes.length === 0) return;
        const data = bytes.toString("utf8");
        const invalid = findInvalidUtf8(data, bytes, 0, bytes.length);
        if (invalid !== null) {
          sink.defect({ type: "invalid-utf8", text: invalid.excerpt, ...place, offset: place.offset + invalid.at });
        }
        events += 1;
        sink.record(
          { type: "event", event: UNNAMED_EVENT, data, lastEventId: "", ...place, length: bytes.length },
          atMs,
        );
      },
      end() {
        sink.record({ type: "end", bytes: totalBytes, events, lastEventId: "", pending: null }, lastAtMs);
      },
    };
  },
};
