import { closeSync, constants, createReadStream, existsSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { besideFile } from "./beside.ts";
import { captureOfTiming, timingPathOf } from "./timed/timing-file.ts";
import { UserError } from "../errors.ts";
import { onAbort } from "../model/on-abort.ts";
import { cannotRead, isSystemError } from "./cannot-read.ts";
import { readStream } from "./stream.ts";
import type { Chunk } from "../model/chunk.ts";
import type { Source } from "./source.ts";
import { bareInput, type Input } from "./input.ts";

/** Each chunk boundary cuts an event, which costs extra work; larger chunks do not fit the processor's caches. */
const READ_BYTES = 512 * 1024;
/** After this many reads, signals and timers get a turn; at first after each, because a timer tunes V8 for longer runs. */
const READS_PER_TURN = 16;
const FIRST_TURNS = 4;

/**
 * A capture on disk of any size, a named pipe, such as the shell makes of `<(curl …)`, or a device. `talk` prints
 * warnings.
 */
export function fileSource(path: string, talk: (message: string) => void = () => {}): Source {
  return {
    name: path,
    readBeside: besideFile(path),
    async open(signal) {
      try {
        refuseTiming(path);
        const kind = statSync(path);
        if (kind.isDirectory()) throw isFolder(path);
        if (kind.isFIFO()) return await readStream(path, await openPipe(path, signal), signal);
        if (!kind.isFile()) return await readStream(path, createReadStream(path), signal);
        return await openCapture(path, kind.size, signal, talk);
      } catch (error) {
        throw isSystemError(error) ? cannotRead(path, error) : error;
      }
    },
  };
}

/** Commands that read all captures of a folder have replaced it by them. */
function isFolder(path: string): UserError {
  return new UserError(
    `cannot read ${path}: it is a folder`,
    `name one capture in it, such as ${join(path, "capture.sse")}; check and stats read all of a folder`,
  );
}

/** The times of a capture are read with it; by themselves they are not a stream. */
function refuseTiming(path: string): void {
  const capture = captureOfTiming(path);
  if (capture === null || !existsSync(capture)) return;
  throw new UserError(`${path} holds the times of ${capture}`, `name ${capture}: its times are read with it`);
}

/** Opens a pipe as a socket: a file read of a pipe would occupy a thread that an abort cannot free. */
async function openPipe(path: string, signal: AbortSignal): Promise<Readable> {
  // Loaded on demand: few runs need them.
  const [{ Socket }, { open: openDescriptor }, { promisify }] = await Promise.all([
    import("node:net"),
    import("node:fs"),
    import("node:util"),
  ]);
  // A thread waits for a writer, and the process cannot end before. So an abort opens the pipe for writing. That
  // descriptor stays open until the thread is done, because the thread may not have started to wait.
  const writers: number[] = [];
  const forget = onAbort(signal, () => {
    writers.push(openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
  });
  try {
    // A plain descriptor, which the socket closes. A FileHandle would close it again on garbage collection.
    return new Socket({ fd: await promisify(openDescriptor)(path, "r"), readable: true });
  } finally {
    forget();
    for (const writer of writers) closeSync(writer);
  }
}

/** Opens a capture, with its recorded times if there are any. */
async function openCapture(
  path: string,
  sizeBytes: number,
  signal: AbortSignal,
  talk: (message: string) => void,
): Promise<Input> {
  if (!existsSync(timingPathOf(path))) return bareInput(readFile(path, openSync(path, "r"), sizeBytes, signal));
  // Loaded on demand: most captures have no times.
  const { recordedInput } = await import("./timed/recorded-input.ts");
  return recordedInput(path, signal, talk);
}

/** The buffer of the last file, reused: chunks are valid only until the next one is requested. */
let spare: Buffer | null = null;

/**
 * Reads a file synchronously: that takes less time than handing the read to another thread. `sizeBytes`: the file's
 * size; 0 if the system does not report it.
 */
async function* readFile(
  path: string,
  descriptor: number,
  sizeBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  const buffer = spare ?? Buffer.allocUnsafeSlow(READ_BYTES);
  spare = null;
  let readBytes = 0;
  try {
    for (let reads = 1; !signal.aborted; reads += 1) {
      // A short read that reaches the size is the last one: this saves most captures another read.
      const length = readBytes === sizeBytes && sizeBytes % READ_BYTES !== 0 ? 0 : readSync(descriptor, buffer);
      if (length === 0) return;
      readBytes += length;
      const isTurnOver = readBytes !== sizeBytes && (reads <= FIRST_TURNS || reads % READS_PER_TURN === 0);
      yield { bytes: buffer.subarray(0, length), atMs: null, isFollowed: !isTurnOver };
      if (isTurnOver) await new Promise((resolve) => setImmediate(resolve));
    }
  } catch (error) {
    throw isSystemError(error) ? cannotRead(path, error) : error;
  } finally {
    spare = buffer;
    closeSync(descriptor);
  }
}
