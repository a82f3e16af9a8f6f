import type { Readable } from "node:stream";
import type { Clock } from "./timing/clock.ts";

/** All that the program touches of the outside: `bin/` gives the real one, tests give their own. */
export interface Io {
  /** `fd`: the descriptor, if it is one of the process. */
  readonly stdin: Readable & { readonly isTTY?: boolean; readonly fd?: number };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** The working directory: where relative paths begin, and where a config file is looked for. */
  readonly cwd: string;
  /** The folder of the installed package. */
  readonly packageFolder: URL;
  /** Gives dist/rule-examples.json.gz if there is no package folder: in the single executable. */
  readonly packedExamples?: () => Uint8Array;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Times what the program itself waits for: retries, reconnects, paced replays, the status line. */
  readonly clock: Clock;
  /** Runs another program with these variables, on the terminal of this one; gives its exit code, 128 + n for signal n. */
  readonly runProgram: (command: string, args: readonly string[], env: Io["env"]) => Promise<number>;
  /** Starts another thread of the program, which runs `serveChecks` (src/commands/jobs/worker.ts) on the other end. */
  readonly startWorker: () => WorkerThread;
  /** Aborted by Ctrl-C, SIGTERM or SIGHUP: reading ends, what was seen is shown. */
  readonly interrupt: AbortSignal;
}

/** Another thread of the program. Messages are copied; it ends with `error`, if something was thrown in it, and `exit`. */
export interface WorkerThread {
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "error", listener: (error: unknown) => void): unknown;
  on(event: "exit", listener: (exitCode: number) => void): unknown;
  terminate(): Promise<unknown>;
}

/** What is used of a stream of Node.js that is written to. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** The descriptor, if it is one of the process. */
  readonly fd?: number;
  /** Bytes that wait for the reader. */
  readonly writableLength: number;
  /** `done` is called when the piece was written, or could not be. */
  write(piece: string | Uint8Array, done?: (error?: Error | null) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
}
