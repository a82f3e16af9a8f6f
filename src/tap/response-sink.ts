// Receives an upstream's response: one sink for the client, one for inspection.
import type { RawHeaders } from "./hop-headers.ts";

/** Status and headers of a response as received. */
export interface ResponseHead {
  readonly status: number;
  /** The reason phrase; empty if there is none. */
  readonly reason: string;
  readonly headers: RawHeaders;
  /** When it arrived, by `performance.now()`; default: now. */
  readonly atMs?: number;
}

/** Receives a response as it arrives. No method is called after `end` or `fail`. */
export interface ResponseSink {
  /** An informational response (RFC 9110, 15.2), any number of them before the response. */
  inform(status: number, headers: RawHeaders): void;
  begin(head: ResponseHead): void;
  /** Takes bytes that arrived together and are not modified later. False: wait until the sink reports room again. */
  write(bytes: Buffer): boolean;
  end(trailers: RawHeaders): void;
  /** The connection ended before the response was complete, or before it began. */
  fail(error: Error): void;
}

/** Pauses an upstream while one of several sinks has no room. */
export interface Flow {
  hold(holder: string): void;
  release(holder: string): void;
}

/** Sends a response to two sinks; holds `flow` while either has no room. */
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
    // The client comes first, so that inspection does not delay it.
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
