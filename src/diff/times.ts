// Two reports in, the differences of their times out.
import type { Report, ResponseReport } from "../model/report.ts";
import { bufferingSigns } from "./buffering.ts";
import type { TimeDifference, TimesComparison } from "./difference.ts";
import { pairs } from "./pairs.ts";

/** A measured value: `least` is the smallest difference that counts, `share` the smallest as a share of the larger value. */
interface Measure<Of> {
  readonly what: string;
  readonly unit: TimeDifference["unit"];
  readonly least: number;
  readonly share: number;
  readonly read: (of: Of) => number | null;
}

/** Networks and schedulers move single events by so much. */
const LEAST_MS = 50;
/** A median moves less. */
const LEAST_MEDIAN_MS = 10;
/** A quarter: what the same request differs by from one run to the next. */
const NOISE = 0.25;
/** Half: chunks hold few events. */
const NOISE_OF_CHUNKS = 0.5;

const ofResponses: readonly Measure<ResponseReport>[] = [
  { what: "first token", unit: "ms", least: LEAST_MS, share: NOISE, read: ({ timing }) => timing?.ttftMs ?? null },
  {
    what: "gap, median",
    unit: "ms",
    least: LEAST_MEDIAN_MS,
    share: NOISE,
    read: ({ timing }) => timing?.gapMs.p50 ?? null,
  },
  { what: "longest gap", unit: "ms", least: LEAST_MS, share: NOISE, read: ({ timing }) => timing?.gapMs.max ?? null },
  {
    what: "tokens/s",
    unit: "tokens/s",
    least: 0,
    share: NOISE,
    read: ({ timing }) => timing?.outputTokensPerSecond ?? null,
  },
  { what: "total", unit: "ms", least: LEAST_MS, share: NOISE, read: ({ timing }) => timing?.totalMs ?? null },
];

const ofStreams: readonly Measure<Report>[] = [
  {
    what: "silence at end",
    unit: "ms",
    least: LEAST_MS,
    share: NOISE,
    read: ({ timing }) => timing?.silenceAtEndMs ?? null,
  },
  {
    what: "events/chunk, median",
    unit: "events",
    least: 1,
    share: NOISE_OF_CHUNKS,
    read: ({ timing }) => timing?.reads.eventsPerRead.p50 ?? null,
  },
];

/** Null unless both streams have times. */
export function compareTimes(a: Report, b: Report): TimesComparison | null {
  if (a.timing === null || b.timing === null) return null;
  const isOne = a.responses.length <= 1 && b.responses.length <= 1;
  const responses = pairs(a.responses, b.responses).flatMap(([inA, inB], index) =>
    inA === null || inB === null ? [] : differencesOf(ofResponses, inA, inB, isOne ? "" : `response ${index}, `),
  );
  return { measures: [...responses, ...differencesOf(ofStreams, a, b, "")], buffering: bufferingSigns(a, b) };
}

/** What was measured in one of them at least. */
function differencesOf<Of>(measures: readonly Measure<Of>[], inA: Of, inB: Of, place: string): TimeDifference[] {
  const differences: TimeDifference[] = [];
  for (const { what, unit, least, share, read } of measures) {
    const [a, b] = [read(inA), read(inB)];
    if (a === null && b === null) continue;
    differences.push({ what: place + what, unit, a, b, isNotable: isNotable(a, b, least, share) });
  }
  return differences;
}

function isNotable(a: number | null, b: number | null, least: number, share: number): boolean {
  if (a === null || b === null) return true;
  const difference = Math.abs(b - a);
  return difference > 0 && difference >= least && difference >= share * Math.max(a, b);
}
