// Relays the messages, pings and end of a WebSocket from one side to the other.
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { WebSocket } from "ws";
import { resetConnection } from "../serving/reset.ts";
import type { Closing, Connection } from "../sources/web-socket/connection.ts";

/** Limit on bytes waiting for one side; above it, the other side is paused. */
const MOST_WAITING_BYTES = 1024 ** 2;

/** Pauses and resumes one side of a relay. */
export interface Relay {
  hold(holder: string): void;
  release(holder: string): void;
}

const RECEIVER = "receiver";

/**
 * Relays what `from` sends: text and binary messages, each `copiesOf` times, and pings and pongs. `onMessage` is
 * called for each message that is relayed.
 */
export function relay(
  from: WebSocket,
  to: WebSocket,
  onMessage: (message: Buffer, isBinary: boolean) => void,
  copiesOf: (message: Uint8Array) => number = once,
): Relay {
  const holders = new Set<string>();

  function hold(holder: string): void {
    holders.add(holder);
    from.pause();
  }

  function release(holder: string): void {
    if (holders.delete(holder) && holders.size === 0) from.resume();
  }

  function passOn(message: Buffer, isBinary: boolean): void {
    // Send before inspecting, so that the receiver is not delayed.
    to.send(message, { binary: isBinary }, () => {
      if (to.bufferedAmount < MOST_WAITING_BYTES) release(RECEIVER);
    });
    if (to.bufferedAmount >= MOST_WAITING_BYTES) hold(RECEIVER);
    onMessage(message, isBinary);
  }

  from.on("message", (message: Buffer, isBinary) => {
    for (let copies = copiesOf(message); copies > 0; copies -= 1) passOn(message, isBinary);
  });
  // The empty callback ignores the error of a socket that is closing.
  from.on("ping", (data) => to.ping(data, undefined, () => {}));
  from.on("pong", (data) => to.pong(data, undefined, () => {}));
  return { hold, release };
}

function once(): number {
  return 1;
}

/** Stands for a close frame without a code (RFC 6455, 7.1.5); it is never sent. */
const NO_CODE = 1005;
/** A connection that ended without a close frame. */
const ABNORMAL_CLOSURE = 1006;

/** Ends one side as the other ended: with the same code and reason, without a close frame, or with a reset. */
export function endAs({ code, reason, failure }: Closing, { socket, transport }: Omit<Connection, "closed">): void {
  // A paused socket would never receive the reply to a close frame.
  socket.resume();
  if (code === NO_CODE) return socket.close();
  if (code !== ABNORMAL_CLOSURE) return socket.close(code, reason);
  breakOff(transport, failure);
}

/** Ends a connection without a close frame: with a reset if a reset ended the other one. */
function breakOff(transport: Socket, failure: Error | null): void {
  if (transport.destroyed) return;
  const end = (): void => {
    if (isReset(failure) && !(transport instanceof TLSSocket)) resetConnection(transport);
    else transport.destroy();
  };
  // Flush earlier writes first: a reset discards data not yet handed to the system.
  if (transport.writableLength === 0) end();
  else transport.write("", end);
}

function isReset(failure: Error | null): boolean {
  return failure !== null && "code" in failure && failure.code === "ECONNRESET";
}
