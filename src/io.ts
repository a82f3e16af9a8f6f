import type { Readable, Writable } from "node:stream";
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
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Times what the program itself waits for: retries, reconnects, paced replays, the status line. */
  readonly clock: Clock;
  /** Runs another program with these variables, on the terminal of this one; gives its exit code, 128 + n for signal n. */
  readonly runProgram: (command: string, args: readonly string[], env: Io["env"]) => Promise<number>;
  /** Aborted by Ctrl-C, SIGTERM or SIGHUP: reading ends, what was seen is shown. */
  readonly interrupt: AbortSignal;
}

export type OutputStream = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** The descriptor, if it is one of the process. */
  readonly fd?: number;
};
