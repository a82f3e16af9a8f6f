// A row for each event, for people: where it is, when it came, of what kind it is, and what it says.
import type { Page } from "../terminal/page.ts";
import { formatCount } from "../wording/counts.ts";
import { createEventColumns, type EventColumns, type EventRow } from "./event-columns.ts";
import { itemOf, itemOfReading, wordsOfReading } from "./fact-words.ts";
import { writeFinding } from "./finding-lines.ts";
import { kindOfReading, paintOfKind, type Kind } from "./kinds.ts";
import { createSilences, type Silence } from "./silences.ts";
import type { View, ViewListener, ViewOptions } from "./view.ts";

/** A silence of which users say that the stream hangs; the rule `stall` has the same. */
const HANG_MS = 10_000;

export const events: View = {
  name: "events",
  title: "a row for each event, for people",
  hasSummary: true,
  filtered: "events",
  create: watch,
};

function watch(page: Page, { place = null }: ViewOptions): ViewListener {
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

  function writeSilence(silence: Silence | null, atMs: number | null): void {
    if (silence === null) return;
    columnsFor(atMs).writeRule(silence.words, silence.ms >= HANG_MS ? "bad" : "warning");
  }

  function write(row: Omit<EventRow, "sinceMs" | "isLate">, isSign: boolean): void {
    const { sinceMs, silence } = silences.take(row.atMs, isSign);
    writeSilence(silence, row.atMs);
    // As findings have it.
    const line = place?.placeOfLine?.(row.line).line ?? row.line;
    const { index, atMs, kind, paint, item, text } = row;
    // Written out: a spread takes longer than all else that is done for a row.
    columnsFor(atMs).write({ index, line, atMs, sinceMs, kind, paint, item, text, isLate: silence !== null });
  }

  /** A row for what is no event. */
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
      // Its record was shown, or its event.
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
      // The next row counts from the last of them.
      silences.take(last.atMs, false);
    },
    leaveOut(reading) {
      silences.take(reading.atMs, kindOfReading(reading) === "ping");
    },
    finding(finding) {
      writeFinding(page, finding, columns?.indent ?? 0, finding.event === lastIndex);
    },
    end({ endMs }) {
      writeSilence(silences.end(endMs), endMs);
    },
  };
}
