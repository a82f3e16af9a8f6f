// Writes the timing rows of the summary.
import type { Usage } from "../model/facts.ts";
import type { GapTiming, ResponseTiming, StreamTiming } from "../model/timing.ts";
import type { Rows } from "./rows.ts";
import { writeTimeline } from "./timeline.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { formatDuration, formatMeasured } from "../wording/durations.ts";

/** The first text is omitted if it arrived with the first token. */
export function writeResponseTiming(rows: Rows, timing: ResponseTiming, usage: Usage | null): void {
  const { ttftMs, firstTextMs, totalMs } = timing;
  const times = describeTimes([
    ["first token", ttftMs],
    ["first text", firstTextMs === ttftMs ? null : firstTextMs],
    ["total", totalMs],
  ]);
  const parts = [...times, describeRate(timing, usage)].filter((part) => part !== null);
  if (parts.length === 0) return rows.write("timing", "no token arrived", "dim");
  rows.write("timing", parts.join(", "));
}

/** Without known times, writes "not recorded". `columns`: the page width, if it has one. */
export function writeStreamTiming(rows: Rows, timing: StreamTiming | null, columns: number | null): void {
  if (timing === null) return rows.write("timing", "not recorded", "dim");
  const { connectMs, tlsMs, ttfbMs, firstEventMs, heldBackMs } = timing;
  const times = describeTimes([
    ["connect", connectMs],
    ["TLS", tlsMs],
    ["first byte", ttfbMs],
    ["first event", firstEventMs],
  ]);
  if (times.length > 0) rows.write("arrival", times.join(", "));
  if (heldBackMs > 0) {
    const reason = "output was slower than input; later times are late";
    rows.write("", `held back for ${formatDuration(heldBackMs)}: ${reason}`, "warning");
  }
  if (timing.reads.count > 0) rows.write("chunks", describeChunks(timing));
  if (timing.gapMs.max !== null && timing.gapMs.max > 0) rows.write("gaps", describeGaps(timing));
  if (timing.slices !== null) writeTimeline(rows, timing, timing.slices, columns);
}

function describeTimes(times: readonly (readonly [name: string, ms: number | null])[]): string[] {
  return times.flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${formatMeasured(ms)}`]));
}

function describeRate({ outputTokensPerSecond, rateHasReasoning }: ResponseTiming, usage: Usage | null): string | null {
  if (outputTokensPerSecond === null) return null;
  const isMoot = rateHasReasoning === null || usage?.reasoningTokens === 0;
  const reasoning = isMoot ? "" : ` (${rateHasReasoning ? "with" : "without"} reasoning)`;
  return `${outputTokensPerSecond.toFixed(outputTokensPerSecond < 100 ? 1 : 0)} tokens/s${reasoning}`;
}

function describeChunks({ reads }: StreamTiming): string {
  const { p50, max } = reads.eventsPerRead;
  if (reads.count === 1) return "1, with all events";
  return `${formatCount(reads.count)}, median ${countOf(p50 ?? 0, "event")}, max ${formatCount(max ?? 0)}`;
}

function describeGaps({ gapMs, silenceAtEndMs }: StreamTiming): string {
  const { p50, p95, p99, max, maxAfter }: GapTiming = gapMs;
  const times = describeTimes([
    ["median", p50],
    ["p95", p95],
    ["p99", p99],
    ["longest", max],
  ]);
  const atEnd = max !== null && max === silenceAtEndMs ? " at the end," : "";
  const after = maxAfter === null ? "" : ` after event ${maxAfter.event} (${maxAfter.eventType})`;
  return times.join(", ") + atEnd + after;
}
