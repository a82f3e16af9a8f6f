// The inputs of the benchmark by name. What an input is depends on its name and size alone: byte for byte the same on
// every machine.
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { message } from "./anthropic.ts";
import { completion } from "./chat.ts";
import type { Extent } from "./extent.ts";
import { Random } from "./random.ts";
import { response, responseWithPicture } from "./responses.ts";

/** Characters of one answer: some 35,000 tokens, a long one. A larger capture holds several, one after the other. */
const ANSWER_LENGTH = 10_000_000;

/** What is missing when this share of an input is left would make another answer of hardly any length. */
const LEAST_MISSING = 0.05;

/** How much is written at once. */
const PIECE_LENGTH = 256 * 1024;

/** Realistic ones: a text of a page or two, the arguments of a call. */
const TEXT_DELTAS = 400;
const TOOL_DELTAS = 40;

interface Kind {
  readonly deltas: number;
  /** Where one answer is not ANSWER_LENGTH long at most. */
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
  /** However large it is, one answer: its last event holds all that it said. */
  "responses-one-answer": {
    deltas: TEXT_DELTAS,
    length: Infinity,
    answer: (random, extent) => response(random, { item: "message", fieldOrder: "number-first", ...extent }),
  },
  /** What an item costs. */
  "responses-items": {
    deltas: 2,
    answer: (random, extent) => response(random, { item: "message", fieldOrder: "number-first", ...extent }),
  },
  "chat-text": { deltas: TEXT_DELTAS, answer: (random, extent) => completion(random, { says: "text", ...extent }) },
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

/** A capture of about `bytes` bytes, in pieces to write: answers that all end well, and of which nothing is wrong. */
export function* input(name: InputName, bytes: number): Generator<string> {
  const { answer, deltas, length: most = ANSWER_LENGTH }: Kind = kinds[name];
  const random = new Random(1);
  let missing = bytes;
  do {
    // A little less than is missing, for the last snapshot of a response says again what it said.
    const length = Math.min(most, missing) * 0.97;
    for (const piece of inPieces(answer(random, { length, deltas }))) {
      missing -= piece.length;
      yield piece;
    }
  } while (missing > LEAST_MISSING * bytes);
}

/** Many events a piece: an event is too little to be written by itself. */
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

/** What this process has written: it need not be written twice, but what an earlier one left may be another input. */
const written = new Set<string>();

/** Writes the input into the folder; gives its path. */
export function writeInput(folder: string, name: InputName, bytes: number): string {
  const file = path.join(folder, `${name}-${bytes / 1_000_000}m.sse`);
  if (!written.has(file)) writePieces(file, input(name, bytes));
  written.add(file);
  return file;
}

/** Writes so many small captures, of all protocols in turn, into a folder of their own; gives the folder. */
export function writeSmallCaptures(folder: string, count: number): string {
  const subfolder = path.join(folder, `small-${count}`);
  rmSync(subfolder, { recursive: true, force: true });
  for (let index = 0; index < count; index += 1) {
    writePieces(path.join(subfolder, `${String(index).padStart(5, "0")}.sse`), smallCapture(index));
  }
  return subfolder;
}

const SMALL_KINDS = ["responses-text", "chat-text", "anthropic-text", "responses-tools"] as const;

/** A short answer of a few kilobytes; another `seed` gives another one. */
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
