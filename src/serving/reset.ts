// Resets a TCP connection.
import type { Socket } from "node:net";

/** Delay before a reset, in ms. A reset discards data that the client has not read, or looks like a clean end to it. */
export const BEFORE_RESET_MS = 100;

/**
 * Resets a connection (RST). `resetAndDestroy` of Node.js first closes it cleanly (FIN), so that a client that reads in
 * between sees a clean end; this does only the second step (lib/net.js). Data not yet handed to the system is lost.
 */
export function resetConnection(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
