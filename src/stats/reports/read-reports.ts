// Reads a file of reports that ssescope wrote: `--json`, `--format facts`, `--reporter json`, `ndjson` or `rows`, or
// exchanges.ndjson of a tap.
import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { EXCHANGES_FILE } from "../../capture/session-files.ts";
import type { Demands } from "../../check/judge.ts";
import { codingOf, createDecoding, type Decoding } from "../../decoding/decoding.ts";
import { DecodedTooLargeError, UserError } from "../../errors.ts";
import { describeFault } from "../../model/compression-fault.ts";
import { cannotRead, isSystemError } from "../../sources/cannot-read.ts";
import { decodedHead, HEAD_BYTES, MOST_HEAD_BYTES } from "./head.ts";
import { createRowReader, isFact, isReports, type KnownStream } from "./rows-in.ts";
import { valuesOf } from "./values.ts";

/** Usual file names of captures, which are not opened twice. */
const NEVER_REPORTS = /\.(?:sse|har|http|httprr|eventstream)(?:\.(?:gz|br|zst))?$/i;

/** Whether a file contains reports, compressed or not. False for an unreadable file: reading it later reports the error. */
export async function holdsReports(path: string): Promise<boolean> {
  if (NEVER_REPORTS.test(path)) return false;
  try {
    // Opening a pipe waits for its writer.
    if (!statSync(path).isFile()) return false;
    const file = openSync(path, "r");
    try {
      const start = firstBytes(file, HEAD_BYTES);
      const isCompressed = codingOf(start, path, true) !== null;
      return isReports(await decodedHead(isCompressed ? firstBytes(file, MOST_HEAD_BYTES) : start, path));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function firstBytes(file: number, most: number): Uint8Array {
  const bytes = Buffer.alloc(most);
  return bytes.subarray(0, readSync(file, bytes, 0, most, 0));
}

/** A stream that was reported earlier, or the problem of a line. */
export type ReportEntry = { readonly stream: KnownStream; readonly problem: null } | { readonly problem: string };

export interface ReportFile {
  /** For messages. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The folder of a session's captures, which its reports name; null if sources are named as typed. */
  readonly folder: string | null;
}

/** Limits in bytes: of a line or a document, and of all decompressed data. */
export interface ReportLimits {
  readonly maxEventSize: number;
  readonly maxDecodedSize: number;
}

/** The file of reports with this name. */
export function reportFile(path: string): ReportFile {
  const folder = basename(path) === EXCHANGES_FILE ? dirname(path) : null;
  return { name: path, chunks: createReadStream(path), folder };
}

/** Reads a file of reports to its end, compressed or not. Throws UserError if it cannot be read. */
export async function* readReports(
  { name, chunks, folder }: ReportFile,
  demands: Demands,
  { maxEventSize, maxDecodedSize }: ReportLimits,
): AsyncGenerator<ReportEntry> {
  const read = createRowReader(demands);
  const decoding = createDecoding(name, maxDecodedSize);
  let lastFactLine: number | null = null;
  try {
    for await (const { line, ...parsed } of valuesOf(decoded(chunks, decoding), maxEventSize)) {
      const isOfFacts = parsed.problem === null && isFact(parsed.value);
      lastFactLine = isOfFacts ? line : null;
      if (isOfFacts) continue;
      const streams = parsed.problem === null ? read(parsed.value) : null;
      if (streams === null) yield { problem: `${name}:${line}: ${parsed.problem ?? NOT_A_REPORT}` };
      for (const stream of streams ?? []) {
        yield { stream: folder === null ? stream : inFolder(stream, folder), problem: null };
      }
    }
    if (lastFactLine !== null) {
      yield { problem: `${name}:${lastFactLine}: no report follows the facts; the file may be cut` };
    }
    if (decoding.fault !== null) yield { problem: `${name}: ${describeFault(decoding.fault)}` };
  } catch (error) {
    if (isSystemError(error)) throw cannotRead(name, error);
    if (error instanceof DecodedTooLargeError) throw new UserError(`${name}: ${error.message}`, error.hint);
    throw error;
  }
}

async function* decoded(chunks: AsyncIterable<Uint8Array>, decoding: Decoding): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield* decoding.push(chunk);
  yield* decoding.end();
}

const NOT_A_REPORT = "not a report, a record of check, or a row that this version supports";

/** The same, with the paths of the captures. */
function inFolder({ rows, ...known }: KnownStream, folder: string): KnownStream {
  return { rows: rows.map((row) => ({ ...row, source: join(folder, row.source) })), ...known };
}
