// Where views write: the one place that knows whether a person's terminal is at the other end.
import { Chalk, type ChalkInstance } from "chalk";
import { OutputClosedError, UserError } from "../errors.ts";
import type { OutputStream } from "../io.ts";
import { visible, visibleJson, visibleLine } from "./visible.ts";

const paints = {
  plain: (chalk) => chalk,
  dim: (chalk) => chalk.dim,
  strong: (chalk) => chalk.bold,
  good: (chalk) => chalk.green,
  warning: (chalk) => chalk.yellow,
  bad: (chalk) => chalk.red,
  name: (chalk) => chalk.cyan,
} as const satisfies Record<string, (chalk: ChalkInstance) => ChalkInstance>;
export type Paint = keyof typeof paints;

export interface Page {
  readonly isTerminal: boolean;
  /** Width in columns, where it is known. */
  readonly columns: number | null;
  /** Adds text as it came; on a terminal, with control characters made visible. */
  write(text: string, paint?: Paint): void;
  /** Adds text that must stay within its line: control characters and line breaks are made visible everywhere. */
  writeInline(text: string, paint?: Paint): void;
  /** Adds a value as JSON and a line end. `indent`: spaces, for people. */
  writeJson(value: unknown, indent?: number): void;
  /** Adds bytes as they came; on a terminal, as text that is made visible. */
  writeBytes(bytes: Uint8Array): void;
  /** Adds a line end, unless what was added last ends in one or nothing was added yet. */
  endLine(): void;
  /** Whether what is added next begins a line. */
  readonly isAtLineStart: boolean;
  /** Sends what was added, and waits until the reader has room. Throws OutputClosedError where the reader is gone. */
  flush(): Promise<void>;
}

export type ColorMode = "auto" | "always" | "never";

/**
 * A page on an output stream. `color` is the user's word, asked for when something is painted first; where it is `auto`,
 * NO_COLOR and FORCE_COLOR are heard.
 */
export function createPage(
  stream: OutputStream,
  color: () => ColorMode,
  env: Readonly<Record<string, string | undefined>>,
): Page {
  const isTerminal = stream.isTTY === true;
  let chalk: ChalkInstance | null = null;
  const decoder = new TextDecoder();
  let waiting: (string | Uint8Array)[] = [];
  let isAtLineStart = true;
  let failure: Error | null = null;
  // Without a listener an EPIPE would end the process with a stack trace; `flush` reports it.
  stream.on("error", (error) => {
    failure ??= asOutputError(error);
  });

  function add(text: string, paint: Paint): void {
    if (text === "") return;
    chalk ??= new Chalk({ level: wantsColor(color(), isTerminal, env) ? 1 : 0 });
    waiting.push(paint === "plain" ? text : paints[paint](chalk)(text));
    isAtLineStart = text.endsWith("\n");
  }

  return {
    isTerminal,
    get columns() {
      return stream.columns ?? null;
    },
    write(text, paint = "plain") {
      add(isTerminal ? visible(text) : text, paint);
    },
    writeInline(text, paint = "plain") {
      add(visibleLine(text), paint);
    },
    writeJson(value, indent) {
      const json = JSON.stringify(value, null, indent);
      add(`${isTerminal ? visibleJson(json) : json}\n`, "plain");
    },
    writeBytes(bytes) {
      if (isTerminal) add(visible(decoder.decode(bytes, { stream: true })), "plain");
      else waiting.push(bytes);
    },
    endLine() {
      if (!isAtLineStart) add("\n", "plain");
    },
    get isAtLineStart() {
      return isAtLineStart;
    },
    async flush() {
      if (failure !== null) throw failure;
      if (waiting.length === 0) return;
      const pieces = waiting;
      waiting = [];
      for (const piece of joinTexts(pieces)) await send(stream, piece);
    },
  };
}

function wantsColor(color: ColorMode, isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (color !== "auto") return color === "always";
  // https://no-color.org and https://force-color.org: set and not empty; FORCE_COLOR=0 is an old way to say no.
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return isTerminal && env.TERM !== "dumb";
}

/** Texts that stand side by side become one: one system call for all that a chunk gave. */
function joinTexts(pieces: readonly (string | Uint8Array)[]): readonly (string | Uint8Array)[] {
  if (pieces.every((piece) => typeof piece === "string")) return [pieces.join("")];
  return pieces;
}

function send(stream: OutputStream, piece: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(piece, (error) => {
      if (error === null || error === undefined) resolve();
      else reject(asOutputError(error));
    });
  });
}

const CLOSED = new Set(["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"]);

function asOutputError(error: Error): Error {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (CLOSED.has(code)) return new OutputClosedError();
  return new UserError(`cannot write the output: ${error.message}`);
}
