// Generates the inputs of the benchmark. An input depends only on its name and size: it is byte-identical on every
// machine.
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { message } from "./anthropic.ts";
import { completion } from "./chat.ts";
import type { Extent } from "./extent.ts";
import { Random } from "./random.ts";
import { response, responseWithPicture } from "./responses.ts";

/** Maximum characters of one response: about 35,000 tokens. A larger capture has several responses. */
const ANSWER_LENGTH = 10_000_000;

/** If a smaller share of an input is missing, no further response is added: it would be very short. */
const LEAST_MISSING = 0.05;

/** Characters per write. */
const PIECE_LENGTH = 256 * 1024;

/** Realistic numbers: for a text of a page or two, and for the arguments of a call. */
const TEXT_DELTAS = 400;
const TOOL_DELTAS = 40;

interface Kind {
  readonly deltas: number;
  /** Maximum characters of one response, if it is not ANSWER_LENGTH. */
  readonly length?: number;
  readonly answer: (random: Random, extent: Extent) => Iterable<string>;
}

const kinds = {
  "responses-text": {
    deltas: TEXT_DELTAS,
    answer: (random, extent) => response(random, { item: "message", fieldOrder: "number-first", ...extent }),
  },
  "responses-text-mixed-scripts": {
    deltas: TEXT_DELTAS,
    answer: (random, extent) =>
      response(random, { item: "message", fieldOrder: "number-first", isMixed: true, ...extent }),
  },
  "responses-text-alphabetical": {
    deltas: TEXT_DELTAS,
    answer: (random, extent) => response(random, { item: "message", fieldOrder: "alphabetical", ...extent }),
  },
  "responses-tools": {
    deltas: TOOL_DELTAS,
    answer: (random, extent) => response(random, { item: "function-call", fieldOrder: "number-first", ...extent }),
  },
  /** One response of any size: its last event repeats the whole text. */
  "responses-one-answer": {
    deltas: TEXT_DELTAS,
    length: Infinity,
    answer: (random, extent) => response(random, { item: "message", fieldOrder: "number-first", ...extent }),
  },
  /** For the cost per item. */
  "responses-items": {
    deltas: 2,
    answer: (random, extent) => response(random, { item: "message", fieldOrder: "number-first", ...extent }),
  },
  "chat-text": { deltas: TEXT_DELTAS, answer: (random, extent) => completion(random, { says: "text", ...extent }) },
  /** Two texts whose deltas alternate. */
  "chat-choices": {
    deltas: TEXT_DELTAS,
    answer: (random, extent) => completion(random, { says: "text", choices: 2, ...extent }),
  },
  "chat-tools": {
    deltas: TOOL_DELTAS,
    answer: (random, extent) => completion(random, { says: "tool-calls", ...extent }),
  },
  "anthropic-text": { deltas: TEXT_DELTAS, answer: (random, extent) => message(random, { block: "text", ...extent }) },
  "anthropic-tools": {
    deltas: TOOL_DELTAS,
    answer: (random, extent) => message(random, { block: "tool-use", ...extent }),
  },
  "huge-line": { deltas: 1, length: Infinity, answer: (random, { length }) => responseWithPicture(random, length) },
} as const satisfies Record<string, Kind>;

export type InputName = keyof typeof kinds;

function isInputName(name: string): name is InputName {
  return Object.hasOwn(kinds, name);
}

export const inputNames: readonly InputName[] = Object.keys(kinds).filter(isInputName);

/** A capture of about `bytes` bytes, in pieces to write: completed responses without findings. */
export function* input(name: InputName, bytes: number): Generator<string> {
  const { answer, deltas, length: most = ANSWER_LENGTH }: Kind = kinds[name];
  const random = new Random(1);
  let missing = bytes;
  do {
    // A little less than is missing, because the last snapshot of a response repeats its text.
    const length = Math.min(most, missing) * 0.97;
    for (const piece of inPieces(answer(random, { length, deltas }))) {
      missing -= piece.length;
      yield piece;
    }
  } while (missing > LEAST_MISSING * bytes);
}

/** Joins events into larger pieces: a write per event would be slow. */
function* inPieces(events: Iterable<string>): Generator<string> {
  let piece = "";
  for (const event of events) {
    piece += event;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

/** Files that this process wrote, which it need not write again. Files of an earlier process may be outdated. */
const written = new Set<string>();

/** Writes the input into the folder and returns its path. */
export function writeInput(folder: string, name: InputName, bytes: number): string {
  const file = path.join(folder, `${name}-${bytes / 1_000_000}m.sse`);
  if (!written.has(file)) writePieces(file, input(name, bytes));
  written.add(file);
  return file;
}

/** Writes `count` small captures, of all protocols in turn, into a new folder and returns its path. */
export function writeSmallCaptures(folder: string, count: number): string {
  const subfolder = path.join(folder, `small-${count}`);
  rmSync(subfolder, { recursive: true, force: true });
  for (let index = 0; index < count; index += 1) {
    writePieces(path.join(subfolder, `${String(index).padStart(5, "0")}.sse`), smallCapture(index));
  }
  return subfolder;
}

const SMALL_KINDS = ["responses-text", "chat-text", "anthropic-text", "responses-tools"] as const;

/** A response of a few kilobytes, different for each `seed`. */
export function smallCapture(seed: number): Iterable<string> {
  const random = new Random(seed);
  const { answer }: Kind = kinds[SMALL_KINDS[seed % SMALL_KINDS.length] ?? "responses-text"];
  return answer(random, { length: 0, deltas: random.between(3, 30) });
}

function writePieces(file: string, pieces: Iterable<string>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, "w");
  for (const piece of pieces) writeSync(descriptor, piece);
  closeSync(descriptor);
}
