// From a source to a framing, chunk by chunk, until the input ends or something ends the reading.
import { EventTooLargeError, TransportError } from "./errors.ts";
import type { Framer } from "./framing/framing.ts";
import type { HttpHead } from "./http-head.ts";
import { type Input, noChunks, type Source } from "./sources/source.ts";

/** Why reading ended before the input did: null where it did not. */
export type Stop = "interrupted" | TransportError | EventTooLargeError | null;

export interface Tap {
  /** Sees all bytes, also those that the framing does not take; null: nobody wants them. */
  readonly bytes: ((bytes: Uint8Array) => void) | null;
  /** Called after each chunk and awaited: what it waits for holds the source back. */
  flush(): Promise<void>;
}

/**
 * Reads a source to its end, or until `interrupt`, into the framer that `begin` makes of what HTTP said. Gives why reading
 * ended before the input did. Throws UserError where the source cannot be read, and what `tap` throws.
 */
export async function feed(
  source: Source,
  begin: (http: HttpHead | null) => Framer,
  tap: Tap,
  interrupt: AbortSignal,
): Promise<Stop> {
  let framer: Framer | null = null;
  let stop: Stop = null;
  try {
    const input = await openUntil(source, interrupt);
    const opened = begin(input.http);
    framer = opened;
    for await (const { bytes, atMs } of input.chunks) {
      tap.bytes?.(bytes);
      if (stop === null) stop = attempt(() => opened.push(bytes, atMs));
      await tap.flush();
      if (stop !== null && tap.bytes === null) break;
    }
    if (interrupt.aborted) stop ??= "interrupted";
  } catch (error) {
    stop = asStop(error);
  }
  const ended = framer ?? begin(null);
  if (!(stop instanceof EventTooLargeError)) stop = attempt(() => ended.end()) ?? stop;
  return stop;
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

/** Opens a source; once the signal is aborted, nothing: a pipe without a writer, say, is not waited for. */
async function openUntil(source: Source, signal: AbortSignal): Promise<Input> {
  const opened = new AbortController();
  const aborted = new Promise<Input>((resolve) => {
    const openNothing = () => resolve({ http: null, chunks: noChunks() });
    if (signal.aborted) openNothing();
    signal.addEventListener("abort", openNothing, { signal: opened.signal });
  });
  try {
    return await Promise.race([source.open(signal), aborted]);
  } finally {
    // Takes the listener away again: a signal lives for as many sources as there are.
    opened.abort();
  }
}
