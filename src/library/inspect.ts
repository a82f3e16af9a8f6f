// `inspect()`: takes an input, gives its facts, its text and its reports.
import { UserError } from "../errors.ts";
import type { Finding } from "../model/finding.ts";
import { onAbort } from "../model/on-abort.ts";
import type { Report } from "../model/report.ts";
import { inspectSource, type Showing } from "../pipeline/inspect-source.ts";
import type { Page } from "../terminal/page.ts";
import { facts } from "../views/facts.ts";
import type { View } from "../views/view.ts";
import { blankPage, createFactQueue, type FactRecord } from "./facts.ts";
import type { Input } from "./input.ts";
import { demandsOf, formatOf, type InspectOptions, refuseForInspect } from "./options.ts";
import { LIMITS, sourceOfName, sourceOfValue } from "./source.ts";

/**
 * An input that is being inspected. Iterate over it for the facts as they arrive, or await one of the promises; to do
 * both, iterate first. A broken stream is a result: the promises reject only with a `UserError`, if the input cannot be
 * read or an option is wrong.
 */
export interface Inspection extends AsyncIterable<FactRecord> {
  /** The visible text of all responses. */
  readonly text: Promise<string>;
  /** The report. Rejects if the input holds several streams, as a HAR file may: await `reports`. */
  readonly report: Promise<Report>;
  /** The report of each stream in the input: at least one. */
  readonly reports: Promise<readonly Report[]>;
  /** Errors, warnings and notes, in all streams. */
  readonly findings: Promise<readonly Finding[]>;
  /**
   * Gives the facts as they arrive, once. The source is read as fast as facts are taken. Leaving the loop closes the
   * source; the promises then settle with what was read.
   */
  [Symbol.asyncIterator](): AsyncGenerator<FactRecord, void>;
}

/**
 * Inspects a captured or live stream. A response or a stream is read from this call on, up to 4 MiB ahead; times in the
 * report are since the call.
 *
 * @example
 * const { verdict, findings } = await inspect(await fetch(url)).report;
 */
export function inspect(input: Input, options: InspectOptions = {}): Inspection {
  refuseForInspect(options);
  return inspectChecked(input, options);
}

/** As `inspect`, with options whose names were checked. */
export function inspectChecked(input: Input, options: InspectOptions): Inspection {
  const stop = new AbortController();
  const { signal, name = null } = options;
  const address = addressOf(input);
  const value = address === null ? sourceOfValue(input, name, () => stop.abort()) : null;
  let reading: Promise<readonly Report[]> | null = null;

  async function read(view: View, page: Page): Promise<readonly Report[]> {
    const { rules } = demandsOf(options);
    const format = formatOf(options);
    const source = value ?? (await sourceOfName(address ?? "", name, format.dialect));
    const forget = signal === undefined ? () => {} : onAbort(signal, () => stop.abort());
    return inspectSource(source, { ...format, ...LIMITS, rules }, showing(view, page), stop.signal).finally(forget);
  }

  function start(view: View, page: Page): Promise<readonly Report[]> {
    const started = read(view, page);
    // The caller gets the error by awaiting the promise; this avoids an unhandled rejection.
    started.catch(() => {});
    return started;
  }

  const reports = (): Promise<readonly Report[]> => (reading ??= start(UNSEEN, blankPage()));

  return {
    get text() {
      return reports().then(textOf);
    },
    get report() {
      return reports().then(onlyOne);
    },
    get reports() {
      return reports();
    },
    get findings() {
      return reports().then((all) => all.flatMap((report) => report.findings));
    },
    [Symbol.asyncIterator]() {
      if (reading !== null) {
        throw new UserError(
          "the facts of this input are not available: it is already being read",
          "start iterating before you await a report",
        );
      }
      const queue = createFactQueue();
      const started = start(facts, queue.page);
      reading = started;
      const forget = onAbort(stop.signal, () => queue.release());
      const end = (): void => {
        forget();
        queue.end();
      };
      started.then(end, end);
      return iterate();

      async function* iterate(): AsyncGenerator<FactRecord, void> {
        try {
          yield* queue.take();
          await started;
        } finally {
          queue.close();
          stop.abort();
          await started.catch(() => {});
        }
      }
    },
  };
}

/** A path or URL; null if the input is something else. */
function addressOf(input: unknown): string | null {
  if (typeof input === "string") return input;
  const isUrl = typeof input === "object" && input !== null && "href" in input;
  return isUrl && typeof input.href === "string" ? input.href : null;
}

const UNSEEN: View = { name: "none", title: "nothing", hasSummary: false, create: () => ({}) };

function showing(view: View, page: Page): Showing {
  return { view, options: { channels: new Set(), source: null, isOneOfMany: false }, page };
}

/** The visible text of all responses. Each starts on its own line, as `ssescope` prints them. */
export function textOf(reports: readonly Report[]): string {
  return reports
    .flatMap(({ responses }) => responses.map(({ text }) => text))
    .filter((text) => text !== "")
    .reduce((all, text) => all + (all === "" || all.endsWith("\n") ? "" : "\n") + text, "");
}

function onlyOne(reports: readonly Report[]): Report {
  const [report, ...others] = reports;
  if (report !== undefined && others.length === 0) return report;
  throw new UserError(`this input holds ${reports.length} streams, but a report covers one`, "await reports");
}
