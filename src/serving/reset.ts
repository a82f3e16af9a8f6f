// A connection that is reset.
import type { Socket } from "node:net";

/** What a client has not read when a reset comes, it never gets, or takes the reset for an end: it is given this time. */
export const BEFORE_RESET_MS = 100;

/**
 * Resets a connection (RST). `resetAndDestroy` of Node.js first ends it in order (FIN), so that a client that reads in
 * between takes the end for one in order; this does what follows (lib/net.js). What is not with the system yet is lost.
 */
export function resetConnection(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
