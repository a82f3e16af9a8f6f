// From the rows of a stream to where things stand on its waterfall. Times are in ms; where they are not known, the number of
// the row stands for them.
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
  /** Longer than a pause may be. */
  readonly isStall: boolean;
  /** The row that ends it; null: the end of the input does. */
  readonly before: number | null;
}

export interface Lane extends Span {
  readonly key: string;
  readonly label: string;
  readonly note: string | null;
  /** What colours it. */
  readonly kind: Kind;
  /** When something came. */
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
  /** The place of each row. */
  readonly at: readonly number[];
  /** The places of events, and those of comments, retries and stray lines. */
  readonly events: readonly number[];
  readonly others: readonly number[];
  readonly phases: readonly Phase[];
  readonly silences: readonly Silence[];
  /** Each by the row that ends it. */
  readonly silenceBefore: ReadonlyMap<number | null, Silence>;
  readonly lanes: readonly Lane[];
  /** Lanes that are left out. */
  readonly moreLanes: number;
  readonly marks: readonly Mark[];
  readonly findings: readonly FindingMark[];
}

const MOST_LANES = 24;
/** A silence that is shorter than this part of the whole is not drawn, unless it is a stall. */
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

/** Rows without a time of their own have that of the row before. */
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

/** Those from the first event on: what comes before it is the connection. */
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

/** The silences that have room in a picture. */
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

/** The row of each event, by its index. */
export function rowsByEvent(rows: readonly EventRow[]): Map<number, number> {
  const byEvent = new Map<number, number>();
  for (const [row, [, index]] of rows.entries()) if (index !== null && !byEvent.has(index)) byEvent.set(index, row);
  return byEvent;
}

/** The last row that is not after a place; the first where all are. */
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

/** Places of the axis, at most so many: 1, 2 or 5 times a power of ten apart. */
export function axisOf(end: number, most: number): number[] {
  // Events are counted whole, and a millisecond is as exact as times are shown.
  const least = Math.max(end / Math.max(most, 1), 1);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [...STEPS.map((factor) => factor * power), 10 * power].find((size) => size >= least) ?? least;
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) => index * step);
}

/** A path of vertical ticks, at most one for each pixel: `x` gives the place in pixels. */
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
