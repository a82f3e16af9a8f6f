// Prints one row per event for humans: its place, time, kind and content.
import { itemOf, itemOfReading, wordsOfReading } from "../event-words/fact-words.ts";
import { kindOfReading, type Kind } from "../event-words/kinds.ts";
import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { isSourceVerdict, verdictTable } from "../model/verdict.ts";
import type { Page } from "../terminal/page.ts";
import { createSilences, DEFAULT_STALL_MS, type Silence } from "../timing/silences.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { formatDuration } from "../wording/durations.ts";
import { describeSourceError } from "../wording/stream-error.ts";
import { createEventColumns, type EventColumns, type EventRow } from "./event-columns.ts";
import { writeFinding } from "./finding-lines.ts";
import { paintOfKind } from "./paints.ts";
import type { View, ViewListener, ViewOptions } from "./view.ts";

export const events: View = {
  name: "events",
  title: "one row per event, human-readable",
  hasSummary: true,
  filtered: "events",
  create: watch,
};

function watch(page: Page, { place = null, stallMs = DEFAULT_STALL_MS }: ViewOptions): ViewListener {
  const silences = createSilences();
  /** Null until the first row. */
  let columns: EventColumns | null = null;
  /** The index of the event of the last row. */
  let lastIndex: number | null = null;

  function columnsFor(atMs: number | null): EventColumns {
    if (columns !== null) return columns;
    columns = createEventColumns(page, atMs !== null);
    columns.writeHead();
    return columns;
  }

  function writeSilence(silence: Silence | null, atMs: number | null, until = ""): void {
    if (silence === null) return;
    const { ms, signs } = silence;
    const heartbeats = signs === 0 ? "" : `, with ${countOf(signs, "heartbeat")}`;
    const words = `silence ${formatDuration(ms)}${until}${heartbeats}`;
    columnsFor(atMs).writeRule(words, ms > stallMs ? "bad" : "warning");
  }

  function write(row: Omit<EventRow, "sinceMs" | "isLate">, isSign: boolean): void {
    const { sinceMs, silence } = silences.take(row.atMs, isSign);
    writeSilence(silence, row.atMs);
    // The same line that findings report.
    const line = place?.placeOfLine?.(row.line).line ?? row.line;
    const { index, atMs, kind, paint, item, text } = row;
    // Written out, because a spread would dominate the cost of a row.
    columnsFor(atMs).write({ index, line, atMs, sinceMs, kind, paint, item, text, isLate: silence !== null });
  }

  /** Writes a row for a record that is not an event. */
  function writeOther(kind: Kind, line: number, atMs: number | null, text: string): void {
    write({ index: "", line, atMs, kind, paint: paintOfKind(kind), item: "", text }, true);
  }

  return {
    record(record, atMs) {
      if (record.type === "comment") writeOther("comment", record.line, atMs, record.text.trim());
      else if (record.type === "retry") writeOther("retry", record.line, atMs, `${formatCount(record.ms)} ms`);
      else if (record.type === "stray") {
        const { line, text } = record;
        for (const [index, stray] of text.split("\n").entries()) writeOther("stray", line + index, atMs, stray.trim());
      }
    },
    read(reading) {
      const { event, facts, atMs, stray } = reading;
      // It repeats a record or an event that was already shown.
      if (stray) return;
      const kind = kindOfReading(reading);
      lastIndex = event.index;
      write(
        {
          index: String(event.index),
          line: event.line,
          atMs,
          kind,
          paint: paintOfKind(kind, facts),
          item: itemOfReading(reading, kind),
          text: wordsOfReading(reading, kind),
        },
        kind === "ping",
      );
    },
    run({ first, last, events: count, delta }) {
      const { event, atMs } = first;
      const kind = kindOfReading(first);
      lastIndex = last.event.index;
      const text = `${formatCount(count)} deltas to ${last.event.index}: ${JSON.stringify(delta.text)}`;
      const item = itemOf(delta) ?? "";
      write({ index: String(event.index), line: event.line, atMs, kind, paint: paintOfKind(kind), item, text }, false);
      // The next row counts from the last event of the run.
      silences.take(last.atMs, false);
    },
    leaveOut(reading) {
      silences.take(reading.atMs, kindOfReading(reading) === "ping");
    },
    finding(finding) {
      writeFinding(page, finding, columns?.indent ?? 0, finding.event === lastIndex);
    },
    end({ endMs }) {
      writeSilence(silences.end(endMs), endMs, " until the end");
    },
    report(report) {
      const fault = faultOf(report);
      if (fault !== null) writeFinding(page, fault, columns?.indent ?? 0, true);
    },
  };
}

/** How reading failed, as a finding at the end; null if it did not, or before the first byte. */
function faultOf({ verdict, error, http, bytes }: Report): Finding | null {
  if (error === null || bytes === 0 || !isSourceVerdict(verdict)) return null;
  const message = describeSourceError(error, http);
  const nowhere = { event: null, line: null, offset: null, expected: null, seen: null };
  return { rule: verdictTable[verdict].rule, severity: "error", ...nowhere, message };
}
