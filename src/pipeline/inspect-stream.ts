// One stream through the pipeline: records -> event -> dialect -> facts -> (report, findings) -> view.
import type { DialectName } from "../dialects/index.ts";
import type { HttpExchange } from "../model/http-head.ts";
import { type EndedBy, wasClosedByClient, wasRecordingInterrupted } from "../model/ended-by.ts";
import type { ConnectionBreak } from "../model/connection-break.ts";
import type { CompressionFault } from "../model/compression-fault.ts";
import { dialectsAt, pathOf } from "../dialects/requests.ts";
import { createInterpreter } from "../dialects/interpreter.ts";
import { TransportError } from "../errors.ts";
import type { Stop } from "../model/stop.ts";
import type { Ahead, Skipped, StreamHead, StreamSink } from "../framing/framing.ts";
import type { Finding } from "../model/finding.ts";
import { callInTurn } from "../model/call-in-turn.ts";
import { type CallPlan, createCallPlan } from "../model/call-plan.ts";
import { isWhole } from "../model/payload.ts";
import { createBodyHead } from "../report/body.ts";
import { createCollector } from "../report/collect.ts";
import { createCompletion } from "../report/completion.ts";
import { conclude } from "../report/conclusion.ts";
import { createLegibility } from "../report/legibility.ts";
import type { Report } from "../model/report.ts";
import { createRuleWatch } from "../rules/watch.ts";
import type { RulePolicy } from "../rules/policy.ts";
import { createStretchReader } from "../stretch/stretch-reader.ts";
import { createStreamTimer } from "../timing/stream-timer.ts";
import type { Arrival } from "../model/timing.ts";
import type { StretchLength } from "../model/stretch.ts";
import { createTally } from "../report/tally-keeper.ts";
import { takesStretches, type ViewListener } from "../views/view.ts";
import { familiesOf } from "./rule-families.ts";
import type { PendingEvent, WireDefect, WireEvent, WireRecord } from "../model/wire.ts";

export interface StreamOptions {
  /** Overrides detection; null: detect. */
  readonly framing: string | null;
  readonly dialect: DialectName | null;
  readonly rules: RulePolicy;
  /**
   * A JSON response to a request that did not ask for a stream counts as success: for requests of programs, not of the
   * user.
   */
  readonly takesAnswers?: boolean;
  /** `StretchReaderOptions`, for tests. */
  readonly fewestAhead?: number;
}

export interface StreamInspection extends Omit<StreamSink, "close"> {
  /** Whether its responses are complete: nothing more is expected. */
  isOver(): boolean;
  end(ending: InputEnding): StreamResult;
}

/** How the input of a stream ended. */
export interface InputEnding {
  /** Why reading ended before the input did. */
  readonly stop: Stop;
  readonly endedBy: EndedBy | null;
  /** The source's request; null if it makes none, or it is unknown. */
  readonly asked: HttpExchange["request"] | null;
  readonly skipped: Skipped;
  readonly compression: CompressionFault | null;
  /** When the input was opened, ISO 8601 in UTC; null if unknown. */
  readonly startedAt: string | null;
  /** When the bytes of the input arrived; null if the stream is only a part of it. */
  readonly arrival: Arrival | null;
  /** The places where the input was joined. */
  readonly breaks: readonly ConnectionBreak[];
}

export interface StreamResult {
  readonly report: Report;
  /** False if the user named a dialect and no event matched it. */
  readonly fits: boolean;
}

/** The call plan of the listeners: the same for every stream, except for the view. */
let plan: CallPlan | null = null;
const ANY_VIEW: ViewListener = {
  bytes: doNothing,
  record: doNothing,
  defect: doNothing,
  read: doNothing,
  stretch: doNothing,
  end: doNothing,
};
function doNothing(): void {}

