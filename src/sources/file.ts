import { closeSync, constants, createReadStream, existsSync, openSync, readSync, statSync } from "node:fs";
import type { Readable } from "node:stream";
import { besideFile } from "./beside.ts";
import { timingPathOf } from "./timed/timing-file.ts";
import { UserError } from "../errors.ts";
import { onAbort } from "../model/on-abort.ts";
import { cannotRead, isSystemError } from "./cannot-read.ts";
import { readStream } from "./stream.ts";
import type { Chunk } from "../model/chunk.ts";
import type { Source } from "./source.ts";
import { bareInput, type Input } from "./input.ts";

/** Each piece cuts one event, which is read the long way; larger ones leave the processor's caches. */
const READ_BYTES = 512 * 1024;
/** Signals and timers have their turn after so many; at first after each, for a timer tunes V8 for longer runs. */
const READS_PER_TURN = 16;
const FIRST_TURNS = 4;

/**
 * A capture on disk, of any size; or a named pipe, such as the shell makes of `<(curl …)`, or a device. `talk` is given
 * warnings.
 */
export function fileSource(path: string, talk: (message: string) => void = () => {}): Source {
  return {
    name: path,
    readBeside: besideFile(path),
    async open(signal) {
      try {
        const kind = statSync(path);
        if (kind.isDirectory())
          throw new UserError(`cannot read ${path}: it is a directory`, "name the captures in it: ssescope DIR/*.sse");
        if (kind.isFIFO()) return await readStream(path, await openPipe(path, signal), signal);
        if (!kind.isFile()) return await readStream(path, createReadStream(path), signal);
        return await openCapture(path, kind.size, signal, talk);
      } catch (error) {
        throw isSystemError(error) ? cannotRead(path, error) : error;
      }
    },
  };
}

/** A file read of a pipe would occupy a thread that no abort can free: it is read as a socket is. */
async function openPipe(path: string, signal: AbortSignal): Promise<Readable> {
  // Loaded here: few runs need them.
  const [{ Socket }, { open: openDescriptor }, { promisify }] = await Promise.all([
    import("node:net"),
    import("node:fs"),
    import("node:util"),
  ]);
  // A thread waits until somebody writes, and the process cannot end before: on an interrupt that is somebody. It stays
  // until the thread is through, which may not have begun to wait.
  const writers: number[] = [];
  const forget = onAbort(signal, () => {
    writers.push(openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
  });
  try {
    // A bare descriptor, which the socket closes: a FileHandle would close it again when it is collected.
    return new Socket({ fd: await promisify(openDescriptor)(path, "r"), readable: true });
  } finally {
    forget();
    for (const writer of writers) closeSync(writer);
  }
}

/** A capture that was recorded with its times is read with them. */
async function openCapture(
  path: string,
  sizeBytes: number,
  signal: AbortSignal,
  talk: (message: string) => void,
): Promise<Input> {
  if (!existsSync(timingPathOf(path))) return bareInput(readFile(path, openSync(path, "r"), sizeBytes, signal));
  // Loaded here: most captures have no times.
  const { recordedInput } = await import("./timed/recorded-input.ts");
  return recordedInput(path, signal, talk);
}

/** What the last file was read into: chunks are valid until the next one is asked for, so nobody looks at it any more. */
let spare: Buffer | null = null;

/**
 * A read of a file takes less time than to hand it to another thread would. `sizeBytes`: how large it was; 0 where the
 * system does not say.
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
      // A short read that comes to the size has come to the end: most captures need no other one.
      const length = readBytes === sizeBytes && sizeBytes % READ_BYTES !== 0 ? 0 : readSync(descriptor, buffer);
      if (length === 0) return;
      readBytes += length;
      const isTurnOver = reads <= FIRST_TURNS || reads % READS_PER_TURN === 0;
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
