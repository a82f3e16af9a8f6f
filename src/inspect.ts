// The pipeline on one screen: source -> chunk -> framing -> event -> dialect -> facts -> (report, findings) -> view.
import { createBodyHead } from "./report/body.ts";
import { createCollector } from "./report/collect.ts";
import { conclude, type Stop } from "./report/conclusion.ts";
import { createInterpreter } from "./dialects/index.ts";
import { EventTooLargeError, TransportError, UserError } from "./errors.ts";
import type { Framer } from "./framing/framing.ts";
import { createFramer } from "./framing/index.ts";
import { isWhole } from "./payload.ts";
import type { Report } from "./report/report.ts";
import { createRuleWatch } from "./rules/index.ts";
import { FIRST_STATUS_WITHOUT_STREAM, type HttpHead, type Input, noChunks, type Source } from "./sources/source.ts";
import { createTally } from "./tally.ts";
import type { Page } from "./terminal/page.ts";
import type { Watching } from "./views/view.ts";
import type { WireRecord } from "./wire.ts";

export interface InspectOptions {
  /** Names what is otherwise guessed; null: guess. */
  readonly framing: string | null;
  readonly dialect: string | null;
  readonly maxEventBytes: number;
}

/**
 * Reads a source to its end, or until `interrupt`; shows it in `view` as it happens, and gives the report. Throws
 * UserError where the source cannot be read or a named dialect does not fit, OutputClosedError where nobody reads `page`.
 */
export async function inspect(
  source: Source,
  options: InspectOptions,
  view: Watching,
  page: Page,
  interrupt: AbortSignal,
): Promise<Report> {
  const body = createBodyHead();
  const keeper = createTally();
  const collector = createCollector();
  const rules = createRuleWatch((finding) => view.finding?.(finding));

  const interpreter = createInterpreter(options.dialect, (reading) => {
    keeper.read(reading);
    collector.add(reading.facts, reading.sequenceNumber);
    view.read?.(reading);
    rules.read(reading);
  });
  const framer = createFramer(options.framing, takeRecord, options);

  function takeRecord(record: WireRecord): void {
    keeper.record(record);
    view.record?.(record);
    if (record.type === "event") interpreter.read(record, false);
    // The standard discards an event that the input ends in; where its data is whole, the dialect still reads it.
    else if (record.type === "end" && record.pending !== null && isWhole(record.pending.data)) {
      const { pending, bytes, events, lastEventId } = record;
      interpreter.read({ type: "event", ...pending, lastEventId, index: events, length: bytes - pending.offset }, true);
    }
  }

  let http: HttpHead | null = null;
  let mayBeStream = true;
  let stop: Stop = null;
  try {
    const input = await Promise.race([source.open(interrupt), aborted(interrupt)]);
    http = input.http;
    mayBeStream = http === null || isStreamPromised(http);
    for await (const { bytes } of input.chunks) {
      keeper.bytes(bytes.length);
      body.push(bytes);
      view.bytes?.(bytes);
      // What only passes bytes through goes on where an event is too large to be read.
      if (mayBeStream && stop === null) stop = pushInto(framer, bytes);
      await page.flush();
      if (stop !== null && view.bytes === undefined) break;
    }
    if (interrupt.aborted) stop ??= "interrupted";
  } catch (error) {
    stop = asStop(error);
  }
  try {
    if (!(stop instanceof EventTooLargeError)) framer.end();
  } catch (error) {
    stop = asStop(error);
  }

  const { dialect, fits } = interpreter.end();
  const { tally } = keeper;
  const isStream = mayBeStream && (tally.events > 0 || body.describe() === null);
  rules.end({ tally, framing: framer.name, http, isStream, stopped: stop !== null });
  const report = conclude({
    source: source.name,
    http,
    framing: framer.name,
    framingGuessed: options.framing === null,
    dialect,
    tally,
    responses: collector.responses(),
    rules,
    body,
    stop,
  });
  if (!fits && report.responses.length === 0 && report.error === null) throw misfit(options.dialect ?? "");
  view.end?.(report);
  await page.flush();
  return report;
}

/** The body of an HTTP error says what is wrong, and is no stream unless the server calls it one. */
function isStreamPromised({ status, contentType }: HttpHead): boolean {
  return status < FIRST_STATUS_WITHOUT_STREAM || contentType?.startsWith("text/event-stream") === true;
}

function pushInto(framer: Framer, bytes: Uint8Array): Stop {
  try {
    framer.push(bytes);
    return null;
  } catch (error) {
    return asStop(error);
  }
}

/** What ends the reading of a source and not the run. Throws all else. */
function asStop(error: unknown): Stop {
  if (error instanceof TransportError || error instanceof EventTooLargeError) return error;
  throw error;
}

function misfit(dialect: string): UserError {
  return new UserError(
    `no event is of the dialect ${dialect}`,
    "leave --dialect out to have it guessed, or name another",
  );
}

/** Nothing, once the signal is aborted: what takes long to open, such as a pipe without a writer, is not waited for. */
function aborted(signal: AbortSignal): Promise<Input> {
  const nothing: Input = { http: null, chunks: noChunks() };
  return new Promise((resolve) => {
    if (signal.aborted) resolve(nothing);
    signal.addEventListener("abort", () => resolve(nothing), { once: true });
  });
}
