// Records a source while it is read.
import type { Chunk } from "../model/chunk.ts";
import { TransportError } from "../errors.ts";
import { headOf, type HttpExchange, type HttpHead } from "../model/http-head.ts";
import type { Source } from "../sources/source.ts";
import { bareInput, type Input } from "../sources/input.ts";
import { roundMs } from "../model/timing.ts";
import { openRecorder, type Recorder, type Rewriting } from "./recorder.ts";
import { shareable, withoutPlace } from "./shareable-header.ts";
import { TIMING_SCHEMA, type TimingEnd, type TimingHeader } from "../sources/timed/timing-file.ts";

/**
 * The same source. Reading it also writes its bytes to the file that `pathOf` names, and their times to the file beside
 * it. `redactor` makes the bytes to write, so that the copy can be shared; null: they are written as received. Opening
 * and reading throw OutputError if a file cannot be written, UserError if the bytes cannot be redacted, and the errors
 * of `pathOf`.
 */
export function recordingSource(
  source: Source,
  pathOf: (exchange: HttpExchange | null) => string | Promise<string>,
  redactor: ((http: HttpHead | null) => Rewriting) | null,
): Source {
  return {
    name: source.name,
    ...(source.readBeside !== undefined && { readBeside: source.readBeside }),
    ...(source.asked !== undefined && { asked: source.asked }),
    async open(signal) {
      const input = await opened(source, signal);
      // After Ctrl-C nobody reads it, and its files may be complete already.
      if (signal.aborted) return input;
      const { exchange, opening, startedAt = null } = input;
      // An input that measures its end also measures its chunks.
      const isTimed = input.closing !== undefined;
      const header: TimingHeader = { schema: TIMING_SCHEMA, source: source.name, startedAt, exchange, opening };
      const path = await pathOf(exchange);
      const recorder =
        redactor === null
          ? await openRecorder(path, isTimed ? header : null, null)
          : await openRecorder(
              path,
              isTimed ? shareable(header) : null,
              redactor(exchange === null ? null : headOf(exchange)),
            );
      const chunks = record(input, recorder, signal, redactor !== null);
      await closeAfterCtrlC(chunks, signal);
      return { ...input, chunks };
    },
  };
}

/** If Ctrl-C came while the files were opened, nobody reads the chunks: reading what is left closes the files. */
async function closeAfterCtrlC(chunks: AsyncIterable<Chunk>, signal: AbortSignal): Promise<void> {
  if (!signal.aborted) return;
  for await (const chunk of chunks) void chunk;
}

/** Opens a source. If the network fails, returns an input that fails with the same error, so that it is recorded. */
async function opened(source: Source, signal: AbortSignal): Promise<Input> {
  const startedAt = new Date().toISOString();
  const startMs = performance.now();
  try {
    return await source.open(signal);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const endMs = roundMs(performance.now() - startMs);
    return { ...bareInput(failWith(error)), startedAt, closing: () => ({ endMs, heldBackMs: 0 }) };
  }
}

// oxlint-disable-next-line require-yield -- it fails before it yields
async function* failWith(error: TransportError): AsyncGenerator<Chunk> {
  throw error;
}

async function* record(
  input: Input,
  recorder: Recorder,
  signal: AbortSignal,
  isShared: boolean,
): AsyncGenerator<Chunk> {
  let end: TimingEnd["end"] = "interrupted";
  let error: TimingEnd["error"] = null;
  let lastMs: number | null = null;
  try {
    for await (const chunk of input.chunks) {
      lastMs = chunk.atMs;
      recorder.chunk(chunk);
      yield chunk;
      // The chunk is written while it is shown. The next chunk may reuse its memory.
      await recorder.flush();
    }
    // A recording that was killed stays one in its copy.
    if (!signal.aborted && input.wasLeft?.() !== true) end = "complete";
  } catch (reason) {
    if (!(reason instanceof TransportError)) throw reason;
    end = "failed";
    error = { code: reason.code, message: isShared ? withoutPlace(reason.message) : reason.message };
    throw reason;
  } finally {
    const { endMs, heldBackMs } = input.closing?.() ?? { endMs: null, heldBackMs: 0 };
    const ms = endMs ?? lastMs;
    const compression = input.compression?.() ?? null;
    const fault = compression === null ? {} : { compression };
    await recorder.end(ms === null ? null : { end, ms, heldBackMs, error, ...fault });
  }
}
