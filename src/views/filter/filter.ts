// Decides which events a view shows.
import { isTextDelta, isTextEnd, type Fact } from "../../model/facts.ts";
import type { Reading } from "../../model/reading.ts";
import type { WireRecord } from "../../model/wire.ts";
import { type Kind, kindOfOne, kindOfReading } from "../../event-words/kinds.ts";

export interface Filter {
  /** The kinds of events to show; null: all. */
  readonly only: ReadonlySet<Kind> | null;
  /** Whether a text matches; null: every text. */
  readonly grep: ((text: string) => boolean) | null;
  /** Indexes of events, inclusive. */
  readonly range: IndexRange | null;
  /** Show only events near a finding. */
  readonly isAroundFindings: boolean;
  /** Join consecutive deltas that continue one text. */
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
  // JSON may contain characters as escapes, so the decoded text is searched too.
  return grep(event.data) || grep(eventType) || facts.some((fact) => textsOf(fact).some((text) => grep(text)));
}

function textsOf(fact: Fact): readonly string[] {
  if (isTextDelta(fact)) return [fact.text];
  return isTextEnd(fact) && fact.text !== null ? [fact.text] : [];
}

/** A record that is neither an event nor the end. */
export type OtherRecord = Exclude<WireRecord, { readonly type: "event" | "end" }>;

/** Whether a filter lets such a record through; `index`: that of the next event. */
export function matchesRecord({ only, grep, range }: Filter, record: OtherRecord, index: number): boolean {
  if (range !== null && !isWithin(index, range)) return false;
  if (only !== null && !only.has(record.type)) return false;
  return grep === null || grep(record.type === "retry" ? String(record.ms) : record.text);
}

/** Whether a finding is shown even if its event is not. */
export function matchesFinding({ only, grep, range }: Filter, event: number | null): boolean {
  if (range !== null && event !== null && !isWithin(event, range)) return false;
  return only === null ? grep === null : only.has("finding");
}

export function isWithin(index: number, { from, to }: IndexRange): boolean {
  return index >= from && index <= to;
}
