// Turns arriving chunks of any kind into an open input with their times. Reading starts at once, so a slow consumer
// does not look like a slow server.
import { Readable } from "node:stream";
import { isError, TransportError, UserError } from "../errors.ts";
import type { HttpHead } from "../model/http-head.ts";
import type { Chunk } from "../model/chunk.ts";
import { onAbort } from "../model/on-abort.ts";
import { takeArrivals } from "../sources/arrivals.ts";
import { asTransportError } from "../sources/http/transport-errors.ts";
import type { Input } from "../sources/input.ts";
import { maskChunks, maskSecrets, secretsOf } from "../sources/secrets.ts";
import { bytesOf, type Chunks, isWebStream, type WebStream } from "./input.ts";

/** Where chunks come from. */
export interface Origin {
  readonly head: HttpHead | null;
  /** Address of the server; null if unknown. */
  readonly url: URL | null;
  /** Called if the program itself aborted its request. */
  readonly onAbort: () => void;
}

/** Takes chunks from now on. `open` gives them; aborting its signal closes the stream. */
export function receive(body: Chunks | WebStream, origin: Origin): { open(signal: AbortSignal): Promise<Input> } {
  const startedAt = new Date().toISOString();
  const { items, close: closeBody } = opened(body);
  const stream = Readable.from(bytesIn(items), { objectMode: false });
  const { chunks, closing } = takeArrivals(stream, performance.now());
  // The consumer of the chunks gets the error.
  stream.on("error", () => {});
  return {
    async open(signal) {
      const forget = onAbort(signal, () => {
        stream.destroy();
        closeBody();
      });
      const { head, url } = origin;
      const secrets = url === null ? [] : secretsOf(url);
      return {
        exchange: null,
        ...(head !== null && { head }),
        startedAt,
        opening: null,
        chunks: untilFailure(secrets.length === 0 ? chunks : maskChunks(chunks, secrets), origin, signal, forget),
        closing,
      };
    },
  };
}

/** Rethrows failures as TransportError: a stream that breaks is a result. */
async function* untilFailure(
  chunks: AsyncIterable<Chunk>,
  { url, onAbort: aborted }: Origin,
  signal: AbortSignal,
  forget: () => void,
): AsyncGenerator<Chunk> {
  try {
    yield* chunks;
  } catch (error) {
    if (signal.aborted) return;
    if (!isAbort(error)) throw failureOf(error, url);
    aborted();
  } finally {
    forget();
  }
}

/**
 * The errors of fetch and Node.js streams if the program aborts: https://nodejs.org/api/errors.html#class-aborterror
 */
function isAbort(error: unknown): boolean {
  return isError(error) && error.name === "AbortError";
}

const ABORTED_BY_TIMEOUT = "TimeoutError";

/** fetch hides the reason in `cause`: `TypeError: terminated`. */
function failureOf(error: unknown, url: URL | null): unknown {
  if (error instanceof UserError || error instanceof TransportError) return error;
  if (!isError(error)) return new TransportError("STREAM_FAILED", `the input failed: ${String(error)}`);
  const secrets = url === null ? [] : secretsOf(url);
  // From AbortSignal.timeout, which the program passed to its request.
  if (error.name === ABORTED_BY_TIMEOUT) return new TransportError("MAX_TIME", "the request timed out");
  const reason = isError(error.cause) ? error.cause : error;
  const at = { url: url ?? UNKNOWN, isAnswered: true, isProxied: false, connectTimeoutMs: 0, secrets };
  const failure = url === null ? reason : asTransportError(reason, at);
  if (failure instanceof TransportError || failure instanceof UserError) return failure;
  const code = "code" in reason && typeof reason.code === "string" ? reason.code : "STREAM_FAILED";
  return new TransportError(code, `the input failed: ${maskSecrets(reason.message, secrets)}`);
}

const UNKNOWN = new URL("http://unknown.invalid");

/** The chunks, and how to close their source. */
interface Opened {
  readonly items: AsyncIterable<unknown>;
  readonly close: () => void;
}

function opened(body: Chunks | WebStream): Opened {
  if (isWebStream(body)) {
    const reader = body.getReader();
    return closable({ next: () => reader.read() }, () => reader.cancel());
  }
  const iterator = body[Symbol.asyncIterator]();
  if ("destroy" in body && typeof body.destroy === "function") {
    const { destroy } = body;
    return closable(iterator, () => destroy.call(body));
  }
  return closable(iterator, () => iterator.return?.());
}

/**
 * `close` ends the chunks at once, whether or not the source reacts: a generator that waits for its next value cannot be
 * interrupted, and its `return()` settles only once that value is there. Later values and errors are dropped.
 */
function closable(
  iterator: { next(): Promise<{ done?: boolean; value?: unknown }> },
  closeSource: () => unknown,
): Opened {
  let isClosed = false;
  /** Ends the chunks while the next one is awaited. */
  let giveUp: (() => void) | null = null;

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    giveUp?.();
    // Nobody is left to take its error.
    new Promise((resolve) => resolve(closeSource())).catch(() => {});
  }

  function next(): Promise<IteratorResult<unknown, undefined>> {
    if (isClosed) return Promise.resolve(OVER);
    return new Promise((resolve, reject) => {
      giveUp = () => resolve(OVER);
      iterator.next().then(({ done, value }) => resolve(done === true ? OVER : { done: false, value }), reject);
    });
  }

  async function stop(): Promise<IteratorResult<unknown, undefined>> {
    close();
    return OVER;
  }

  return { items: { [Symbol.asyncIterator]: () => ({ next, return: stop }) }, close };
}

const OVER: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** The chunks as bytes. Throws UserError for chunks that are neither bytes nor text. */
async function* bytesIn(items: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const item of items) {
    const bytes = typeof item === "string" ? Buffer.from(item) : bytesOfChunk(item);
    // An empty chunk has no time of its own.
    if (bytes.length > 0) yield bytes;
  }
}

function bytesOfChunk(chunk: unknown): Uint8Array {
  const bytes = typeof chunk === "object" && chunk !== null ? bytesOf(chunk) : null;
  if (bytes !== null) return bytes;
  throw new UserError(
    `expected chunks of bytes or text, but got ${chunk === null ? "null" : typeof chunk}`,
    "give the body as the server sent it, before it is parsed",
  );
}
