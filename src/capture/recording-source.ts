// A source that is recorded while it is read.
import type { Chunk } from "../chunk.ts";
import { TransportError } from "../errors.ts";
import type { Input, Source } from "../sources/source.ts";
import { openRecorder, type Recorder, type Rewriting } from "./recorder.ts";
import { TIMING_SCHEMA, type TimingEnd, type TimingHeader } from "./timing-file.ts";

/**
 * The same source, whose bytes are written to `path` as they come, and their times to the file beside it. `rewrite` makes
 * what is written in place of them; null: nothing does. Opening and reading it throw OutputError where that cannot be
 * written.
 */
export function recordingSource(source: Source, path: string, rewrite: ((input: Input) => Rewriting) | null): Source {
  return {
    name: source.name,
    async open(signal) {
      const input = await source.open(signal);
      const { exchange, opening, startedAt = null } = input;
      const header: TimingHeader = { schema: TIMING_SCHEMA, source: source.name, startedAt, exchange, opening };
      const recorder = await openRecorder(path, header, rewrite?.(input) ?? null);
      return { ...input, chunks: record(input, recorder, signal) };
    },
  };
}

async function* record(input: Input, recorder: Recorder, signal: AbortSignal): AsyncGenerator<Chunk> {
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
    if (!signal.aborted) end = "complete";
  } catch (reason) {
    if (!(reason instanceof TransportError)) throw reason;
    end = "failed";
    error = { code: reason.code, message: reason.message };
    throw reason;
  } finally {
    const { endMs, heldBackMs } = input.closing?.() ?? { endMs: null, heldBackMs: 0 };
    const ms = endMs ?? lastMs;
    await recorder.end(ms === null ? null : { end, ms, heldBackMs, error });
  }
}
