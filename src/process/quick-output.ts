// Standard output and standard error without Node.js streams, unless those are needed: loading them takes a seventh of
// the start-up time.
import { fstatSync, statSync, writeSync } from "node:fs";
import type { OutputStream } from "../io.ts";

/**
 * Limit on bytes written to a pipe directly: they fit into the buffer of any pipe (at least 4 KiB, 64 KiB on Linux).
 * Everything after that goes through the Node.js stream, which waits for a slow reader without blocking.
 */
const QUICK_BYTES = 4096;

type Done = (error?: Error | null) => void;

/**
 * The output with that descriptor. `load` returns the Node.js stream for it; it is called at the first use for a
 * terminal or a socket, otherwise when it is needed.
 */
export function quickOutput(fd: number, load: () => OutputStream): OutputStream {
  const room = quickBytes(fd);
  return room === 0 ? load() : new QuickOutput(fd, room, load);
}

class QuickOutput implements OutputStream {
  readonly fd: number;
  #room: number;
  readonly #load: () => OutputStream;
  /** The Node.js stream, once it is needed. */
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

  /** Writes as much as there is room for; returns the number of bytes, or null if that failed. */
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

  /** In the order of a stream: first the callback, then the listeners. */
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

/** How many bytes can be written directly; 0 if Node.js has to write. */
function quickBytes(fd: number): number {
  // On Windows, plain system calls do not write to pipes.
  if (process.platform === "win32") return 0;
  try {
    const kind = fstatSync(fd);
    if (kind.isFile() || (kind.isCharacterDevice() && kind.rdev === statSync("/dev/null").rdev)) return Infinity;
    return kind.isFIFO() ? QUICK_BYTES : 0;
  } catch {
    return 0;
  }
}

/** Whether a non-blocking pipe is full. */
function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
