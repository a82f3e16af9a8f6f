// Collects the events of a stream as rows of the page; if there are too many, the first and the last ones.
import { wordsBesideData } from "../event-words/fact-words.ts";
import { kindOfOne, kindOfReading, kindsOfReading, type Kind } from "../event-words/kinds.ts";
import { isTextDelta, kindOf, type Fact } from "../model/facts.ts";
import type { Reading } from "../model/reading.ts";
import type { Report } from "../model/report.ts";
import { type Tone, verdictTable } from "../model/verdict.ts";
import type { ViewListener } from "../views/view.ts";
import { cutWithSize } from "../wording/cut.ts";
import type { DeltaPiece, EventRow } from "./data.ts";

/** The limits for one stream. Sizes are in UTF-16 units. */
export interface RowLimits {
  readonly first: { readonly rows: number; readonly size: number };
  readonly last: { readonly rows: number; readonly size: number };
  /** Limit on the data of one event, and on the text that it adds. */
  readonly longestData: number;
  readonly longestType: number;
  readonly mostTypes: number;
}

const ROW_LIMITS: RowLimits = {
  first: { rows: 60_000, size: 24 * 1024 * 1024 },
  last: { rows: 10_000, size: 4 * 1024 * 1024 },
  longestData: 64 * 1024,
  longestType: 200,
  mostTypes: 1000,
};

export interface KeptRows {
  readonly types: readonly string[];
  readonly rows: readonly EventRow[];
  readonly left: { readonly count: number; readonly before: number };
  /** How much of the budget the rows used. */
  readonly size: number;
}

/** How much more all streams together may use. Sizes are in UTF-16 units. */
export interface RowBudget {
  left: number;
}

/** `done` receives the report and the kept rows; their size is taken from `budget`. */
export function keepRows(
  done: (report: Report, kept: KeptRows) => void,
  budget: RowBudget,
  limits = ROW_LIMITS,
): ViewListener {
  const typeIndexes = new Map<string, number>();
  const first: EventRow[] = [];
  let firstSize = 0;
  let isFirstFull = false;
  /** Rows after the first ones, up to twice the limit; those before `lastStart` are dropped. */
  let last: EventRow[] = [];
  let lastStart = 0;
  let lastSize = 0;
  let left = 0;

  function typeIndex(type: string): number {
    // An input may use a different type for each event.
    const isKept = typeIndexes.has(type) || typeIndexes.size < limits.mostTypes;
    const name = isKept ? type : MANY_TYPES;
    const index = typeIndexes.get(name) ?? typeIndexes.size;
    typeIndexes.set(name, index);
    return index;
  }

  function add(row: EventRow): void {
    const size = sizeOf(row);
    // Older rows of this stream make room for its last ones; rows of other streams do not.
    if (budget.left < size && last.length === lastStart) {
      isFirstFull = true;
      left += 1;
      return;
    }
    budget.left -= size;
    isFirstFull ||= first.length >= limits.first.rows || firstSize + size > limits.first.size;
    if (!isFirstFull) {
      firstSize += size;
      first.push(row);
      return;
    }
    last.push(row);
    lastSize += size;
    while (last.length - lastStart > limits.last.rows || lastSize > limits.last.size || budget.left < 0) {
      const dropped = last[lastStart];
      if (dropped === undefined) break;
      lastSize -= sizeOf(dropped);
      budget.left += sizeOf(dropped);
      lastStart += 1;
      left += 1;
    }
    if (lastStart > limits.last.rows) {
      last = last.slice(lastStart);
      lastStart = 0;
    }
  }

  function addLines(kind: Kind, text: string, line: number, atMs: number | null): void {
    add([[kind], null, line, atMs, typeIndex(kind), cutApart(text, limits.longestData), "", [], null, null]);
  }

  return {
    record(record, atMs) {
      if (record.type === "comment") addLines("comment", record.text, record.line, atMs);
      else if (record.type === "retry") addLines("retry", `${record.ms} ms`, record.line, atMs);
      else if (record.type === "stray") addLines("stray", record.text, record.line, atMs);
    },
    read(reading) {
      // The record of the stray lines was already kept.
      if (reading.stray) return;
      const { event, eventType, atMs, facts } = reading;
      add([
        kindsOfReading(reading),
        event.index,
        event.line,
        atMs,
        typeIndex(cutApart(eventType, limits.longestType)),
        cutApart(event.data, limits.longestData),
        cutWithSize(wordsBesideData(reading, kindOfReading(reading)), LONGEST_WORDS),
        deltasOf(facts, limits.longestData),
        itemOf(reading),
        toneOfEnd(facts),
      ]);
    },
    report(report) {
      const kept = last.slice(lastStart);
      done(report, {
        types: [...typeIndexes.keys()],
        rows: [...first, ...kept],
        left: { count: left, before: first.length },
        size: firstSize + lastSize,
      });
    },
  };
}

const LONGEST_WORDS = 300;

/** Replaces types beyond the limit. */
const MANY_TYPES = "(other type)";

/** Cuts a text. A substring would keep the whole string in memory, so the cut text is copied. */
function cutApart(text: string, length: number): string {
  if (text.length <= length) return text;
  return Buffer.from(cutWithSize(text, length), "utf16le").toString("utf16le");
}

/** The approximate size of a row as JSON. */
function sizeOf([, , , , , data, said, deltas]: EventRow): number {
  let size = ROW_SIZE + data.length + said.length;
  for (const [, , , , text] of deltas) size += DELTA_SIZE + text.length;
  return size;
}

const ROW_SIZE = 48;
const DELTA_SIZE = 16;

function deltasOf(facts: readonly Fact[], longest: number): DeltaPiece[] {
  return facts
    .filter(isTextDelta)
    .map((fact) => [fact.response, fact.item, fact.part, kindOf(fact), cutApart(fact.text, longest)]);
}

function itemOf({ facts, dialect }: Reading): EventRow[8] {
  for (const fact of facts) {
    if ("item" in fact && !isTextDelta(fact)) return [fact.response, fact.item, kindOfOne(fact, dialect)];
  }
  return null;
}

function toneOfEnd(facts: readonly Fact[]): Tone | null {
  const end = facts.find((fact) => fact.type === "response-end");
  return end === undefined ? null : verdictTable[end.outcome].tone;
}
