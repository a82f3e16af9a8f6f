// The client's side of a WebSocket handshake: its connection while the upstream decides, then a WebSocket or response.
import { type IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import { closingOf, type Connection } from "../sources/web-socket/connection.ts";
import { handshakeHeadersOf, type RawHeaders } from "./hop-headers.ts";

/** Limit on data that a client sends before the response to its handshake; it should send none. */
const MOST_EARLY_BYTES = 64 * 1024;

export interface Waiting {
  /** Aborted when the client goes away. */
  readonly left: AbortSignal;
  /** Ends the wait; returns the bytes that the client has sent. */
  end(): Buffer;
}

/** Watches a connection until the upstream has responded. `leaving`: makes the error if the client leaves first. */
export function waitWith(socket: Socket, head: Buffer, leaving: () => Error): Waiting {
  const controller = new AbortController();
  const early: Buffer[] = [head];
  let bytes = 0;
  const take = (data: Buffer): void => {
    early.push(data);
    bytes += data.length;
    if (bytes > MOST_EARLY_BYTES) socket.pause();
  };
  const leave = (): void => controller.abort(leaving());
  socket.on("data", take).once("end", leave).once("close", leave);
  return {
    left: controller.signal,
    end() {
      socket.off("data", take).off("end", leave).off("close", leave);
      socket.pause();
      return Buffer.concat(early);
    },
  };
}

/**
 * Responds to a handshake with the upstream's headers, except those of its connection. Null if the client has left, or
 * if its handshake is invalid and it got an HTTP error.
 */
export function acceptClient(
  request: IncomingMessage,
  transport: Socket,
  early: Buffer,
  { headers, maxMessageBytes }: { readonly headers: RawHeaders; readonly maxMessageBytes: number },
): Connection | null {
  const accepted: Connection[] = [];
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: maxMessageBytes,
    // The upstream chose the protocol: it is in the upstream's headers.
    handleProtocols: () => false,
  });
  server.on("headers", (lines) => {
    const kept = handshakeHeadersOf(headers);
    for (let at = 0; at + 1 < kept.length; at += 2) lines.push(`${kept[at]}: ${kept[at + 1]}`);
  });
  server.handleUpgrade(request, transport, early, (socket) => {
    socket.pause();
    accepted.push({ socket, transport, closed: closingOf(socket, transport, "client") });
  });
  return accepted[0] ?? null;
}

/** A plain HTTP response in place of a WebSocket; the connection ends after it. */
export function responseOn(request: IncomingMessage, socket: Socket): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  // Only a socket that is read shows that the client leaves.
  socket.once("end", () => socket.destroy()).resume();
  response.once("finish", () => {
    response.detachSocket(socket);
    socket.destroySoon();
  });
  return response;
}
