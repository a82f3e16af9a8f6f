import { type FileHandle, open } from "node:fs/promises";
import { Socket } from "node:net";
import { UserError } from "../errors.ts";
import { cannotRead, isSystemError } from "./cannot-read.ts";
import { readStream } from "./stream.ts";
import type { Chunk, Source } from "./source.ts";

const READ_BYTES = 256 * 1024;

/** A capture on disk, of any size; or a named pipe, such as the shell makes of `<(curl …)`. */
export function fileSource(path: string): Source {
  return {
    name: path,
    async open(signal) {
      const file = await openFile(path);
      const kind = await file.stat();
      if (kind.isDirectory()) {
        await file.close();
        throw new UserError(`cannot read ${path}: it is a directory`, "name the captures in it: ssescope DIR/*.sse");
      }
      // A read of a pipe would occupy a thread that no abort can free.
      if (kind.isFIFO())
        return { http: null, chunks: readStream(path, new Socket({ fd: file.fd, readable: true }), signal) };
      return { http: null, chunks: readFile(path, file, signal) };
    },
  };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    throw cannotRead(path, error);
  }
}

async function* readFile(path: string, file: FileHandle, signal: AbortSignal): AsyncGenerator<Chunk> {
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  try {
    while (!signal.aborted) {
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, null);
      if (bytesRead === 0) return;
      yield { bytes: buffer.subarray(0, bytesRead), atMs: null };
    }
  } catch (error) {
    throw isSystemError(error) ? cannotRead(path, error) : error;
  } finally {
    await file.close();
  }
}
