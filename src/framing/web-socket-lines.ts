// WebSocket messages, one per line, as a live source yields them and a recording stores them.
import { isWebSocket } from "../model/web-socket.ts";
import { UNNAMED_EVENT } from "../model/wire.ts";
import { createLineEventFramer, type ReadLine } from "./event-a-line.ts";
import type { Framing } from "./framing.ts";
import { readJsonLine } from "./ndjson.ts";
import { webSocket } from "./web-socket.ts";

/** Only the handshake response identifies these lines; without it, they are plain NDJSON. */
export const webSocketLines: Framing = {
  name: webSocket.name,
  title: "messages of a WebSocket, one per line",
  mediaTypes: [],
  detect: (_head, _complete, http = null) => isWebSocket(http),
  create: (open, options) =>
    createLineEventFramer(webSocketLines.name, isWebSocket(options.http) ? readMessage : readJsonLine, open, options),
};

/** Every message is an event, except one without data, which is ignored like an event without data. */
const readMessage: ReadLine = ({ start, end }) => (start === end ? null : { event: UNNAMED_EVENT, start, end });
