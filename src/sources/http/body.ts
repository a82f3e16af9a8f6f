// The body of a response as it arrives: decompressed if necessary, and without the user's keys.
import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { createDecodingOf, decodeChunks } from "../../decoding/decoding.ts";
import type { CompressionFault } from "../../model/compression-fault.ts";
import { TransportError } from "../../errors.ts";
import { type Arrivals, takeArrivals } from "../arrivals.ts";
import { maskChunks } from "../secrets.ts";
import { codingNamed } from "./codings.ts";
import { headerOf } from "./exchange.ts";
import { timedOut } from "./transport-errors.ts";

export interface Body extends Arrivals {
  /** The fault in its compression, known after the last chunk; null: none. */
  readonly compression: () => CompressionFault | null;
}

export interface BodyOptions {
  readonly openedAtMs: number;
  readonly idleTimeoutMs: number | null;
  readonly maxDecodedBytes: number;
  /** The secrets to replace. */
  readonly secrets: readonly string[];
}

/** The parts of a response that are needed: its headers by lower-case name, and its body. */
export interface Encoded {
  readonly headers: Dispatcher.ResponseData["headers"];
  readonly body: Readable;
}

/** Takes the body of a response. Throws TransportError if its content coding is not supported. */
export function takeBody(response: Encoded, options: BodyOptions): Body {
  const { body } = response;
  // The chunks report the error; this avoids an uncaught one.
  body.on("error", () => {});
  const named = headerOf(response, "content-encoding")?.trim() ?? "";
  const coding = codingNamed(named.toLowerCase());
  if (coding === undefined) {
    body.destroy();
    throw new TransportError("UNKNOWN_CONTENT_CODING", `the content coding ${named} is not supported`);
  }
  if (options.idleTimeoutMs !== null) endWhenIdle(body, options.idleTimeoutMs);
  const arrivals = takeArrivals(body, options.openedAtMs);
  const decoding = coding === null ? null : createDecodingOf(coding, options.maxDecodedBytes);
  const decoded = decoding === null ? arrivals.chunks : decodeChunks(arrivals.chunks, decoding);
  return {
    chunks: options.secrets.length === 0 ? decoded : maskChunks(decoded, options.secrets),
    closing: arrivals.closing,
    compression: () => decoding?.fault ?? null,
  };
}

function endWhenIdle(body: Readable, limitMs: number): void {
  const timer = setTimeout(() => body.destroy(timedOut("idle", limitMs)), limitMs);
  body.on("data", () => timer.refresh());
  body.once("close", () => clearTimeout(timer));
}
