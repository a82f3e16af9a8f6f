// The total time of a stream to show, in ms.
import type { Report } from "./report.ts";
import type { Milliseconds } from "./numbers.ts";
import { isFailure } from "./verdict.ts";

/**
 * The total of the last response; null if that has no end. Without responses, the time to the end of the stream; null
 * if it failed. Null if times are not known.
 */
export function totalMsOf(report: Report | null): Milliseconds | null {
  const last = report?.responses.at(-1);
  if (last !== undefined) return last.timing?.totalMs ?? null;
  return report === null || isFailure(report.verdict) ? null : (report.timing?.totalMs ?? null);
}
