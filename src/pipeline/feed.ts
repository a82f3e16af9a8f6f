// Feeds a source through decoding to a framing, chunk by chunk, until the input ends or reading is stopped.
import { type EndedBy, endedBy } from "../model/ended-by.ts";
import { untilAborted } from "../model/on-abort.ts";
import type { ConnectionBreak } from "../model/connection-break.ts";
import type { CompressionFault } from "../model/compression-fault.ts";
import type { Decoding, Pieces } from "../decoding/decoding.ts";
import { LimitError, TransportError } from "../errors.ts";
import type { Framer } from "../framing/framing.ts";
import { headOf, type HttpHead } from "../model/http-head.ts";
import type { Stop } from "../model/stop.ts";
import type { Arrival } from "../model/timing.ts";
import type { Source } from "../sources/source.ts";
import { bareInput, type Input, noChunks } from "../sources/input.ts";

export interface Tap {
  /** Gets all bytes as they arrive, also those that the framing skips; null if they are not needed. */
  readonly bytes: ((bytes: Uint8Array) => void) | null;
  /**
   * Called and awaited after each chunk, and between the pieces decoded from one; while it waits, the source is paused.
   * `isFollowed`: the next chunk is already available.
   */
  flush(isFollowed: boolean): Promise<void>;
  /** Called when no more bytes come, before the framing closes the streams that are still open. */
  ending(end: Pick<Feeding, "stop" | "endedBy">): void;
}

/** How reading a source ended, and when its bytes arrived. */
export interface Feeding {
  readonly stop: Stop;
  /** Who ended it; null if unknown or not applicable (see endedBy). */
  readonly endedBy: EndedBy | null;
  /** When the source was opened, ISO 8601 in UTC; null if unknown. */
  readonly startedAt: string | null;
  /** Null if times are unknown. */
  readonly arrival: Arrival | null;
  /** The fault in a compression, of the source or of its contents; null if there is none. */
  readonly compression: CompressionFault | null;
  /** The places where the source was joined. */
  readonly breaks: readonly ConnectionBreak[];
}

/**
 * Reads a source to its end, or until `interrupt`, into the framer that `begin` makes from the response headers. Throws
 * UserError if the source cannot be read, and anything that `tap` throws.
 */
export async function feed(
  source: Source,
  decoding: Decoding,
  begin: (http: HttpHead | null) => Framer,
  tap: Tap,
  interrupt: AbortSignal,
): Promise<Feeding> {
  let framer: Framer | null = null;
  let input: Input | null = null;
  let stop: Stop = null;
  let firstAtMs: number | null = null;
  let lastAtMs: number | null = null;
  try {
    // Do not wait, for example, for a pipe without a writer.
    input = await untilAborted(source.open(interrupt), interrupt, bareInput(noChunks()));
    const opened = begin(headOfInput(input));
    framer = opened;
    for await (const { bytes, atMs, isFollowed = false } of input.chunks) {
      firstAtMs ??= atMs;
      lastAtMs = atMs;
      tap.bytes?.(bytes);
      if (stop === null) stop = await read(decoding.push(bytes), atMs, opened, tap, interrupt);
      await tap.flush(isFollowed);
      if (stop !== null && tap.bytes === null) break;
    }
    if (interrupt.aborted) stop ??= "interrupted";
    if (stop === null) stop = await read(decoding.end(), lastAtMs, opened, tap, interrupt);
  } catch (error) {
    stop = asStop(error);
  }
  const ended = framer ?? begin(null);
  tap.ending({ stop, endedBy: enderOf(stop, input) });
  if (!(stop instanceof LimitError)) stop = (await finish(ended, stop === null, tap)) ?? stop;
  const compression = input?.compression?.() ?? decoding.fault;
  return {
    stop,
    endedBy: enderOf(stop, input),
    startedAt: input?.startedAt ?? null,
    arrival: arrivalOf(input, firstAtMs, lastAtMs),
    compression,
    breaks: input?.breaks ?? [],
  };
}

/** Status and headers before the body; null if there was no HTTP, or they were not recorded. */
function headOfInput({ exchange, head }: Input): HttpHead | null {
  return exchange === null ? (head ?? null) : headOf(exchange);
}

/** For a recording, this is who ended the recorded stream. */
function enderOf(stop: Stop, input: Input | null): EndedBy | null {
  const wasInterrupted = stop === null && input?.wasLeft?.() === true;
  return endedBy(wasInterrupted ? "interrupted" : stop, input !== null && headOfInput(input) !== null);
}

function arrivalOf(input: Input | null, firstByteMs: number | null, lastByteMs: number | null): Arrival | null {
  if (input === null || (firstByteMs === null && input.opening === null)) return null;
  const { endMs, heldBackMs } = input.closing?.() ?? { endMs: null, heldBackMs: 0 };
  return { opening: input.opening, firstByteMs, endMs: endMs ?? lastByteMs, heldBackMs };
}

/** Pushes the decoded pieces; returns why reading stopped early, or null. */
async function read(
  pieces: Pieces,
  atMs: number | null,
  framer: Framer,
  tap: Tap,
  interrupt: AbortSignal,
): Promise<Stop> {
  try {
    let isFirst = true;
    for await (const piece of pieces) {
      if (!isFirst) await tap.flush(true);
      // A single chunk may decode to gigabytes.
      if (!isFirst && interrupt.aborted) return "interrupted";
      isFirst = false;
      framer.push(piece, atMs);
      if (framer.work !== undefined) await framer.work(() => tap.flush(true));
    }
    return null;
  } catch (error) {
    return asStop(error);
  }
}

async function finish(framer: Framer, isAll: boolean, tap: Tap): Promise<Stop> {
  try {
    if (isAll) await framer.load?.(() => tap.flush(true));
    framer.end();
    return null;
  } catch (error) {
    return asStop(error);
  }
}

/** Errors that end the reading of a source but not the run. Rethrows all others. */
function asStop(error: unknown): Stop {
  if (error instanceof TransportError || error instanceof LimitError) return error;
  throw error;
}
