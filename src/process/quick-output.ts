// Standard output and standard error, without the streams of Node.js where they are not needed: loading them takes as long as
// a seventh of a whole start.
import { fstatSync, statSync, writeSync } from "node:fs";
import type { OutputStream } from "../io.ts";

/**
 * What is written to a pipe at once: it fits into the buffer of any pipe (4 KiB at least, 64 KiB on Linux). All that comes
 * after it goes through the stream of Node.js, which waits for a slow reader without standing still.
 */
const QUICK_BYTES = 4096;

type Done = (error?: Error | null) => void;

/**
 * The output with that descriptor; `load` gives the stream of Node.js for it, which is asked for with the first use where
 * it is a terminal or a socket, else when it is needed.
 */
export function quickOutput(fd: number, load: () => OutputStream): OutputStream {
  const room = quickBytes(fd);
  return room === 0 ? load() : new QuickOutput(fd, room, load);
}

class QuickOutput implements OutputStream {
  readonly fd: number;
  #room: number;
  readonly #load: () => OutputStream;
  /** The stream of Node.js, once it is needed. */
  #stream: OutputStream | null = null;
  #listeners: ((error: Error) => void)[] = [];

  constructor(fd: number, room: number, load: () => OutputStream) {
    this.fd = fd;
    this.#room = room;
    this.#load = load;
  }

  get writableLength(): number {
    return this.#stream?.writableLength ?? 0;
  }

  on(event: "error", listener: (error: Error) => void): void {
    this.#listeners.push(listener);
    this.#stream?.on(event, listener);
  }

  write(piece: string | Uint8Array, done: Done = () => {}): void {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    if (this.#stream === null && bytes.length <= this.#room) {
      const written = this.#writeNow(bytes, done);
      if (written === bytes.length) return done();
      if (written === null) return;
      return this.#writeLater(bytes.subarray(written), done);
    }
    this.#writeLater(bytes, done);
  }

  /** Gives how many of the bytes were written, as many as there was room for; null if that failed. */
  #writeNow(bytes: Uint8Array, done: Done): number | null {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.fd, bytes, written);
    } catch (error) {
      if (!isFull(error)) {
        this.#fail(asError(error), done);
        return null;
      }
    }
    this.#room -= written;
    return written;
  }

  /** As a stream has it: the callback first, then whoever listens. */
  #fail(error: Error, done: Done): void {
    done(error);
    for (const listener of this.#listeners) listener(error);
  }

  #writeLater(bytes: Uint8Array, done: Done): void {
    if (this.#stream === null) {
      this.#stream = this.#load();
      for (const listener of this.#listeners) this.#stream.on("error", listener);
    }
    this.#stream.write(bytes, done);
  }
}

/** How many bytes can be written at once; 0 where Node.js has to do it. */
function quickBytes(fd: number): number {
  // There, pipes are not written with plain system calls.
  if (process.platform === "win32") return 0;
  try {
    const kind = fstatSync(fd);
    if (kind.isFile() || (kind.isCharacterDevice() && kind.rdev === statSync("/dev/null").rdev)) return Infinity;
    return kind.isFIFO() ? QUICK_BYTES : 0;
  } catch {
    return 0;
  }
}

/** Whether a pipe that does not block has no room. */
function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
