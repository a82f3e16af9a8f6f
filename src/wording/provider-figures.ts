// Formats a provider's own times and costs.
import { formatCount } from "./counts.ts";
import { formatDuration } from "./durations.ts";

interface ServerTimes {
  readonly queueMs: number | null;
  readonly loadMs: number | null;
  readonly promptMs: number | null;
  readonly completionMs: number | null;
  readonly totalMs: number | null;
}

/** `queue 2 ms, prompt 11 ms, completion 47 ms, total 60 ms`: the reported times. */
export function describeServerTiming({ queueMs, loadMs, promptMs, completionMs, totalMs }: ServerTimes): string {
  const times = [
    ["queue", queueMs],
    ["load", loadMs],
    ["prompt", promptMs],
    ["completion", completionMs],
    ["total", totalMs],
  ] as const;
  return times.flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${formatDuration(ms)}`])).join(", ");
}

/** `0.0123 USD`, without an exponent; says so if no unit is reported. */
export function describeCost({ amount, unit }: { readonly amount: number; readonly unit: string | null }): string {
  return `${formatAmount(amount)} ${unit ?? "(unit not reported)"}`;
}

/** JavaScript writes smaller numbers with an exponent; and the number of decimals that it can print. */
const SMALLEST_PLAIN = 1e-6;
const MOST_PLACES = 20;

function formatAmount(amount: number): string {
  if (Number.isSafeInteger(amount)) return formatCount(amount);
  if (Math.abs(amount) >= SMALLEST_PLAIN) return String(amount);
  return amount.toFixed(MOST_PLACES).replace(/\.?0+$/, "");
}
