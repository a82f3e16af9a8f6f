// Sources in, a collection out: reports written earlier are used unchanged, everything else is read and checked.
import type { Checked } from "../../check/checked.ts";
import type { Demands } from "../../check/judge.ts";
import type { NamedSource } from "../../check/source-names.ts";
import { UserError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { untilAborted } from "../../model/on-abort.ts";
import { rowsOf } from "../../rows/rows-of.ts";
import { isUrl } from "../../sources/index.ts";
import { STDIN_NAME } from "../../sources/stdin.ts";
import type { Collection } from "../../stats/collect.ts";
import { decodedHead, isEnoughHead } from "../../stats/reports/head.ts";
import { holdsReports, readReports, reportFile, type ReportFile } from "../../stats/reports/read-reports.ts";
import { isReports } from "../../stats/reports/rows-in.ts";
import { type Pages, tell } from "../../terminal/pages.ts";
import { checkEach } from "../check-each.ts";
import { namesIn } from "../check-names.ts";
import { tellBug } from "../check.ts";
import type { StatsArguments } from "../options/stats.ts";
import type { StreamArguments } from "../options/stream.ts";
import { showProgress } from "../progress.ts";
import { headOf } from "./head-of.ts";

export interface GatherContext {
  readonly options: Pick<StatsArguments, "jobs"> & StreamArguments;
  readonly demands: Demands;
  readonly io: Io;
  readonly pages: Pages;
  readonly needsSizes: boolean;
}

/** The numbers of sources that could not be gathered. */
export interface Gathered {
  /** Sources, and lines of reports, that could not be read. */
  unreadable: number;
  /** Sources on which the program itself failed. */
  bugs: number;
}

type IoWithHead = Io & { readonly head?: Uint8Array };

/** Maximum messages about one file of reports: more would hide other messages. */
const MOST_PROBLEMS = 3;

/** Adds the streams of the sources to a collection, until the signal of `io`. */
export async function gather(
  names: readonly NamedSource[],
  collection: Collection,
  context: GatherContext,
): Promise<Gathered> {
  const { options, demands, pages, needsSizes } = context;
  let io: IoWithHead = context.io;
  const gathered: Gathered = { unreadable: 0, bugs: 0 };
  const progress = showProgress(() => names.length, pages.status, io.clock);
  const files = new Map<NamedSource, ReportFile>();
  for (const named of names) {
    if (named.error !== null) continue;
    if (named.name === STDIN_NAME) io = await withHead(io);
    const file = await asReports(named.name, io);
    if (file !== null) files.set(named, file);
  }
  /** Captures of a session that a report already covers. */
  const known = new Set<string>();
  for (const [named, file] of files) {
    if (io.interrupt.aborted) break;
    progress.begin(named.name);
    await gatherReports(file, (bytes) => progress.read(bytes));
    progress.done(0);
  }
  const left = names.filter((named) => !files.has(named) && !known.has(named.name));
  const isSeveral = left.length > 1;
  const run = { names: namesIn(left), isSeveral, options, demands, io, pages, follow: null, needsSizes, progress };
  for await (const { streams, talk, bug, isPart = false } of checkEach(run)) {
    for (const message of talk) tell(message, pages);
    for (const checked of streams) {
      if (bug !== null) tellBug(checked.source, bug, pages);
      add(checked);
    }
    if (bug !== null) gathered.bugs += 1;
    progress.done(streams.filter(({ report }) => report === null).length, isPart);
    if (io.interrupt.aborted) break;
  }
  progress.end();
  return gathered;

  function add(checked: Checked): void {
    if (checked.report === null) {
      gathered.unreadable += 1;
      const [finding] = checked.findings;
      if (finding !== undefined) tell(finding.message, pages);
    }
    collection.add(rowsOf(checked), checked.report);
  }

  async function gatherReports(file: ReportFile, onRead: (bytes: number) => void): Promise<void> {
    let problems = 0;
    const complain = (message: string): void => {
      problems += 1;
      if (problems <= MOST_PROBLEMS) tell(message, pages);
    };
    const entries = readReports({ ...file, chunks: counted(file.chunks, onRead) }, demands, options);
    try {
      for (;;) {
        const next = await untilAborted(entries.next(), io.interrupt, { done: true, value: undefined } as const);
        if (next.done === true) break;
        const entry = next.value;
        if (entry.problem !== null) {
          complain(entry.problem);
          continue;
        }
        const { rows, report, form } = entry.stream;
        collection.add(rows, report, form);
        for (const { source } of file.folder === null ? [] : rows) known.add(source);
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      complain(error.message);
    }
    gathered.unreadable += problems;
    if (problems > MOST_PROBLEMS) tell(`${file.name}: ${problems - MOST_PROBLEMS} more lines cannot be read`, pages);
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onRead(chunk.length);
    yield chunk;
  }
}

/** An `Io` whose standard input has enough of its first bytes to tell reports from streams. */
async function withHead(io: IoWithHead): Promise<IoWithHead> {
  const head = headOf(io.stdin, (bytes) => isEnoughHead(bytes, STDIN_NAME));
  const { bytes, stream } = await untilAborted(head, io.interrupt, { bytes: Buffer.alloc(0), stream: io.stdin });
  return { ...io, stdin: stream, head: bytes };
}

/** The file of reports with this name; null for any other source. */
async function asReports(name: string, { stdin, head }: IoWithHead): Promise<ReportFile | null> {
  if (isUrl(name)) return null;
  if (name !== STDIN_NAME) return (await holdsReports(name)) ? reportFile(name) : null;
  if (head === undefined || !isReports(await decodedHead(head, name))) return null;
  return { name: "standard input", chunks: stdin, folder: null };
}
