// The pipeline on one screen: source -> chunk -> framing -> event -> dialect -> facts -> (report, findings) -> view.
import { createBodyHead } from "./report/body.ts";
import { createCollector } from "./report/collect.ts";
import { conclude } from "./report/conclusion.ts";
import { createInterpreter } from "./dialects/index.ts";
import { UserError } from "./errors.ts";
import { feed } from "./feed.ts";
import { createFramer } from "./framing/index.ts";
import { isWhole } from "./payload.ts";
import type { Report } from "./report/report.ts";
import { createRuleWatch } from "./rules/index.ts";
import type { Source } from "./sources/source.ts";
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

  const tap = {
    bytes(bytes: Uint8Array) {
      keeper.bytes(bytes.length);
      body.push(bytes);
      view.bytes?.(bytes);
    },
    flush: () => page.flush(),
    wantsAll: view.bytes !== undefined,
  };
  const { http, stop, mayBeStream } = await feed(framer, source, tap, interrupt);
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

function misfit(dialect: string): UserError {
  return new UserError(
    `no event is of the dialect ${dialect}`,
    "leave --dialect out to have it guessed, or name another",
  );
}
