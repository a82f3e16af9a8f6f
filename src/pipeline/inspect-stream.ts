// One stream through the pipeline: records -> event -> dialect -> facts -> (report, findings) -> view.
import type { ConnectionBreak } from "../model/connection-break.ts";
import type { CompressionFault } from "../decoding/fault.ts";
import { createInterpreter } from "../dialects/interpreter.ts";
import type { Stop } from "./feed.ts";
import type { Ahead, RunLength, Skipped, StreamHead, StreamSink } from "../framing/framing.ts";
import { isWhole } from "../model/payload.ts";
import { createBodyHead } from "../report/body.ts";
import { createCollector } from "../report/collect.ts";
import { conclude } from "../report/conclusion.ts";
import type { Report } from "../report/report.ts";
import { createRuleWatch } from "../rules/watch.ts";
import type { RulePolicy } from "../rules/profiles.ts";
import { createRunReader } from "../stretch/stretch-reader.ts";
import { createStreamClock } from "../timing/stream-timer.ts";
import type { Arrival } from "../timing/timing.ts";
import { createTally } from "../model/tally.ts";
import { takesRuns, type Watching } from "../views/view.ts";
import type { WireRecord } from "../model/wire.ts";

export interface StreamOptions {
  /** Names what is otherwise guessed; null: guess. */
  readonly framing: string | null;
  readonly dialect: string | null;
  readonly rules: RulePolicy;
}

export interface StreamInspection extends Omit<StreamSink, "close"> {
  end(ending: InputEnding): StreamResult;
}

/** How the input ended that a stream came from. */
export interface InputEnding {
  /** Why reading ended before the input did. */
  readonly stop: Stop;
  readonly skipped: Skipped;
  readonly compression: CompressionFault | null;
  /** When the bytes of the input came; null where the stream is not all of it. */
  readonly arrival: Arrival | null;
  /** Where the input was joined together. */
  readonly breaks: readonly ConnectionBreak[];
}

export interface StreamResult {
  readonly report: Report;
  /** False where the user named a dialect and nothing of it came. */
  readonly fits: boolean;
}

/** Inspects a stream of `source` as its records come, and shows it in `view`. */
export function inspectStream(
  source: string,
  head: StreamHead,
  options: StreamOptions,
  view: Watching,
): StreamInspection {
  const body = createBodyHead();
  const keeper = createTally();
  const collector = createCollector();
  const rules = createRuleWatch(options.rules, collector, (finding) => view.finding?.(finding));
  const clock = createStreamClock();

  const interpreter = createInterpreter(options.dialect, (reading) => {
    keeper.read(reading);
    clock.read(reading);
    collector.add(reading);
    view.read?.(reading);
    const found = rules.total;
    rules.read(reading);
    runs.note(reading, rules.total === found);
  });
  const runs = createRunReader((reading) => interpreter.deltaPlaces(reading));

  function takeRun(ahead: Ahead): RunLength | null {
    const run = runs.take(ahead);
    if (run === null) return null;
    keeper.run(run);
    clock.run(run);
    collector.addRun(run);
    view.run?.(run);
    rules.run(run);
    return run;
  }

  function takeRecord(record: WireRecord, atMs: number | null): void {
    keeper.record(record);
    view.record?.(record, atMs);
    rules.record(record, atMs);
    if (record.type === "event") interpreter.read(record, atMs, false);
    // The standard discards an event that the input ends in; where its data is whole, the dialect still reads it.
    else if (record.type === "end" && record.pending !== null && isWhole(record.pending.data)) {
      const { pending, bytes, events, lastEventId } = record;
      const length = bytes - pending.offset;
      interpreter.read({ type: "event", ...pending, lastEventId, index: events, length }, atMs, true);
    }
  }

  return {
    bytes(bytes) {
      keeper.bytes(bytes.length);
      body.push(bytes);
    },
    record: takeRecord,
    defect: (defect) => rules.defect(defect),
    ...(takesRuns(view) && { run: takeRun }),
    end({ stop, skipped, compression, arrival, breaks }) {
      const { dialect, fits } = interpreter.end();
      const { tally } = keeper;
      const isStream = head.wrapping !== null && (tally.events > 0 || body.describe() === null);
      const endMs = arrival?.endMs ?? null;
      rules.end({
        tally,
        framing: head.wrapping,
        http: head.http,
        isStream,
        stopped: stop !== null,
        compression,
        endMs,
      });
      const report = conclude({
        source,
        head,
        framingGuessed: options.framing === null,
        skipped,
        compression,
        dialect,
        tally,
        responses: collector.responses(),
        rules,
        body,
        timing: clock.report(arrival),
        stop,
        breaks,
      });
      view.end?.(report);
      return { report, fits: fits || report.responses.length > 0 || report.error !== null };
    },
  };
}
