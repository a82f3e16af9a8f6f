import type { Readable } from "node:stream";
import type { Clock } from "./timing/clock.ts";

/** Everything outside that the program uses: `bin/` passes the real one, tests pass their own. */
export interface Io {
  /** `fd`: the file descriptor, if the stream belongs to the process. */
  readonly stdin: Readable & { readonly isTTY?: boolean; readonly fd?: number };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** The working directory: relative paths and the search for a config file start here. */
  readonly cwd: string;
  /** The folder of the installed package. */
  readonly packageFolder: URL;
  /** Returns dist/rule-examples.json.gz if there is no package folder, as in the single executable. */
  readonly packedExamples?: () => Uint8Array;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Times what the program itself waits for: retries, reconnects, paced replays and the status line. */
  readonly clock: Clock;
  /**
   * Runs another program with these variables in the same terminal; resolves to its exit code, 128 + n for signal n.
   */
  readonly runProgram: (command: string, args: readonly string[], env: Io["env"]) => Promise<number>;
  /** Starts another thread of the program, which runs `serveChecks` (src/commands/jobs/worker.ts). */
  readonly startWorker: () => WorkerThread;
  /** Thousands of sources follow: the code that reads them is worth optimising. Left out: nothing is tuned. */
  readonly expectLongRun?: () => void;
  /** Aborted by Ctrl-C, SIGTERM or SIGHUP: reading stops, and the result so far is shown. */
  readonly interrupt: AbortSignal;
}

/**
 * Another thread of the program. Messages are copied. It ends with `error`, if something was thrown in it, and `exit`.
 */
export interface WorkerThread {
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "error", listener: (error: unknown) => void): unknown;
  on(event: "exit", listener: (exitCode: number) => void): unknown;
  terminate(): Promise<unknown>;
}

/** The parts of a writable Node.js stream that the program uses. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** The file descriptor, if the stream belongs to the process. */
  readonly fd?: number;
  /** Bytes not yet read from the stream. */
  readonly writableLength: number;
  /** `done` is called when the piece was written, or could not be written. */
  write(piece: string | Uint8Array, done?: (error?: Error | null) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
}
