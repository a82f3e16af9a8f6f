// The way back to the client: what the upstream sends, as it sends it, and its end as it ended.
import type { ServerResponse } from "node:http";
import { type RawHeaders, pairsOf } from "./hop-headers.ts";

export interface Outlet {
  /** Sends an informational response, as far as a server can: 102 and 103. */
  inform(status: number, headers: RawHeaders): void;
  /** Sends status and headers at once. */
  begin(status: number, reason: string, headers: RawHeaders): void;
  /** Sends a chunk; false if the client is behind: `onDrain` tells when it has caught up. */
  write(bytes: Uint8Array): boolean;
  end(trailers: RawHeaders): void;
  /** Ends the connection before its time, as the upstream did: with a reset, or in order. */
  breakOff(how: "reset" | "close"): void;
}

const PROCESSING = 102;
const EARLY_HINTS = 103;

/** `onDrain`: the client has taken what it was sent. */
export function createOutlet(response: ServerResponse, onDrain: () => void): Outlet {
  // The upstream's own date is passed on, and no other.
  response.sendDate = false;
  response.on("drain", onDrain);
  return {
    inform(status, headers) {
      if (status === PROCESSING) response.writeProcessing();
      else if (status === EARLY_HINTS) response.writeEarlyHints(hintsOf(headers));
    },
    begin(status, reason, headers) {
      response.writeHead(status, reason, [...headers]);
      response.flushHeaders();
    },
    write: (bytes) => response.write(bytes),
    end(trailers) {
      if (trailers.length > 0)
        response.addTrailers([...pairsOf(trailers)].map(([name, value]): [string, string] => [name, value]));
      response.end();
    },
    breakOff(how) {
      const { socket } = response;
      if (socket === null || socket.destroyed) return;
      const end = (): void => {
        if (how === "reset") socket.resetAndDestroy();
        else socket.destroy();
      };
      // What was written before is with the system first: a reset drops what is not.
      if (socket.writableLength === 0) end();
      else socket.write("", end);
    },
  };
}

function hintsOf(headers: RawHeaders): Record<string, string | string[]> {
  const hints: Record<string, string[]> = {};
  for (const [name, value] of pairsOf(headers)) (hints[name] ??= []).push(value);
  return hints;
}
