// Rewrites the lines of an event stream in place: each line immediately, but data lines when their event is complete.
import { redactIdentifier, redactText } from "./replacements.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { isWord } from "./word-shapes.ts";

const LF = 0x0a;
const CR = 0x0d;
/** https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
const FIELD = /^(?<name>data|event|id|retry)(?<border>: ?|$)/;
/** Not an SSE field; only stream detection treats it as one. */
const INDENTED = /^\s+(?:data|event|id|retry)(?=:)/;
const LONGEST_INDENT = 64;
const LONGEST_FIELD = "event: ".length;
/** A last line that is cut may be the start of one of these fields. */
const FIELD_NAMES = ["data", "event", "id", "retry"];
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** Data lines are joined by LF. */
const JOINT_BYTES = 1;

export interface EventLines {
  /** How many of the held bytes, from their start, are final. */
  readonly finalBytes: number;
  /** Rewrites the lines that end before `end`. */
  read(bytes: Buffer, end: number): void;
  /** Rewrites all lines, including a last one without a line end. */
  readAll(bytes: Buffer): void;
  /** Rewrites the data of the current event. */
  redactData(bytes: Buffer, redact: (data: Buffer) => void): void;
  /** Must be called when the first `length` held bytes are dropped. */
  drop(length: number): void;
}

/**
 * Reads lines from held bytes; each call gets the same bytes, less those dropped. `redactStray` rewrites a line that is
 * not a field.
 */
export function createEventLines(pseudonyms: Pseudonyms, redactStray: (line: Buffer) => void): EventLines {
  /** Where the current line starts, and how far it was searched for its end. */
  let lineStart = 0;
  let searched = 0;
  let isFirst = true;
  /** How many bytes were dropped; the places below are offsets in the input. */
  let dropped = 0;
  /** Where the values of the event's data lines start and end. Plain numbers, because there may be millions. */
  let starts: number[] = [];
  let ends: number[] = [];

  function readLine(bytes: Buffer, from: number, end: number, isCut: boolean): void {
    const hasMark = isFirst && bytes.subarray(from, end).subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    isFirst = false;
    const start = hasMark ? from + BYTE_ORDER_MARK.length : from;
    const beginning = bytes.toString("latin1", start, Math.min(end, start + LONGEST_FIELD));
    const field = FIELD.exec(beginning);
    const value = start + (field?.[0].length ?? 0);
    const name = field?.groups?.name ?? "";
    switch (name) {
      case "data":
        starts.push(dropped + value);
        ends.push(dropped + end);
        break;
      case "event":
        redactName(bytes, value, end);
        break;
      case "id":
        redactIdentifier(bytes, value, end, pseudonyms, false);
        break;
      case "retry":
        if (!/^\d*$/.test(bytes.toString("latin1", value, end))) redactText(bytes, value, end);
        break;
      default: {
        const isBeginning = isCut && FIELD_NAMES.some((name) => name.startsWith(beginning));
        const indented = INDENTED.exec(bytes.toString("latin1", start, Math.min(end, start + LONGEST_INDENT)));
        if (isBeginning) break;
        if (indented === null) redactStray(bytes.subarray(start, end));
        else redactText(bytes, start + indented[0].length, end);
      }
    }
  }

  /** Keeps an event type that is a word. Of `messages|agent:1ef6`, keeps the word: the rest names the owner. */
  function redactName(bytes: Buffer, start: number, end: number): void {
    const name = bytes.toString("utf8", start, end);
    if (isWord(name)) return;
    const word = name.slice(0, Math.max(name.indexOf("|"), 0));
    redactIdentifier(bytes, isWord(word) ? start + word.length : start, end, pseudonyms, false);
  }

  function readLines(bytes: Buffer, end: number): void {
    for (; searched < end; searched += 1) {
      const byte = bytes[searched];
      if (byte !== LF && byte !== CR) continue;
      if (searched > lineStart) readLine(bytes, lineStart, searched, false);
      lineStart = searched + 1;
    }
  }

  /** Visits each data line of the current event, in order. */
  function forEachData(visit: (start: number, end: number) => void): void {
    for (const [line, start] of starts.entries()) visit(start - dropped, (ends[line] ?? start) - dropped);
  }

  function redactJoined(bytes: Buffer, redact: (data: Buffer) => void): void {
    let length = 0;
    forEachData((start, end) => {
      length += end - start + JOINT_BYTES;
    });
    const joined = Buffer.alloc(length, LF);
    let at = 0;
    forEachData((start, end) => {
      at += bytes.copy(joined, at, start, end) + JOINT_BYTES;
    });
    redact(joined.subarray(0, length - JOINT_BYTES));
    at = 0;
    forEachData((start, end) => {
      joined.copy(bytes, start, at, at + end - start);
      at += end - start + JOINT_BYTES;
    });
  }

  return {
    get finalBytes() {
      const [first] = starts;
      return first === undefined ? lineStart : first - dropped;
    },
    read: readLines,
    readAll(bytes) {
      readLines(bytes, bytes.length);
      if (lineStart === bytes.length) return;
      readLine(bytes, lineStart, bytes.length, true);
      lineStart = bytes.length;
    },
    redactData(bytes, redact) {
      if (starts.length > 1) redactJoined(bytes, redact);
      else forEachData((start, end) => redact(bytes.subarray(start, end)));
      starts = [];
      ends = [];
    },
    drop(length) {
      lineStart -= length;
      searched -= length;
      dropped += length;
    },
  };
}
