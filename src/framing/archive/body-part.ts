// The parts of a recorded body, in each recorder's form, and where their lines are in its file.
import type { InputPlace } from "../lines.ts";
import { asString } from "../../model/payload.ts";
import { asBuffer } from "./compressed-body.ts";
import type { FindPlace, Path } from "./document/parsed-document.ts";
import type { FindBodyLines } from "./entries.ts";

/** A value of a document that is a body or a part of one. */
export interface BodyPart {
  /** The path to it, from its root. */
  readonly at: Path;
  /** Makes its bytes on each call: all bodies together may be larger than the document. */
  readonly read: () => Buffer;
  /** Its lines are lines of the value; if not, it is encoded, and all of it is at the start of the value. */
  readonly isText: boolean;
  /** When it came, in ms; null if unknown. */
  readonly atMs: number | null;
  /** The expected form that it does not have; left out if it is valid. */
  readonly damage?: string;
}

/** A string that is a body, or bytes that YAML decoded; an empty list for anything else. */
export function textPart(value: unknown, at: Path, atMs: number | null = null): readonly BodyPart[] {
  if (value instanceof Uint8Array) return [{ at, read: () => asBuffer(value), isText: false, atMs }];
  return typeof value === "string" ? [{ at, read: () => Buffer.from(value), isText: true, atMs }] : [];
}

/** A string that is one line of a body. */
export function linePart(value: string, at: Path): readonly BodyPart[] {
  return textPart(`${value}\n`, at);
}

/** Either alphabet (RFC 4648, 4 and 5), with the line ends that some writers add. */
const BASE64 = /^[\w+/\s-]*=*\s*$/;

/** A string in Base64, marked as damaged if it is invalid; an empty list for anything else. */
export function base64Part(value: unknown, at: Path, atMs: number | null = null): readonly BodyPart[] {
  const text = asString(value);
  if (text === null) return [];
  const part = { at, read: () => Buffer.from(text, "base64"), isText: false, atMs };
  return [BASE64.test(text) ? part : { ...part, damage: "no Base64" }];
}

export function hexPart(value: string, at: Path): readonly BodyPart[] {
  return [{ at, read: () => Buffer.from(value, "hex"), isText: false, atMs: null }];
}

/** A value that the recorder parsed, as JSON text with `end` after it; an empty list for null and undefined. */
export function jsonPart(value: unknown, at: Path, end = ""): readonly BodyPart[] {
  const text = value === undefined || value === null ? null : toJson(value);
  return text === null ? [] : [{ at, read: () => Buffer.from(text + end), isText: false, atMs: null }];
}

/** Null if it cannot be written as JSON: nested too deep, or YAML that contains itself. */
function toJson(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

/** A body in a file of its own: `at` is the path of the file name. */
export function filePart(bytes: Uint8Array | null, at: Path): readonly BodyPart[] {
  return bytes === null ? [] : [{ at, read: () => asBuffer(bytes), isText: false, atMs: null }];
}

const LF = 0x0a;
const CR = 0x0d;

/** Finds where the lines or frames of a body start in the document. */
export function createFindLines(parts: readonly BodyPart[], findPlace: FindPlace): FindBodyLines {
  return (framing) => {
    const located = parts.flatMap(({ at, read, isText }) => {
      const found = findPlace(at);
      return found === null ? [] : [{ read, lines: isText ? found.lines() : [found.place] }];
    });
    const [first] = located;
    if (first === undefined || located.length < parts.length) return [];
    if (located.length === 1) return first.lines;
    return framing === "aws-eventstream" ? framesOf(located) : linesOf(located);
  };
}

interface Located {
  readonly read: () => Buffer;
  /** Where its lines start; for an encoded part, where it starts. */
  readonly lines: readonly InputPlace[];
}

/** A line starts at the first byte, and after each line end: LF, CR or CRLF, which parts may split. */
function linesOf(parts: readonly Located[]): readonly InputPlace[] {
  const places: InputPlace[] = [];
  /** The last byte, if it ended a line. */
  let ended = LF;
  for (const { read, lines } of parts) {
    const bytes = read();
    let line = 0;
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte === LF && ended === CR) {
        ended = LF;
        if (index === 0) line += 1;
        continue;
      }
      const place = lines[Math.min(line, lines.length - 1)];
      if (ended !== 0 && place !== undefined) places.push(place);
      ended = byte === LF || byte === CR ? byte : 0;
      if (ended !== 0) line += 1;
    }
  }
  return places;
}

const LENGTH_BYTES = 4;

/**
 * Where the frames of an AWS event stream start: the first four bytes of each are its length.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
 */
function framesOf(parts: readonly Located[]): readonly InputPlace[] {
  const places: InputPlace[] = [];
  const bodies = parts.map(({ read }) => read());
  const body = Buffer.concat(bodies);
  let part = 0;
  let partEnd = bodies[0]?.length ?? 0;
  for (let at = 0; at + LENGTH_BYTES <= body.length;) {
    while (at >= partEnd && part + 1 < parts.length) {
      part += 1;
      partEnd += bodies[part]?.length ?? 0;
    }
    const place = parts[part]?.lines[0];
    if (place !== undefined) places.push(place);
    at += Math.max(body.readUInt32BE(at), LENGTH_BYTES);
  }
  return places;
}
