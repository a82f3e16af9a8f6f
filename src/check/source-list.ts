// Reads a list of sources and returns names as they arrive: from a file, or from standard input while that stays open.
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { UserError } from "../errors.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { readStream } from "../sources/stream.ts";
import { cut } from "../wording/cut.ts";
import type { NamedSource } from "./source-names.ts";

/** Names, in order. */
export interface SourceList {
  /** The next name, as soon as its line has ended; undefined if there are no more. Throws UserError for an unreadable list. */
  next(): Promise<NamedSource | undefined>;
  /** How many names have arrived but were not taken. */
  readonly waiting: number;
  /** Closes the list; a pending next() then returns undefined. */
  close(): void;
}

/** Reads the list at `path`, or on standard input for `-`; aborting `signal` ends it. */
export function readSourceList(path: string, stdin: Readable, signal: AbortSignal): SourceList {
  const splitter = createNameSplitter();
  let names: readonly NamedSource[] = [];
  let taken = 0;
  let stream: Readable | null = null;
  let chunks: AsyncIterator<{ readonly bytes: Uint8Array }> | null = null;
  let isOver = false;

  async function open(): Promise<AsyncIterator<{ readonly bytes: Uint8Array }>> {
    stream = path === STDIN_NAME ? stdin : createReadStream(path);
    const input = await readStream(path === STDIN_NAME ? "standard input" : path, stream, signal);
    return input.chunks[Symbol.asyncIterator]();
  }

  return {
    async next() {
      while (taken === names.length && !isOver) {
        chunks ??= await open();
        const next = await chunks.next();
        isOver = next.done === true;
        names = next.done === true ? splitter.end() : splitter.push(next.value.bytes);
        taken = 0;
      }
      if (taken < names.length) taken += 1;
      else return undefined;
      return names[taken - 1];
    },
    get waiting() {
      return names.length - taken;
    },
    close() {
      isOver = true;
      stream?.destroy();
    },
  };
}

/** Paths and URLs are shorter; a longer line means that the file is not a list. */
const LONGEST_NAME = 64 * 1024;
const SHOWN_CHARACTERS = 60;

interface NameSplitter {
  push(bytes: Uint8Array): readonly NamedSource[];
  end(): readonly NamedSource[];
}

/**
 * Splits a list into names: one on each line, ended by LF or CRLF, or by NUL as in the output of `find -print0`. Names
 * contain no NUL, so the first NUL shows the kind of list. Blank names and a byte order mark are skipped.
 */
function createNameSplitter(): NameSplitter {
  const decoder = new TextDecoder();
  let rest = "";
  let endsInNul = false;
  /** The rest of a name that is too long is skipped. */
  let isTooLong = false;

  function take(text: string, isLast: boolean): readonly NamedSource[] {
    endsInNul ||= text.includes("\0");
    const pieces = `${rest}${text}`.split(endsInNul ? "\0" : "\n");
    rest = isLast ? "" : (pieces.pop() ?? "");
    const names = pieces.flatMap((piece) => named(endsInNul ? piece : piece.replace(/\r$/, "")));
    if (rest.length <= LONGEST_NAME) return names;
    const long = named(rest);
    rest = "";
    isTooLong = true;
    return [...names, ...long];
  }

  function named(name: string): readonly NamedSource[] {
    if (isTooLong) {
      isTooLong = false;
      return [];
    }
    if (name.trim() === "") return [];
    if (name.length <= LONGEST_NAME) return [{ name, error: null }];
    const shown = cut(name, SHOWN_CHARACTERS);
    const hint = "a list has one path or URL per line";
    return [{ name: shown, error: new UserError(`a name in the list has more than ${LONGEST_NAME} characters`, hint) }];
  }

  return {
    push: (bytes) => take(decoder.decode(bytes, { stream: true }), false),
    end: () => take(decoder.decode(), true),
  };
}
