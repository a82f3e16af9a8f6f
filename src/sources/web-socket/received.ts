// Turns the messages of a connection into a readable body.
import { once } from "node:events";
import { Readable } from "node:stream";
import { EventTooLargeError } from "../../errors.ts";
import type { Connection } from "./connection.ts";
import { lineOf } from "./message-line.ts";

const NORMAL_CLOSURE = 1000;

/** The code of the library's error for a message over its limit. */
const TOO_LARGE = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";

/**
 * Sends `messages` as text messages, and returns the received ones, one per line. The stream fails with the error that
 * ends the connection, and with EventTooLargeError at a message over `maxMessageBytes`. Destroying it closes the
 * connection cleanly.
 */
export function receivedLines(
  { socket, closed }: Connection,
  messages: readonly Uint8Array[],
  maxMessageBytes: number,
): Readable {
  let lines = 0;
  let bytes = 0;
  const received = new Readable({ read: () => socket.resume() });
  socket.on("message", (message: Buffer, isBinary) => {
    const line = lineOf(message, isBinary);
    lines += 1;
    bytes += line.length;
    if (!received.destroyed && !received.push(line)) socket.pause();
  });
  socket.once("error", (error) => {
    if (!("code" in error) || error.code !== TOO_LARGE) return;
    received.destroy(new EventTooLargeError(maxMessageBytes, { line: lines + 1, offset: bytes }));
  });
  received.once("close", () => {
    // A paused connection would never read the reply to its close frame.
    socket.resume();
    socket.close(NORMAL_CLOSURE);
  });
  void closed.then(({ failure }) => {
    if (received.destroyed) return;
    if (failure === null) received.push(null);
    else void drained(received).then(() => received.destroy(failure));
  });
  for (const message of messages) socket.send(message, { binary: false });
  return received;
}

/** Waits until a stream's buffer is read: an error would discard it. */
async function drained(stream: Readable): Promise<void> {
  while (stream.readableLength > 0 && !stream.destroyed) {
    await Promise.race([once(stream, "data"), once(stream, "close")]);
  }
}
