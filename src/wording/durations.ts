// Parses and formats durations.

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DURATION = /^(\d+(?:_\d+)*(?:\.\d+)?)\s*(ms|s|m|h)?$/;
const NS_PER_MS = 1e6;

/** The unit of a number without a unit, as in curl: https://curl.se/docs/manpage.html#-m */
const BARE_UNIT = "s";

/**
 * Reads `500ms`, `1.5 m`, `1_000ms` or `2h`, in ms; a number without a unit is in seconds, wherever durations are read.
 * Null: the text is not a duration.
 */
export function parseDuration(text: string): number | null {
  const [, digits, unit = BARE_UNIT] = DURATION.exec(text.trim()) ?? [];
  const unitMs = UNITS_MS[unit];
  if (digits === undefined || unitMs === undefined) return null;
  // 1.005 * 1000 is a little less than 1005.
  return Math.round(Number(digits.replaceAll("_", "")) * unitMs * NS_PER_MS) / NS_PER_MS;
}

const SECOND = 1000;
const SECONDS_PER_MINUTE = 60;

/** 137 ms, 2.4 s, 1 min 5 s. A value that rounds up to the next unit is written in that unit: 999.6 ms is 1.0 s. */
export function formatDuration(ms: number): string {
  if (Math.round(ms) < SECOND) return `${Math.round(ms)} ms`;
  const tenths = (ms / SECOND).toFixed(1);
  if (Number(tenths) < SECONDS_PER_MINUTE) return `${tenths} s`;
  const seconds = Math.max(Math.floor(ms / SECOND), SECONDS_PER_MINUTE);
  return `${Math.floor(seconds / SECONDS_PER_MINUTE)} min ${seconds % SECONDS_PER_MINUTE} s`;
}

const TEN_SECONDS = 10 * SECOND;
const HUNDREDTHS = 2;
const DECIMALS_OF_MS = 3;

/** A measured time, with more digits than a limit: 137 ms, 1.42 s, 15.3 s, 1 min 5 s. */
export function formatMeasured(ms: number): string {
  const hundredths = (ms / SECOND).toFixed(HUNDREDTHS);
  if (Math.round(ms) < SECOND || Number(hundredths) * SECOND >= TEN_SECONDS) return formatDuration(ms);
  return `${hundredths} s`;
}

/** A time in ms with up to three decimals, for comparing values: 1000.4 ms. */
export function formatExactly(ms: number): string {
  return `${Number(ms.toFixed(DECIMALS_OF_MS))} ms`;
}
