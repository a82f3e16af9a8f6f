// The way back to the client: what the upstream sends, as it sends it, and its end as it ended.
import type { ServerResponse } from "node:http";
import { resetConnection } from "../serving/reset.ts";
import { pairsOf, type RawHeaders, responseHeadersOf, withoutHeaders } from "./hop-headers.ts";
import type { ResponseSink } from "./response-sink.ts";

const TRAILER: ReadonlySet<string> = new Set(["trailer"]);
const PROCESSING = 102;
const EARLY_HINTS = 103;

/** `onRoom`: the client has taken what it was sent. */
export function createOutlet(response: ServerResponse, onRoom: () => void): ResponseSink {
  // The upstream's own date is passed on, and no other.
  response.sendDate = false;
  response.on("drain", onRoom);
  // HTTP/1.0 has no chunks, so no trailers, and no informational responses: RFC 9110, 15.2, and RFC 9112, 7.1.
  const isOld = response.req.httpVersionMajor === 1 && response.req.httpVersionMinor === 0;
  return {
    // Other informational responses cannot be sent by a server of Node.js.
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
      // From Node.js 24 on, what is written in one turn becomes one chunk: here each is one, as the upstream sent it.
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

/** undici's code for a connection that the other side closed in order. */
const CLOSED = "UND_ERR_SOCKET";

function isEndInOrder(error: Error): boolean {
  return "code" in error && error.code === CLOSED;
}

/** Ends the connection before its time, as the upstream did: in order, or with a reset. */
function breakOff({ socket }: ServerResponse, inOrder: boolean): void {
  if (socket === null || socket.destroyed) return;
  const end = (): void => {
    if (inOrder) socket.destroy();
    else resetConnection(socket);
  };
  // What was written before is with the system first: a reset drops what is not.
  if (socket.writableLength === 0) end();
  else socket.write("", end);
}

function hintsOf(headers: RawHeaders): Record<string, string[]> {
  const hints: Record<string, string[]> = {};
  for (const [name, value] of pairsOf(headers)) (hints[name] ??= []).push(value);
  return hints;
}