/** Inspects a stream of `source` as its records arrive, and shows it in `view`. */
export function inspectStream(
  source: string,
  head: StreamHead,
  options: StreamOptions,
  view: ViewListener,
): StreamInspection {
  const body = createBodyHead();
  const tallyKeeper = createTally();
  const timer = createStreamTimer();
  const completion = createCompletion();
  const collector = createCollector();
  const reportFinding = (finding: Finding) => view.finding?.(finding);
  const rules = createRuleWatch(familiesOf, options.rules, collector, reportFinding, head.placeOfLine);
  const legibility = createLegibility();
  // The rules come last: a finding is shown after its event, and may quote the collector's text.
  const before = [body, tallyKeeper, timer, completion, collector, legibility];
  plan ??= createCallPlan([...before, ANY_VIEW, rules]);
  const listeners = callInTurn([...before, view, rules], plan);

  const interpreter = createInterpreter(options.dialect, (reading) => {
    const found = rules.total();
    listeners.read(reading);
    stretches.note(reading, rules.total() === found);
  });
  const stretches = createStretchReader((reading) => interpreter.deltaPlaces(reading), options);

  /** Takes stretches of several texts in turn. */
  function takeStretches(ahead: Ahead): StretchLength | null {
    let next = ahead;
    for (let stretch = stretches.take(next); stretch !== null; stretch = stretches.take(next)) {
      interpreter.pass(stretch);
      listeners.stretch(stretch);
      next = behind(next, stretch);
    }
    if (next === ahead) return null;
    return { events: next.index - ahead.index, lines: next.line - ahead.line, bytes: next.from - ahead.from };
  }

  function takeRecord(record: WireRecord, atMs: number | null): void {
    listeners.record(record, atMs);
    if (record.type === "event") interpreter.read(record, atMs, false);
    else if (record.type === "stray") readStray(record.text, record, atMs);
    // The standard discards an event without a blank line at the end of the input; if its data is complete, the dialect
    // reads it.
    else if (record.type === "end" && record.pending !== null && isReadable(record.pending)) {
      const { pending, bytes, events, lastEventId } = record;
      const length = bytes - pending.offset;
      interpreter.read({ type: "event", ...pending, lastEventId, index: events, length }, atMs, true);
    }
  }

  /** Lines that are not an event may still report an error. */
  function readStray(data: string, { line, offset }: Pick<WireEvent, "line" | "offset">, atMs: number | null): void {
    const { events: index } = tallyKeeper.tally;
    interpreter.readStray(
      { type: "event", event: "error", data, lastEventId: "", index, line, offset, length: 1 },
      atMs,
    );
  }

  function takeDefect(defect: WireDefect): void {
    listeners.defect(defect);
    if (defect.type !== "event-without-data") return;
    const { text: event, index, line, offset } = defect;
    if (event === "error") readStray("error: an error event without data", defect, null);
    else
      interpreter.readWithoutData({ type: "event", event, data: "", lastEventId: "", index, line, offset, length: 1 });
  }

  return {
    bytes: listeners.bytes,
    record: takeRecord,
    defect: takeDefect,
    ...(takesStretches(view) && { stretch: takeStretches }),
    isOver: () => completion.isOver(),
    end({ stop, endedBy, asked, skipped, compression, startedAt, arrival, breaks }) {
      const { dialect, fits } = interpreter.end();
      const { tally } = tallyKeeper;
      const recordingInterrupted = wasRecordingInterrupted(stop, endedBy);
      const isBody = tally.events === 0 && body.describe(head.http) !== null;
      // The server may have sent nothing yet.
      const isStream = head.wrapping !== null && (!isBody || (recordingInterrupted && body.isEmpty()));
      const { wrapping: framing, http } = head;
      const endMs = arrival?.endMs ?? null;
      const isBroken = stop instanceof TransportError && !wasClosedByClient(stop);
      const breakAfterEnd = completion.isOver() && isBroken ? stop.message : null;
      const protocolsOfPath = http?.request === undefined ? [] : dialectsAt(pathOf(http.request));
      listeners.end({
        tally,
        framing,
        http: head.recorded?.isTypeUnknown === true ? null : http,
        protocolsOfPath,
        isStream,
        stopped: stop !== null,
        recordingInterrupted,
        breakAfterEnd,
        compression,
        endMs,
      });
      const report = conclude({
        source: head.record?.source ?? source,
        head,
        isFramingDetected: options.framing === null || head.record !== undefined,
        takesAnswers: options.takesAnswers === true,
        skipped,
        compression,
        dialect,
        tally,
        responses: collector.responses(),
        rules,
        legibility,
        body,
        isOver: completion.isOver(),
        timing: timer.report(arrival),
        stop,
        startedAt,
        endedBy,
        asked,
        breaks,
      });
      view.report?.(report);
      return { report, fits: fits || report.responses.length > 0 || report.error !== null };
    },
  };
}

function behind({ bytes, from, index, line, offset }: Ahead, passed: StretchLength): Ahead {
  return {
    bytes,
    from: from + passed.bytes,
    index: index + passed.events,
    line: line + passed.lines,
    offset: offset + passed.bytes,
  };
}

/** Whether an event that is cut lost only its end mark. A binary frame loses its checksum. */
function isReadable({ data, headers }: PendingEvent): boolean {
  return headers === undefined && isWhole(data);
}
