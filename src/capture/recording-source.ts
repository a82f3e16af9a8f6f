// A source that is recorded while it is read.
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
 * The same source, whose bytes are written to the file that `pathOf` names as they come, and their times to the file beside it. `redactor` makes
 * what is written in place of them, so that it can be shared; null: they are written as they come. Opening and reading it
 * throw OutputError where that cannot be written, UserError where it cannot be redacted.
 */
export function recordingSource(
  source: Source,
  pathOf: (exchange: HttpExchange | null) => string,
  redactor: ((http: HttpHead | null) => Rewriting) | null,
): Source {
  return {
    name: source.name,
    ...(source.readBeside !== undefined && { readBeside: source.readBeside }),
    ...(source.asked !== undefined && { asked: source.asked }),
    async open(signal) {
      const input = await opened(source, signal);
      const { exchange, opening, startedAt = null } = input;
      // What measures its end measures its chunks too.
      const isTimed = input.closing !== undefined;
      const header: TimingHeader = { schema: TIMING_SCHEMA, source: source.name, startedAt, exchange, opening };
      const path = pathOf(exchange);
      const recorder =
        redactor === null
          ? await openRecorder(path, isTimed ? header : null, null)
          : await openRecorder(
              path,
              isTimed ? shareable(header) : null,
              redactor(exchange === null ? null : headOf(exchange)),
            );
      return { ...input, chunks: record(input, recorder, signal, redactor !== null) };
    },
  };
}

/** The input of a source; of one that the network fails, one that fails in the same way: that is recorded too. */
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

// oxlint-disable-next-line require-yield -- it fails before it has any
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
      // It is written while the chunk is shown; the next one may have its memory.
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
