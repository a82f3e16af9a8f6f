import { Readable, Writable } from "node:stream";
import { main } from "../../src/cli.ts";
import type { Io, OutputStream } from "../../src/io.ts";
import type { Clock } from "../../src/timing/clock.ts";
import { manualClock } from "./clocks.ts";
import { runProgram } from "./run-program.ts";
import { startWorker } from "./start-worker.ts";

export interface RunOptions {
  /** Chunks of standard input; default: empty. */
  readonly stdin?: readonly (string | Uint8Array)[] | Readable;
  readonly env?: Readonly<Record<string, string>>;
  /** The working directory that the command sees. */
  readonly cwd?: string;
  /** The folder of the package; default: the checkout. */
  readonly packageFolder?: URL;
  /** Makes standard input, output and error look like a terminal of this width. */
  readonly terminalColumns?: number;
  readonly interrupt?: AbortSignal;
  readonly expectLongRun?: () => void;
  /** Default: a clock that stands still. */
  readonly clock?: Clock;
}

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command's environment; its clock stands still. */
export const place: Pick<Io, "cwd" | "packageFolder" | "clock" | "startWorker"> = {
  cwd: process.cwd(),
  packageFolder: new URL("../../", import.meta.url),
  clock: manualClock(),
  startWorker,
};

/** Runs the whole command in this process, as `bin/ssescope.js` does in its own. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { stdin = [], env = {}, cwd = place.cwd, terminalColumns, clock = place.clock } = options;
  const { interrupt = new AbortController().signal, expectLongRun } = options;
  const stdout = createSink(terminalColumns);
  const stderr = createSink(terminalColumns);
  const input = stdin instanceof Readable ? stdin : Readable.from(stdin.map((chunk) => Buffer.from(chunk)));
  const io: Io = {
    stdin: Object.assign(input, { isTTY: terminalColumns !== undefined && options.stdin === undefined }),
    stdout: stdout.stream,
    stderr: stderr.stream,
    ...place,
    packageFolder: options.packageFolder ?? place.packageFolder,
    cwd,
    env,
    clock,
    runProgram,
    interrupt,
    ...(expectLongRun !== undefined && { expectLongRun }),
  };
  const exitCode = await main(argv, io);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function createSink(columns: number | undefined): { stream: OutputStream; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const terminal = columns === undefined ? {} : { isTTY: true, columns };
  return { stream: Object.assign(stream, terminal), text: () => Buffer.concat(chunks).toString("utf8") };
}
