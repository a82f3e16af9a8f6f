// Where a response goes that comes from an upstream: to the client, and to whoever inspects it.
import type { RawHeaders } from "./hop-headers.ts";

/** Status and headers of a response as they came. */
export interface ResponseHead {
  readonly status: number;
  /** The reason phrase; empty if there is none. */
  readonly reason: string;
  readonly headers: RawHeaders;
  /** When it came, by `performance.now()`; left out: now. */
  readonly atMs?: number;
}

/** Takes a response as it comes. After `end` or `fail` nothing more is called. */
export interface ResponseSink {
  /** An informational response (RFC 9110, 15.2), of which there may be several before the response. */
  inform(status: number, headers: RawHeaders): void;
  begin(head: ResponseHead): void;
  /** Takes bytes that arrived together and stay as they are; false if there is no room for more: it says when there is. */
  write(bytes: Buffer): boolean;
  end(trailers: RawHeaders): void;
  /** The connection ended before the response did, maybe before it began. */
  fail(error: Error): void;
}

/** Holds an upstream back while one of several sinks has no room. */
export interface Flow {
  hold(holder: string): void;
  release(holder: string): void;
}

/** Both of two sinks; `flow` is held while one of them has no room. */
export function toBoth(client: ResponseSink, inspection: ResponseSink, flow: Flow): ResponseSink {
  return {
    inform(status, headers) {
      client.inform(status, headers);
      inspection.inform(status, headers);
    },
    begin(head) {
      client.begin(head);
      inspection.begin(head);
    },
    // The client comes first: what it sees is not to be late.
    write(bytes) {
      const hasRoom = client.write(bytes);
      if (!hasRoom) flow.hold(CLIENT);
      const isFollowed = inspection.write(bytes);
      if (!isFollowed) flow.hold(INSPECTION);
      return hasRoom && isFollowed;
    },
    end(trailers) {
      client.end(trailers);
      inspection.end(trailers);
    },
    fail(error) {
      client.fail(error);
      inspection.fail(error);
    },
  };
}

export const CLIENT = "client";
export const INSPECTION = "inspection";
