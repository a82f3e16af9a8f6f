// Quotes the payload of a finding, with a caret below the place.
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { brotliDecompressSync, constants, gunzipSync } from "node:zlib";
import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { Page } from "../terminal/page.ts";
import { excerpt as cutOut } from "../wording/cut.ts";
import { isFile, placeInText } from "./finding-words.ts";
import { plainLine } from "./plain-line.ts";

export interface Excerpt {
  readonly before: string;
  /** Empty if the place in the line is unknown. */
  readonly marked: string;
  readonly after: string;
}

/** Returns the excerpt for a finding; null if the bytes are no longer available, or are not text. */
export type ExcerptReader = (source: string, report: Report | null, finding: Finding) => Excerpt | null;

/** Limit on the bytes read of an event. */
const MOST_BYTES = 64 * 1024;
/** Limit for compressed captures, which must be read from their beginning. */
const MOST_COMPRESSED_BYTES = 16 * 1024 * 1024;
const MOST_DECODED_BYTES = 128 * 1024 * 1024;
/** Width without a terminal. */
const DEFAULT_COLUMNS = 120;
const LEAST_COLUMNS = 20;
/** Share of the width before the place. */
const BEFORE_SHARE = 0.4;
const BAR = "| ";

/** Reads a capture again at the place of a finding. */
export const readExcerpt: ExcerptReader = (source, _report, finding) => {
  const { offset, bodyLine } = finding;
  // In an archive the file's bytes are not the stream's bytes.
  if (offset === null || bodyLine !== undefined || !isFile(source)) return null;
  const bytes = readAt(source, offset);
  if (bytes === null || bytes.length === 0) return null;
  const text = new TextDecoder().decode(bytes);
  return NOT_TEXT.test(text.slice(0, LOOKED_AT)) ? null : excerptOf(text, finding);
};

// oxlint-disable-next-line no-control-regex -- what no text has
const NOT_TEXT = /[\u0000-\u0008\u000e-\u001a\ufffd]/;
const LOOKED_AT = 400;

/** The payload line of an event that contains the seen value; `text` starts with the event. */
export function excerptOf(text: string, finding: Pick<Finding, "seen" | "message">): Excerpt {
  const [event = ""] = text.split(/\r?\n\r?\n/, 1);
  const lines = event.split(/\r\n|\r|\n/);
  const isSse = lines.some((line) => line.startsWith(DATA_FIELD));
  const payloads = isSse ? lines.filter((line) => line.startsWith(DATA_FIELD)) : lines.slice(0, 1);
  const line = payloads.find((each) => placeOf(each, finding) !== null) ?? payloads[0] ?? "";
  const [from, to] = placeOf(line, finding) ?? [line.length, line.length];
  return { before: line.slice(0, from), marked: line.slice(from, to), after: line.slice(to) };
}

const DATA_FIELD = "data:";
/** V8's words for the place of a JSON error. */
const POSITION = / at position (?<position>\d+)/;

function placeOf(
  line: string,
  { seen, message }: Pick<Finding, "seen" | "message">,
): [from: number, to: number] | null {
  const position = POSITION.exec(message)?.groups?.position;
  if (position !== undefined) {
    const start = line.startsWith(DATA_FIELD) ? DATA_FIELD.length + (line[DATA_FIELD.length] === " " ? 1 : 0) : 0;
    const at = start + Number(position);
    return at < line.length ? [at, at + 1] : null;
  }
  const at = seen === null ? null : placeInText(line, seen);
  return at === null || seen === null ? null : [at, at + seen.length];
}

/** The start of the character at a place, including the characters it is joined to. */
function startOfCharacter(line: string, place: number): number {
  if (place === 0) return 0;
  const start = Math.max(place - LONGEST_CHARACTER, 0);
  const around = line.slice(start, place + LONGEST_CHARACTER);
  return start + (new Intl.Segmenter().segment(around).containing(place - start)?.index ?? place - start);
}

const LONGEST_CHARACTER = 32;

/** Writes the part of the line that fits around the place, and the caret. */
export function writeExcerpt(page: Page, { before, marked, after }: Excerpt, indent: number): void {
  const room = Math.max((page.columns ?? DEFAULT_COLUMNS) - indent - BAR.length - 1, LEAST_COLUMNS);
  const isMarked = marked !== "";
  const line = before + marked + after;
  const wanted = isMarked
    ? Math.max(Math.min(before.length - Math.floor(room * BEFORE_SHARE), line.length - room), 0)
    : 0;
  const from = startOfCharacter(line, wanted);
  const shown = (start: number, end: number): string => plainLine(line.slice(start, end));
  const lead = from === 0 ? "" : "…";
  const head = lead + shown(from, before.length);
  const whole = page.ruler.cut(lead + plainLine(cutOut(line.slice(from), 0, room * 2)), room);
  const margin = " ".repeat(indent);
  page.write(margin + BAR, "dim");
  page.writeInline(whole, "plain");
  page.write("\n");
  const column = page.ruler.columnsOf(head);
  if (!isMarked || column >= room) return;
  const width = Math.max(Math.min(page.ruler.columnsOf(plainLine(marked)), room - column), 1);
  page.write(margin + BAR, "dim");
  page.write(`${" ".repeat(column)}${"^".repeat(width)}\n`, "bad");
}

/** Reads bytes from an offset; null if they cannot be read. */
function readAt(path: string, offset: number): Uint8Array | null {
  try {
    const { size } = statSync(path);
    if (/\.(?:gz|br)$/i.test(path)) {
      return size > MOST_COMPRESSED_BYTES ? null : decode(path).subarray(offset, offset + MOST_BYTES);
    }
    const descriptor = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(Math.max(Math.min(MOST_BYTES, size - offset), 0));
      return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, offset));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The excerpt is optional: the finding is printed without it.
    return null;
  }
}

function decode(path: string): Uint8Array {
  const bytes = readFileSync(path);
  const limit = { maxOutputLength: MOST_DECODED_BYTES };
  if (/\.br$/i.test(path)) return brotliDecompressSync(bytes, limit);
  // Decompress as much of a cut capture as possible.
  return gunzipSync(bytes, { ...limit, finishFlush: constants.Z_SYNC_FLUSH });
}
