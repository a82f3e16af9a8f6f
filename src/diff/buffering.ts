// Whether the times of one stream, compared with another, look like those behind a hop that buffers.
import type { Report } from "../model/report.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { formatMeasured } from "../wording/durations.ts";
import type { BufferingSign, BufferingType } from "./difference.ts";

type Side = BufferingSign["side"];

/** The signs in both streams, each compared with the other one. */
export function bufferingSigns(a: Report, b: Report): readonly BufferingSign[] {
  return [...signsIn(a, b, "a"), ...signsIn(b, a, "b")];
}

const NAMES: Readonly<Record<Side, { readonly own: string; readonly other: string }>> = {
  a: { own: "first", other: "second" },
  b: { own: "second", other: "first" },
};

/** The signs in `held` that `other` does not have. */
function signsIn(held: Report, other: Report, side: Side): BufferingSign[] {
  const names = NAMES[side];
  const found: readonly (readonly [BufferingType, string | null])[] = [
    ["late-first-token", lateFirstToken(held, other, names.own)],
    ["blocks", blocks(held, other, names)],
    ["full-chunks", fullChunks(held, other, names)],
  ];
  return found.flatMap(([type, message]) => (message === null ? [] : [{ type, side, message }]));
}

/** The first token is noticeably later by both. */
const LATER_MS = 100;
const LATER_SHARE = 0.25;
/** Gaps that shrink to less than that share. */
const SHRUNK = 0.5;
/** Gaps shorter than that say nothing of the model. */
const SHORTEST_GAP_MS = 5;

/**
 * A hop that holds a stream back gives what it has at once: the first token waits, and the gaps are gone. If the other stream
 * has the fuller chunks, its gaps are those of a buffer.
 */
function lateFirstToken(held: Report, other: Report, own: string): string | null {
  const [of, than] = [held.responses[0]?.timing ?? null, other.responses[0]?.timing ?? null];
  const [firstMs, otherFirstMs] = [of?.ttftMs ?? null, than?.ttftMs ?? null];
  const [gapMs, otherGapMs] = [of?.gapMs.p50 ?? 0, than?.gapMs.p50 ?? null];
  if (firstMs === null || otherFirstMs === null || otherGapMs === null) return null;
  const laterMs = firstMs - otherFirstMs;
  const isLater = laterMs >= LATER_MS && laterMs >= LATER_SHARE * firstMs;
  if (eventsPerChunk(held) < eventsPerChunk(other)) return null;
  if (!isLater || otherGapMs < SHORTEST_GAP_MS || gapMs > SHRUNK * otherGapMs) return null;
  return (
    `in the ${own} stream the first token comes ${formatMeasured(laterMs)} later, and gaps shrink from ` +
    `${formatMeasured(otherGapMs)} to ${formatMeasured(gapMs)} (median): a sign of a hop that buffers`
  );
}

/** What rules/general/timing.ts finds: reads of a buffer's size that end within events. */
const BLOCKS_RULE = "block-buffered";

function blocks(held: Report, other: Report, { own, other: name }: (typeof NAMES)[Side]): string | null {
  const finding = held.findings.find(({ rule }) => rule === BLOCKS_RULE);
  if (finding === undefined || other.findingCounts[BLOCKS_RULE] !== undefined) return null;
  const size = finding.seen ?? "equal size";
  return (
    `the ${own} stream arrives in blocks of ${size}, the ${name} does not: ` +
    "a hop sends only when its buffer is full"
  );
}

/** Chunks with that many events, and that many times as many as the others. */
const FULL_EVENTS = 3;
const FULLER = 2;

function fullChunks(held: Report, other: Report, { own, other: name }: (typeof NAMES)[Side]): string | null {
  const [ownEvents, otherEvents] = [eventsPerChunk(held), eventsPerChunk(other)];
  if (otherEvents === 0 || ownEvents < FULL_EVENTS || ownEvents < FULLER * otherEvents) return null;
  return (
    `chunks of the ${own} stream hold ${countOf(ownEvents, "event")} (median), those of the ${name} ` +
    `${formatCount(otherEvents)}: a hop collects events before it sends them`
  );
}

/** The median; 0 if there were no events. */
function eventsPerChunk({ timing }: Report): number {
  return timing?.reads.eventsPerRead.p50 ?? 0;
}
