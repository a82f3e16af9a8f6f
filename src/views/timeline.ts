// The timeline in the summary: text and silences over the time since the source was opened.
import type { SliceTiming, StreamTiming } from "../model/timing.ts";
import type { Part } from "../terminal/flow.ts";
import type { Paint } from "../terminal/paint.ts";
import { SILENCE_MS } from "../timing/silences.ts";
import { LABEL_WIDTH, type Rows } from "./rows.ts";
import { barOf } from "./sparkline.ts";
import { axisOf } from "./time-axis.ts";

const DEFAULT_COLUMNS = 80;
/** Terminals disagree on the cursor position after the last column. */
const MARGIN = 1;
const LEAST_CELLS = 10;
/** The minimum number of cells for which a silence is marked. */
const LEAST_SILENT_CELLS = 3;
const SILENT = "·";

/** A time span without data, in ms since the source was opened. */
interface Silence {
  readonly startMs: number;
  readonly endMs: number;
  readonly paint: Paint;
}

type Span = Pick<StreamTiming, "firstEventMs" | "totalMs" | "silenceAtEndMs">;

/** Writes the rows `text` and `gap` and their axis, as wide as the page (`columns`; null: the default width). */
export function writeTimeline(rows: Rows, span: Span, slices: SliceTiming, columns: number | null): void {
  const width = Math.max((columns ?? DEFAULT_COLUMNS) - LABEL_WIDTH - MARGIN, LEAST_CELLS);
  const { text, gaps } = drawTimeline(span, slices, width);
  rows.writeParts("text", text);
  rows.writeParts("gap", gaps);
  rows.writeParts("", [{ text: axisOf(endOf(span, slices), width), paint: "dim" }]);
}

/** The two rows, each in `width` cells. */
export function drawTimeline(
  span: Span,
  slices: SliceTiming,
  width: number,
): { readonly text: readonly Part[]; readonly gaps: readonly Part[] } {
  const endMs = endOf(span, slices);
  const cellMs = endMs / width;
  const silences = silencesOf(span, slices, Math.max(SILENCE_MS, cellMs * LEAST_SILENT_CELLS), endMs);
  const cells = Array.from({ length: width }, (_, cell) => {
    const fromMs = cell * cellMs;
    const middleMs = fromMs + cellMs / 2;
    const silence = silences.find(({ startMs, endMs: until }) => startMs < middleMs && middleMs < until) ?? null;
    return { ...sliceAt(span, slices, fromMs, fromMs + cellMs), middleMs, silence };
  });
  const most = Math.max(...cells.map(({ characters }) => characters));
  const longestMs = Math.max(...slices.longestGapMs);
  const firstMs = span.firstEventMs ?? 0;
  const text = cells.map(({ characters, silence, middleMs }): Part => {
    if (characters === 0 && middleMs < firstMs) return { text: SILENT, paint: "dim" };
    if (characters === 0 && silence !== null) return { text: SILENT, paint: silence.paint };
    return { text: barOf(characters, most) };
  });
  const gaps = cells.map(({ gapMs, silence, middleMs }): Part => {
    if (middleMs < firstMs) return { text: " " };
    // A silence grows taller until it ends.
    const silentMs = silence === null ? 0 : middleMs - silence.startMs;
    return { text: barOf(Math.max(gapMs, silentMs), longestMs), paint: silence?.paint ?? "plain" };
  });
  return { text, gaps };
}

/** The timeline ends with the stream, or with its last slice. */
function endOf({ firstEventMs, totalMs }: Span, { sliceMs, characters }: SliceTiming): number {
  const startMs = firstEventMs ?? 0;
  const lastSliceMs = startMs + sliceMs * (characters.length - 1);
  return Math.max(totalMs ?? 0, lastSliceMs + (totalMs === null ? sliceMs : 0));
}

/** The data of one cell: the sum of shorter slices, or the one longer slice that contains it. */
function sliceAt(
  { firstEventMs }: Span,
  { sliceMs, characters, longestGapMs }: SliceTiming,
  fromMs: number,
  toMs: number,
): { readonly characters: number; readonly gapMs: number } {
  const startMs = firstEventMs ?? 0;
  // A slice belongs to the cell that contains its middle; a cell that contains none uses the slice around its own
  // middle.
  const first = Math.ceil((fromMs - startMs) / sliceMs - 1 / 2);
  const last = Math.ceil((toMs - startMs) / sliceMs - 1 / 2) - 1;
  const only = Math.floor(((fromMs + toMs) / 2 - startMs) / sliceMs);
  const [low, high] = last < first ? [only, only] : [first, last];
  let sum = 0;
  let longest = 0;
  for (let index = Math.max(low, 0); index <= Math.min(high, characters.length - 1); index += 1) {
    sum += characters[index] ?? 0;
    longest = Math.max(longest, longestGapMs[index] ?? 0);
  }
  return { characters: sum, gapMs: longest };
}

/** The long gaps, as precisely as slices locate them: each ends in its slice. The one at the end is the worst. */
function silencesOf(
  { firstEventMs, silenceAtEndMs }: Span,
  { sliceMs, longestGapMs }: SliceTiming,
  leastMs: number,
  endMs: number,
): Silence[] {
  const silences: Silence[] = [];
  if (silenceAtEndMs !== null && silenceAtEndMs >= leastMs) {
    silences.push({ startMs: endMs - silenceAtEndMs, endMs, paint: "bad" });
  }
  for (const [slice, gapMs] of longestGapMs.entries()) {
    if (gapMs < leastMs) continue;
    const until = (firstEventMs ?? 0) + (slice + 1 / 2) * sliceMs;
    silences.push({ startMs: until - gapMs, endMs: until, paint: "warning" });
  }
  return silences;
}
