// Chunks in as they come; a capture and the file of its times out. Whenever it is killed, both are good as far as they go:
// bytes are written before their time.
import { type FileHandle, open, rm } from "node:fs/promises";
import type { Chunk } from "../model/chunk.ts";
import { OutputError } from "../errors.ts";
import { roundMs } from "../model/timing.ts";
import {
  type TimedChunk,
  type TimingEnd,
  type TimingHeader,
  type TimingLine,
  timingPathOf,
} from "../sources/timed/timing-file.ts";

export interface Recorder {
  /** The bytes must stay as they are until `flush` is done. */
  chunk(chunk: Chunk): void;
  /** Settled when all that came is with the system. Throws OutputError. */
  flush(): Promise<void>;
  /** Ends both files; `end`: null where times are not known. Throws OutputError. */
  end(end: TimingEnd | null): Promise<void>;
}

/** What is written in place of the bytes that come; all of it together has as many bytes. */
export interface Rewriting {
  push(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/** Begins the capture `path`, over what it was; one without times has no file of them. Throws OutputError. */
export async function openRecorder(path: string, header: TimingHeader, rewriting: Rewriting | null): Promise<Recorder> {
  const capture = await openForWriting(path);
  // The times of what stood there before.
  await rm(timingPathOf(path), { force: true });
  let timing: FileHandle | null = null;
  let offset = 0;
  let writes: Promise<void> = Promise.resolve();

  function write(work: () => Promise<unknown>): void {
    writes = writes.then(async () => {
      await work().catch((error: unknown) => fail(path, error));
    });
    // It is told at the next flush.
    writes.catch(() => {});
  }

  function writeBytes(bytes: Uint8Array): void {
    if (bytes.length > 0) write(() => capture.appendFile(bytes));
  }

  /** The first one has the header before it: a capture without times has no file of them. */
  function writeTimes(line: TimedChunk | TimingEnd): void {
    write(async () => {
      const lines: TimingLine[] = timing === null ? [header, line] : [line];
      timing ??= await openForWriting(timingPathOf(path));
      await timing.appendFile(lines.map((value) => `${JSON.stringify(value)}\n`).join(""));
    });
  }

  return {
    chunk({ bytes, atMs }) {
      writeBytes(rewriting?.push(bytes) ?? bytes);
      if (atMs !== null) writeTimes({ offset, length: bytes.length, ms: roundMs(atMs) });
      offset += bytes.length;
    },
    flush: () => writes,
    async end(end) {
      try {
        writeBytes(rewriting?.end() ?? new Uint8Array());
        if (end !== null) writeTimes({ ...end, ms: roundMs(end.ms), heldBackMs: roundMs(end.heldBackMs) });
        await writes;
      } finally {
        await capture.close();
        await timing?.close();
      }
    },
  };
}

function openForWriting(path: string): Promise<FileHandle> {
  return open(path, "w").catch((error: unknown) => fail(path, error));
}

function fail(path: string, error: unknown): never {
  if (!(error instanceof Error && "code" in error)) throw error;
  throw new OutputError(`cannot write ${path}: ${error.message}`);
}
