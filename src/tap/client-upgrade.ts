// A client's side of a handshake: its connection while the upstream is asked, and then a WebSocket or another response.
import { type IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import { closingOf, type Connection } from "../sources/web-socket/connection.ts";
import { handshakeHeadersOf, type RawHeaders } from "./hop-headers.ts";

/** What a client may send before its handshake is answered; it should send nothing. */
const MOST_EARLY_BYTES = 64 * 1024;

export interface Waiting {
  /** Aborted when the client goes away. */
  readonly left: AbortSignal;
  /** Ends the wait; gives what the client has sent by then. */
  end(): Buffer;
}

/** Watches a connection until the upstream has answered. `leaving`: what the wait fails with if the client goes away. */
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
 * Answers a handshake as the upstream did, whose headers are passed on but those of its own connection; null if the client
 * has gone, or its handshake is not valid, which it is told.
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
    // The upstream has chosen one: it is among its headers.
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

/** A response in place of a WebSocket, after which the connection ends. */
export function responseOn(request: IncomingMessage, socket: Socket): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  // Only one that is read shows that the client goes away.
  socket.once("end", () => socket.destroy()).resume();
  response.once("finish", () => {
    response.detachSocket(socket);
    socket.destroySoon();
  });
  return response;
}
