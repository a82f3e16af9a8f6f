// Writes chunks to a capture and their times to the file beside it. If the program is killed, both files stay readable:
// the timing header is written before the first byte, and bytes are written before their time.
import { constants } from "node:fs";
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
  /** The bytes must not change until `flush` is done. */
  chunk(chunk: Chunk): void;
  /** Settles when all chunks so far are handed to the system. Throws OutputError. */
  flush(): Promise<void>;
  /** Closes both files; `end`: null if times are unknown. Throws OutputError. */
  end(end: TimingEnd | null): Promise<void>;
}

/** Rewrites the bytes before they are written. Total output and input have the same length. */
export interface Rewriting {
  push(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/**
 * Begins the capture `path`; overwrites old files. `header`: of the timing file; null if the source has no times: then
 * no timing file is written. Throws OutputError.
 */
export async function openRecorder(
  path: string,
  header: TimingHeader | null,
  rewriting: Rewriting | null,
): Promise<Recorder> {
  const capture = await openCapture(path);
  const timing = header === null ? null : await openTimes(path, header);
  let offset = 0;
  let writes: Promise<void> = Promise.resolve();

  function write(work: () => Promise<unknown>): void {
    writes = writes.then(async () => {
      await work().catch((error: unknown) => fail(path, error));
    });
    // The next flush reports the error.
    writes.catch(() => {});
  }

  function writeBytes(bytes: Uint8Array): void {
    if (bytes.length > 0) write(() => capture.appendFile(bytes));
  }

  function writeTimes(line: TimedChunk | TimingEnd): void {
    if (timing !== null) write(() => timing.appendFile(asLine(line)));
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

/**
 * Opens an empty capture. Old times are deleted before old bytes, so that a kill never leaves another recording's
 * times.
 */
async function openCapture(path: string): Promise<FileHandle> {
  try {
    const capture = await open(path, constants.O_WRONLY | constants.O_CREAT);
    await rm(timingPathOf(path), { force: true });
    // A pipe or a device cannot be truncated.
    if ((await capture.stat()).isFile()) await capture.truncate();
    return capture;
  } catch (error) {
    return fail(path, error);
  }
}

async function openTimes(path: string, header: TimingHeader): Promise<FileHandle> {
  try {
    const timing = await open(timingPathOf(path), "w");
    await timing.appendFile(asLine(header));
    return timing;
  } catch (error) {
    return fail(path, error);
  }
}

function asLine(line: TimingLine): string {
  return `${JSON.stringify(line)}\n`;
}

function fail(path: string, error: unknown): never {
  if (!(error instanceof Error && "code" in error)) throw error;
  throw new OutputError(`cannot write ${path}: ${error.message}`);
}
