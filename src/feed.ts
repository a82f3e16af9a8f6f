// From a source to a framing, chunk by chunk, until the input ends or something ends the reading.
import { EventTooLargeError, TransportError } from "./errors.ts";
import type { Framer } from "./framing/framing.ts";
import { FIRST_STATUS_WITHOUT_STREAM, type HttpHead, type Input, noChunks, type Source } from "./sources/source.ts";

/** Why reading ended before the input did: null where it did not. */
export type Stop = "interrupted" | TransportError | EventTooLargeError | null;

export interface Fed {
  readonly http: HttpHead | null;
  readonly stop: Stop;
  /** False where HTTP said that the body is none: it was not given to the framing. */
  readonly mayBeStream: boolean;
}

export interface Tap {
  /** Sees all bytes, before the framing does. */
  bytes(bytes: Uint8Array): void;
  /** Called after each chunk and awaited: what it waits for holds the source back. */
  flush(): Promise<void>;
  /** Bytes are wanted also where the framing takes no more. */
  readonly wantsAll: boolean;
}

/** Reads a source to its end, or until `interrupt`. Throws UserError where it cannot be read, and what `tap` throws. */
export async function feed(framer: Framer, source: Source, tap: Tap, interrupt: AbortSignal): Promise<Fed> {
  let http: HttpHead | null = null;
  let mayBeStream = true;
  let stop: Stop = null;
  try {
    const input = await Promise.race([source.open(interrupt), aborted(interrupt)]);
    http = input.http;
    mayBeStream = http === null || isStreamPromised(http);
    for await (const { bytes } of input.chunks) {
      tap.bytes(bytes);
      if (mayBeStream && stop === null) stop = attempt(() => framer.push(bytes));
      await tap.flush();
      if (stop !== null && !tap.wantsAll) break;
    }
    if (interrupt.aborted) stop ??= "interrupted";
  } catch (error) {
    stop = asStop(error);
  }
  if (!(stop instanceof EventTooLargeError)) stop = attempt(() => framer.end()) ?? stop;
  return { http, stop, mayBeStream };
}

/** The body of an HTTP error says what is wrong, and is no stream unless the server calls it one. */
function isStreamPromised({ status, contentType }: HttpHead): boolean {
  return status < FIRST_STATUS_WITHOUT_STREAM || contentType?.startsWith("text/event-stream") === true;
}

function attempt(step: () => void): Stop {
  try {
    step();
    return null;
  } catch (error) {
    return asStop(error);
  }
}

/** What ends the reading of a source and not the run. Throws all else. */
function asStop(error: unknown): Stop {
  if (error instanceof TransportError || error instanceof EventTooLargeError) return error;
  throw error;
}

/** Nothing, once the signal is aborted: what takes long to open, such as a pipe without a writer, is not waited for. */
function aborted(signal: AbortSignal): Promise<Input> {
  const nothing: Input = { http: null, chunks: noChunks() };
  return new Promise((resolve) => {
    if (signal.aborted) resolve(nothing);
    signal.addEventListener("abort", () => resolve(nothing), { once: true });
  });
}
