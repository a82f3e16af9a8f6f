// The messages of a WebSocket on their way from one side to the other, with its pings and its end.
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { WebSocket } from "ws";
import { resetConnection } from "../serving/reset.ts";
import type { Closing, Connection } from "../sources/web-socket/connection.ts";

/** What may wait for one side; when more does, the other side is held back. */
const MOST_WAITING_BYTES = 1024 ** 2;

/** Holds one side of a relay back. */
export interface Relay {
  hold(holder: string): void;
  release(holder: string): void;
}

const RECEIVER = "receiver";

/**
 * Passes on what `from` sends: messages as text or binary as they came, each `copiesOf` times, pings and pongs as such.
 * `onMessage` sees each that is passed on.
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
    // Whoever it is meant for comes first.
    to.send(message, { binary: isBinary }, () => {
      if (to.bufferedAmount < MOST_WAITING_BYTES) release(RECEIVER);
    });
    if (to.bufferedAmount >= MOST_WAITING_BYTES) hold(RECEIVER);
    onMessage(message, isBinary);
  }

  from.on("message", (message: Buffer, isBinary) => {
    for (let copies = copiesOf(message); copies > 0; copies -= 1) passOn(message, isBinary);
  });
  // One that is closing sends no more.
  from.on("ping", (data) => to.ping(data, undefined, () => {}));
  from.on("pong", (data) => to.pong(data, undefined, () => {}));
  return { hold, release };
}

function once(): number {
  return 1;
}

/** The code of a close frame without one (RFC 6455, 7.1.5), which is never sent. */
const NO_CODE = 1005;
/** A connection that ended without a close frame. */
const ABNORMAL_CLOSURE = 1006;

/** Ends one side as the other side ended: with its code and reason, without a close frame, or with a reset. */
export function endAs({ code, reason, failure }: Closing, { socket, transport }: Omit<Connection, "closed">): void {
  // What is held back would never see the answer to a close frame.
  socket.resume();
  if (code === NO_CODE) return socket.close();
  if (code !== ABNORMAL_CLOSURE) return socket.close(code, reason);
  breakOff(transport, failure);
}

/** Ends a connection without a word more: with a reset where that is what ended the other one. */
function breakOff(transport: Socket, failure: Error | null): void {
  if (transport.destroyed) return;
  const end = (): void => {
    if (isReset(failure) && !(transport instanceof TLSSocket)) resetConnection(transport);
    else transport.destroy();
  };
  // What was written before is with the system first: a reset drops what is not.
  if (transport.writableLength === 0) end();
  else transport.write("", end);
}

function isReset(failure: Error | null): boolean {
  return failure !== null && "code" in failure && failure.code === "ECONNRESET";
}
