// Reads a file of reports that ssescope wrote: `--json`, `--format facts`, `--reporter json`, `ndjson` or `rows`, or
// exchanges.ndjson of a tap.
import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { EXCHANGES_FILE } from "../../capture/session-files.ts";
import type { Demands } from "../../check/judge.ts";
import { cannotRead, isSystemError } from "../../sources/cannot-read.ts";
import { createRowReader, isFact, isReports, type KnownStream } from "./rows-in.ts";
import { valuesOf } from "./values.ts";

/** Enough to find the schema with any indentation. */
const HEAD_BYTES = 256;
/** Usual file names of captures, which are not opened twice. */
const NEVER_REPORTS = /\.(?:sse|har|http|httprr|eventstream)(?:\.(?:gz|br|zst))?$/i;

/** Whether a file contains reports. False for an unreadable file: reading it later reports the error. */
export function holdsReports(path: string): boolean {
  if (NEVER_REPORTS.test(path)) return false;
  try {
    // Opening a pipe waits for its writer.
    if (!statSync(path).isFile()) return false;
    const file = openSync(path, "r");
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      return isReports(head.subarray(0, readSync(file, head, 0, HEAD_BYTES, 0)));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
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

/** The file of reports with this name. */
export function reportFile(path: string): ReportFile {
  const folder = basename(path) === EXCHANGES_FILE ? dirname(path) : null;
  return { name: path, chunks: createReadStream(path), folder };
}

/** Reads a file of reports to its end. Throws UserError if it cannot be read. */
export async function* readReports(
  { name, chunks, folder }: ReportFile,
  demands: Demands,
  mostBytes: number,
): AsyncGenerator<ReportEntry> {
  const read = createRowReader(demands);
  let lastFactLine: number | null = null;
  try {
    for await (const { line, ...parsed } of valuesOf(chunks, mostBytes)) {
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
  } catch (error) {
    if (isSystemError(error)) throw cannotRead(name, error);
    throw error;
  }
}

const NOT_A_REPORT = "not a report, a record of check, or a row that this version supports";

/** The same, with the paths of the captures. */
function inFolder({ rows, report }: KnownStream, folder: string): KnownStream {
  return { rows: rows.map((row) => ({ ...row, source: join(folder, row.source) })), report };
}
