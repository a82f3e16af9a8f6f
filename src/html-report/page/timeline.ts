// Computes the positions on the waterfall from the rows of a stream. Times are in ms; if they are not known, row
// numbers are used instead.
import { type Kind, kindOfText } from "../../event-words/kinds.ts";
import type { Tone } from "../../model/verdict.ts";
import { createSilences, type Silence as Measured } from "../../timing/silences.ts";
import type { EventRow, StreamDetail } from "../data.ts";
import { itemNamed } from "./growth.ts";

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Phase extends Span {
  readonly name: string;
}

export interface Silence extends Span {
  /** Longer than the stall threshold. */
  readonly isStall: boolean;
  /** The row that ends it; null: the end of the input. */
  readonly before: number | null;
}

export interface Lane extends Span {
  readonly key: string;
  readonly label: string;
  readonly note: string | null;
  /** Determines the colour. */
  readonly kind: Kind;
  /** The positions of its deltas. */
  readonly at: readonly number[];
}

export interface Mark {
  readonly at: number;
  readonly label: string;
}

export interface FindingMark {
  readonly at: number;
  readonly row: number;
  readonly tone: Tone;
}

export interface Timeline {
  /** False: the axis counts events. */
  readonly isTimed: boolean;
  readonly end: number;
  /** The position of each row. */
  readonly at: readonly number[];
  /** The positions of events, and those of comments, retries and stray lines. */
  readonly events: readonly number[];
  readonly others: readonly number[];
  readonly phases: readonly Phase[];
  readonly silences: readonly Silence[];
  /** Keyed by the row that ends the silence. */
  readonly silenceBefore: ReadonlyMap<number | null, Silence>;
  readonly lanes: readonly Lane[];
  /** The number of omitted lanes. */
  readonly moreLanes: number;
  readonly marks: readonly Mark[];
  readonly findings: readonly FindingMark[];
}

const MOST_LANES = 24;
/** A silence shorter than this share of the whole is not drawn, unless it is a stall. */
const LEAST_PART = 0.06;

export function timelineOf(detail: StreamDetail, stallMs: number): Timeline {
  const { rows, timing } = detail;
  const isTimed = rows.some(([, , , atMs]) => atMs !== null);
  const at = placesOf(rows, isTimed);
  const last = at.at(-1) ?? 0;
  const end = Math.max(isTimed ? (timing?.totalMs ?? last) : last, last, 1);
  const lanes = lanesOf(detail, at);
  const silences = isTimed ? silencesOf(rows, at, end, stallMs) : [];
  return {
    isTimed,
    end,
    at,
    events: at.filter((_, row) => rows[row]?.[1] !== null),
    others: at.filter((_, row) => rows[row]?.[1] === null),
    phases: isTimed ? phasesOf(timing) : [],
    silences,
    silenceBefore: new Map(silences.map((silence) => [silence.before, silence])),
    lanes: lanes.slice(0, MOST_LANES),
    moreLanes: Math.max(lanes.length - MOST_LANES, 0),
    marks: isTimed ? marksOf(detail) : [],
    findings: findingMarks(detail, at),
  };
}

/** Rows without a time get that of the row before. */
function placesOf(rows: readonly EventRow[], isTimed: boolean): number[] {
  let latest = 0;
  return rows.map(([, , , atMs], index) => (latest = isTimed ? Math.max(atMs ?? latest, latest) : index));
}

function phasesOf(timing: StreamDetail["timing"]): Phase[] {
  if (timing === null) return [];
  const ends = [
    ["connect", timing.connectMs],
    ["TLS", timing.tlsMs === null || timing.connectMs === null ? null : timing.connectMs + timing.tlsMs],
    ["first byte", timing.ttfbMs],
    ["first event", timing.firstEventMs],
  ] as const;
  const phases: Phase[] = [];
  let from = 0;
  for (const [name, to] of ends) {
    if (to === null || to <= from) continue;
    phases.push({ name, from, to });
    from = to;
  }
  return phases;
}

