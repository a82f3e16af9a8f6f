// The pipeline on one screen: source -> chunk -> framing -> event -> dialect -> facts -> (report, findings) -> view.
import { createBodyHead } from "./report/body.ts";
import { createCollector } from "./report/collect.ts";
import { conclude, type Stop } from "./report/conclusion.ts";
import { createInterpreter } from "./dialects/index.ts";
import { EventTooLargeError, TransportError } from "./errors.ts";
import { createFramer } from "./framing/index.ts";
import { isWhole } from "./payload.ts";
import type { Report } from "./report/report.ts";
import { createRuleWatch } from "./rules/index.ts";
import type { HttpHead, Source } from "./sources/source.ts";
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
  let stop: Stop = null;
  try {
    const input = await source.open(interrupt);
    http = input.http;
    for await (const { bytes } of input.chunks) {
      keeper.bytes(bytes.length);
      body.push(bytes);
      view.bytes?.(bytes);
      framer.push(bytes);
      await page.flush();
    }
    if (interrupt.aborted) stop = "interrupted";
  } catch (error) {
    if (!(error instanceof TransportError || error instanceof EventTooLargeError)) throw error;
    stop = error;
  }

  if (!(stop instanceof EventTooLargeError)) framer.end();
  const { dialect, fellBack } = interpreter.end();
  const { tally } = keeper;
  rules.end({ tally, framing: framer.name, http, fellBack, stopped: stop !== null });
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
  view.end?.(report);
  await page.flush();
  return report;
}
