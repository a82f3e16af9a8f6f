// Sends the upstream's response to the client unchanged, and ends it the same way.
import type { ServerResponse } from "node:http";
import { resetConnection } from "../serving/reset.ts";
import { pairsOf, type RawHeaders, responseHeadersOf, withoutHeaders } from "./hop-headers.ts";
import type { ResponseSink } from "./response-sink.ts";

const TRAILER: ReadonlySet<string> = new Set(["trailer"]);
const PROCESSING = 102;
const EARLY_HINTS = 103;

/** `onRoom` is called when the client has room for more data. */
export function createOutlet(response: ServerResponse, onRoom: () => void): ResponseSink {
  // Only the upstream's own date is forwarded.
  response.sendDate = false;
  response.on("drain", onRoom);
  // HTTP/1.0 has no chunks, so no trailers, and no informational responses: RFC 9110, 15.2, and RFC 9112, 7.1.
  const isOld = response.req.httpVersionMajor === 1 && response.req.httpVersionMinor === 0;
  return {
    // A Node.js server cannot send other informational responses.
    inform(status, headers) {
      if (isOld) return;
      if (status === PROCESSING) response.writeProcessing();
      else if (status === EARLY_HINTS) response.writeEarlyHints(hintsOf(headers));
    },
    begin({ status, reason, headers }) {
      response.writeHead(
        status,
        reason,
        isOld ? withoutHeaders(TRAILER, responseHeadersOf(headers)) : responseHeadersOf(headers),
      );
      response.flushHeaders();
    },
    write(bytes) {
      const hasRoom = response.write(bytes);
      // Node.js 24 and later merge the writes of one turn into one chunk: keep the upstream's chunks.
      if (response.writableCorked > 0) response.uncork();
      return hasRoom;
    },
    end(trailers) {
      if (trailers.length > 0 && !isOld)
        response.addTrailers([...pairsOf(trailers)].map(([name, value]): [string, string] => [name, value]));
      response.end();
    },
    fail: (error) => breakOff(response, isEndInOrder(error)),
  };
}

/** undici's code for a connection that the other side closed cleanly. */
const CLOSED = "UND_ERR_SOCKET";

function isEndInOrder(error: Error): boolean {
  return "code" in error && error.code === CLOSED;
}

/** Ends the connection early, as the upstream did: with a clean close or a reset. */
function breakOff({ socket }: ServerResponse, inOrder: boolean): void {
  if (socket === null || socket.destroyed) return;
  const end = (): void => {
    if (inOrder) socket.destroy();
    else resetConnection(socket);
  };
  // Flush earlier writes first: a reset discards data not yet handed to the system.
  if (socket.writableLength === 0) end();
  else socket.write("", end);
}

function hintsOf(headers: RawHeaders): Record<string, string[]> {
  const hints: Record<string, string[]> = {};
  for (const [name, value] of pairsOf(headers)) (hints[name] ??= []).push(value);
  return hints;
}
