// Which events a view is to show.
import { isTextDelta, isTextEnd, type Fact } from "../../model/facts.ts";
import type { Reading } from "../../model/reading.ts";
import type { WireRecord } from "../../model/wire.ts";
import { type Kind, kindOfOne, kindOfReading } from "../../event-words/kinds.ts";

export interface Filter {
  /** What an event must be of; null: all kinds. */
  readonly only: ReadonlySet<Kind> | null;
  /** Whether a text matches; null: all do. */
  readonly grep: ((text: string) => boolean) | null;
  /** Indexes of events, both included. */
  readonly range: IndexRange | null;
  /** Only what is near a finding. */
  readonly isAroundFindings: boolean;
  /** Deltas in a row that continue one text are one. */
  readonly folds: boolean;
}

export interface IndexRange {
  readonly from: number;
  readonly to: number;
}

/** Whether a filter lets an event through. */
export function matchesReading({ only, grep, range }: Filter, reading: Reading): boolean {
  const { event, eventType, facts, dialect } = reading;
  if (range !== null && !isWithin(event.index, range)) return false;
  if (only !== null) {
    const isOfKind = facts.some((fact) => only.has(kindOfOne(fact, dialect)));
    if (!isOfKind && !only.has(kindOfReading(reading))) return false;
  }
  if (grep === null) return true;
  // JSON may spell characters as escapes: what a text reads like counts, too.
  return grep(event.data) || grep(eventType) || facts.some((fact) => textsOf(fact).some((text) => grep(text)));
}

function textsOf(fact: Fact): readonly string[] {
  if (isTextDelta(fact)) return [fact.text];
  return isTextEnd(fact) && fact.text !== null ? [fact.text] : [];
}

/** A record that is no event, and no end. */
export type OtherRecord = Exclude<WireRecord, { readonly type: "event" | "end" }>;

/** Whether a filter lets what is no event through; `index`: of the event that comes next. */
export function matchesRecord({ only, grep, range }: Filter, record: OtherRecord, index: number): boolean {
  if (range !== null && !isWithin(index, range)) return false;
  if (only !== null && !only.has(record.type)) return false;
  return grep === null || grep(record.type === "retry" ? String(record.ms) : record.text);
}

/** Whether a finding about an event that is not shown is shown all the same. */
export function matchesFinding({ only, grep, range }: Filter, event: number | null): boolean {
  if (range !== null && event !== null && !isWithin(event, range)) return false;
  return only === null ? grep === null : only.has("finding");
}

export function isWithin(index: number, { from, to }: IndexRange): boolean {
  return index >= from && index <= to;
}
