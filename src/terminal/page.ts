// The output of views: the only module that depends on whether the output is a terminal.
import { OutputClosedError, OutputError } from "../errors.ts";
import { jsonText } from "../model/json-text.ts";
import type { OutputStream } from "../io.ts";
import type { Paint, Painter } from "./paint.ts";
import { createCursor, type Cursor } from "./cursor.ts";
import { plainRuler, type Ruler } from "./ruler.ts";
import { NO_STATUS_LINE, type StatusLine } from "./status-line.ts";
import { inertJson, visible, visibleJson, visibleLine } from "./visible.ts";

export interface Page {
  readonly isTerminal: boolean;
  /** Where the next text begins; meaningful only on a terminal. */
  readonly cursor: Cursor;
  /** Width in columns, if known. */
  readonly columns: number | null;
  /**
   * Adds text unchanged; on a terminal, control characters are escaped. A lone surrogate becomes U+FFFD here rather
   * than in the conversion to bytes, where the result would depend on how the input was cut.
   */
  write(text: string, paint?: Paint): void;
  /** Like `write`, without a paint, for UTF-8 text that is passed through unchanged. */
  writeUtf8(text: Buffer): void;
  /** Adds text that must stay on its line: control characters and line breaks are escaped on every output. */
  writeInline(text: string, paint?: Paint): void;
  /** Like `writeInline`, as a link to a URI if the terminal supports links; null: no link. */
  writeLink(text: string, uri: string | null, paint?: Paint): void;
  /** Adds a value as JSON and a line end. `indent`: spaces, for human readers. */
  writeJson(value: unknown, indent?: number): void;
  /** Adds bytes unchanged; on a terminal, as escaped text. */
  writeBytes(bytes: Uint8Array): void;
  /** Adds a line end, unless the last text ended in one or there is no text yet. */
  endLine(): void;
  /** Whether the next text begins a line. */
  readonly isAtLineStart: boolean;
  /** Whether anything was added. */
  readonly hasWritten: boolean;
  /** Paints text from now on; without a painter, text has no colour. */
  paintWith(painter: Painter): void;
  /** Writes links from now on; without this they are plain text. */
  enableLinks(): void;
  /** Measures text in columns. */
  readonly ruler: Ruler;
  /** Measures with another ruler from now on. */
  measureWith(ruler: Ruler): void;
  /**
   * Sends the added text and waits until the output has room. `canWait`: more text follows soon, so small amounts may
   * be delayed. Throws OutputClosedError or OutputError.
   */
  flush(canWait?: boolean): Promise<void>;
}

/** https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda: a URI may contain only printable ASCII. */
const LINK = "\u001b]8;;";
const STRING_END = "\u001b\\";
const SAFE_URI = /^[!-~]+$/;

const LF = 0x0a;

/** A page based on another one: members missing in `own` are those of `page`. */
export function pageOver(page: Page, own: Partial<Page>): Page {
  return Object.create(page, Object.getOwnPropertyDescriptors(own));
}

/** The limit on characters that wait to be sent. */
const MOST_WAITING = 64 * 1024;

