// Runs the command in the background, for tests that must see output before the input ends.
import { PassThrough, Readable, type Writable } from "node:stream";
import { main } from "../../src/cli.ts";
import type { Clock } from "../../src/timing/clock.ts";
import { place } from "./io.ts";
import { runProgram } from "./run-program.ts";

export interface LiveRun {
  readonly exitCode: Promise<number>;
  readonly stdout: LiveText;
  readonly stderr: LiveText;
  readonly interrupt: () => void;
}

interface LiveText {
  /** The text written so far. */
  text(): string;
  /** Settles when the text contains `part`. */
  holds(part: string): Promise<void>;
}

export interface StartOptions {
  /** Default: an empty input. */
  readonly stdin?: Readable;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: a clock that stands still. */
  readonly clock?: Clock;
  /** Makes standard error look like a terminal of this width. */
  readonly terminalColumns?: number;
}

/** Starts the whole command in this process without waiting for its end. */
export function start(argv: readonly string[], options: StartOptions = {}): LiveRun {
  const { stdin = Readable.from([]), env = {}, clock = place.clock, terminalColumns } = options;
  const interrupt = new AbortController();
  const stdout = createLiveText();
  const stderr = createLiveText();
  const exitCode = main(argv, {
    stdin,
    stdout: stdout.stream,
    stderr: Object.assign(stderr.stream, terminalColumns !== undefined && { isTTY: true, columns: terminalColumns }),
    env,
    ...place,
    clock,
    runProgram,
    interrupt: interrupt.signal,
  });
  return { exitCode, stdout, stderr, interrupt: () => interrupt.abort() };
}

function createLiveText(): LiveText & { readonly stream: Writable } {
  let written = "";
  let waiting: { part: string; resolve: () => void }[] = [];
  const stream = new PassThrough({ encoding: "utf8" });
  stream.on("data", (piece: string) => {
    written += piece;
    waiting = waiting.filter(({ part, resolve }) => {
      if (!written.includes(part)) return true;
      resolve();
      return false;
    });
  });
  return {
    stream,
    text: () => written,
    holds: (part) =>
      new Promise((resolve) => {
        if (written.includes(part)) resolve();
        else waiting.push({ part, resolve });
      }),
  };
}

/** A promise, and the function that settles it. */
export function createGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const gate = new AbortController();
  const opened = new Promise<void>((resolve) => gate.signal.addEventListener("abort", () => resolve()));
  return { opened, open: () => gate.abort() };
}