/** Silences after the first event; the time before it belongs to the connection. */
function silencesOf(rows: readonly EventRow[], at: readonly number[], end: number, stallMs: number): Silence[] {
  const first = rows.findIndex((row) => !isSign(row));
  if (first === -1) return [];
  const measured = createSilences(at[first]);
  const silences: Silence[] = [];
  const add = (silence: Measured | null, to: number, before: number | null): void => {
    if (silence !== null) silences.push({ from: to - silence.ms, to, before, isStall: silence.ms > stallMs });
  };
  for (let row = first; row < rows.length; row++) {
    const to = at[row] ?? 0;
    add(measured.take(to, isSign(rows[row])).silence, to, row);
  }
  add(measured.end(end), end, null);
  return silences;
}

/** Whether a row only shows that the connection is alive. */
function isSign(row: EventRow | undefined): boolean {
  return row === undefined || row[1] === null || row[0][0] === "ping";
}

/** The silences that are long enough to be drawn. */
export function drawnSilences({ silences, end }: Pick<Timeline, "silences" | "end">): readonly Silence[] {
  return silences.filter(({ from, to, isStall }) => isStall || to - from >= end * LEAST_PART);
}

function lanesOf(detail: StreamDetail, at: readonly number[]): Lane[] {
  const lanes = new Map<
    string,
    { response: number; item: number; kind: Kind; from: number; to: number; at: number[] }
  >();
  const touch = (response: number, item: number, kind: Kind, place: number) => {
    const key = `${response}.${item}`;
    let lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, (lane = { response, item, kind, from: place, to: place, at: [] }));
    lane.to = place;
    return lane;
  };
  for (const [index, [, , , , , , , deltas, item]] of detail.rows.entries()) {
    const place = at[index] ?? 0;
    if (item !== null) touch(...item, place);
    for (const [response, of, , textKind] of deltas) {
      const kind = kindOfText(textKind);
      const lane = touch(response, of, kind, place);
      lane.kind = kind;
      lane.at.push(place);
    }
  }
  return [...lanes].map(([key, { response, item, kind, from, to, at: own }]) => {
    const named = itemNamed(detail, response, item);
    const label = named?.name ?? named?.type ?? `item ${item}`;
    const note = named?.name === null || named === null ? null : named.type;
    return { key, label, note, kind, from, to, at: own };
  });
}

function marksOf({ responses }: StreamDetail): Mark[] {
  return responses.flatMap(({ timing }) => {
    const ttftMs = timing?.ttftMs ?? null;
    return ttftMs === null ? [] : [{ at: ttftMs, label: "first token" }];
  });
}

function findingMarks({ findings, rows }: StreamDetail, at: readonly number[]): FindingMark[] {
  const rowOf = rowsByEvent(rows);
  return findings.flatMap(({ event, severity }) => {
    const row = event === null ? undefined : rowOf.get(event);
    if (row === undefined || severity === "info") return [];
    return [{ row, at: at[row] ?? 0, tone: severity === "error" ? ("bad" as const) : ("warning" as const) }];
  });
}

/** The row of each event, keyed by event index. */
export function rowsByEvent(rows: readonly EventRow[]): Map<number, number> {
  const byEvent = new Map<number, number>();
  for (const [row, [, index]] of rows.entries()) if (index !== null && !byEvent.has(index)) byEvent.set(index, row);
  return byEvent;
}

/** The last row at or before a position; the first row if all are after it. */
export function rowAt(at: readonly number[], place: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}

const STEPS = [1, 2, 5];

/** The ticks of the axis, about `most` of them: 1, 2 or 5 times a power of ten apart. */
export function axisOf(end: number, most: number): number[] {
  // Events are counted whole, and times are shown to the millisecond.
  const least = Math.max(end / Math.max(most, 1), 1);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [...STEPS.map((factor) => factor * power), 10 * power].find((size) => size >= least) ?? least;
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) => index * step);
}

/** A path of vertical ticks, at most one per pixel: `x` converts a position to pixels. */
export function tickPath(at: readonly number[], x: (place: number) => number, top: number, height: number): string {
  let path = "";
  let last = -1;
  for (const place of at) {
    const pixel = Math.round(x(place));
    if (pixel === last) continue;
    last = pixel;
    path += `M${pixel + 0.5} ${top}v${height}`;
  }
  return path;
}