/** A page on an output stream; hides the status line while it writes. Pages on one terminal share its cursor. */
export function createPage(
  stream: OutputStream,
  status: Pick<StatusLine, "hide" | "restore"> = NO_STATUS_LINE,
  cursor: Cursor = createCursor(),
): Page {
  const isTerminal = stream.isTTY === true;
  let paintText: Painter = asItIs;
  let ruler = plainRuler;
  let hasLinks = false;
  const decoder = new TextDecoder();
  let waiting: (string | Uint8Array)[] = [];
  let waitingLength = 0;
  /** Text of one paint that is not painted yet, because the next text may continue it. */
  let brush: Paint = "plain";
  let unpainted = "";
  let isAtLineStart = true;
  let hasWritten = false;
  let failure: Error | null = null;
  // Without a listener an EPIPE would end the process with a stack trace; `flush` reports it.
  stream.on("error", (error) => {
    failure ??= asOutputError(error, stream);
  });

  function add(text: string, paint: Paint): void {
    if (text === "") return;
    if (paint !== brush) finishPaint();
    brush = paint;
    if (paint === "plain") waiting.push(text);
    else unpainted += text;
    waitingLength += text.length;
    isAtLineStart = text.endsWith("\n");
    hasWritten = true;
    if (isTerminal) cursor.add(text);
  }

  function finishPaint(): void {
    if (unpainted !== "") waiting.push(paintText(unpainted, brush));
    unpainted = "";
  }

  /** Adds a control sequence of our own, which takes no column. */
  function addSequence(sequence: string): void {
    finishPaint();
    waiting.push(sequence);
  }

  async function flush(canWait = false): Promise<void> {
    if (failure !== null) {
      // The output is gone: drop pending text.
      waiting = [];
      unpainted = "";
      throw failure;
    }
    if (canWait && waitingLength < MOST_WAITING) return;
    finishPaint();
    if (waiting.length === 0) return;
    const pieces = waiting;
    waiting = [];
    waitingLength = 0;
    status.hide();
    for (const piece of joinPieces(pieces)) await send(stream, piece);
    status.restore();
  }

  return {
    isTerminal,
    cursor,
    get columns() {
      // A terminal of unknown size reports 0.
      return stream.columns || null;
    },
    write(text, paint = "plain") {
      const whole = text.toWellFormed();
      add(isTerminal ? visible(whole) : whole, paint);
    },
    writeUtf8(text) {
      if (isTerminal) return add(visible(text.toString()), "plain");
      if (text.length === 0) return;
      finishPaint();
      brush = "plain";
      waiting.push(text);
      waitingLength += text.length;
      isAtLineStart = text.at(-1) === LF;
      hasWritten = true;
    },
    writeInline(text, paint = "plain") {
      add(visibleLine(text.toWellFormed()), paint);
    },
    writeLink(text, uri, paint = "plain") {
      const isLink = hasLinks && uri !== null && SAFE_URI.test(uri);
      if (isLink) addSequence(`${LINK}${uri}${STRING_END}`);
      add(visibleLine(text.toWellFormed()), paint);
      if (isLink) addSequence(LINK + STRING_END);
    },
    writeJson(value, indent) {
      const json = inertJson(toJson(value, indent));
      add(`${isTerminal ? visibleJson(json) : json}\n`, "plain");
    },
    writeBytes(bytes) {
      if (isTerminal) add(visible(decoder.decode(bytes, { stream: true })), "plain");
      else {
        finishPaint();
        waiting.push(bytes);
      }
    },
    endLine() {
      if (!isAtLineStart) add("\n", "plain");
    },
    get isAtLineStart() {
      return isAtLineStart;
    },
    get hasWritten() {
      return hasWritten;
    },
    paintWith(painter) {
      finishPaint();
      paintText = painter;
    },
    enableLinks() {
      hasLinks = true;
    },
    get ruler() {
      return ruler;
    },
    measureWith(better) {
      ruler = better;
    },
    flush,
  };
}

function toJson(value: unknown, indent: number | undefined): string {
  try {
    return jsonText(value, indent);
  } catch (error) {
    // The only way in which plain data can fail: the JSON exceeds the maximum string length.
    if (!(error instanceof RangeError)) throw error;
    throw new OutputError(
      "the JSON of this stream exceeds the maximum string length; --format text and events have no such limit",
    );
  }
}

const asItIs: Painter = (text) => text;

/** Joins small texts to save system calls, up to a size that can be built safely. */
const LONGEST_JOINED = 8 * 1024 * 1024;

function* joinPieces(pieces: readonly (string | Uint8Array)[]): Generator<string | Uint8Array> {
  let joined: (string | Uint8Array)[] = [];
  let length = 0;
  for (const piece of pieces) {
    if (joined.length > 0 && length + piece.length > LONGEST_JOINED) {
      yield join(joined);
      joined = [];
      length = 0;
    }
    joined.push(piece);
    length += piece.length;
  }
  if (joined.length > 0) yield join(joined);
}

function join(pieces: readonly (string | Uint8Array)[]): string | Uint8Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  if (pieces.every((piece) => typeof piece === "string")) return pieces.join("");
  return Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece)));
}

function send(stream: OutputStream, piece: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(piece, (error) => {
      if (error === null || error === undefined) resolve();
      else reject(asOutputError(error, stream));
    });
  });
}

const CLOSED = new Set(["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"]);

/** The error code of a closed terminal; for a file it means a failing disk. */
const TERMINAL_CLOSED = "EIO";

function asOutputError(error: Error, { isTTY = false }: OutputStream): Error {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (CLOSED.has(code) || (isTTY && code === TERMINAL_CLOSED)) return new OutputClosedError();
  return new OutputError(`cannot write the output: ${error.message}`);
}
