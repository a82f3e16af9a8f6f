// The exit codes: part of the contract, printed by `--help`.
import type { Verdict } from "./verdict.ts";

/** How each verdict ends the process. */
export const exitCodeOfVerdict = {
  completed: 0,
  ended: 0,
  failed: 3,
  incomplete: 4,
  truncated: 5,
  "transport-error": 6,
  "not-a-stream": 7,
  refused: 8,
} as const satisfies Record<Verdict, number>;

export const EXIT_OK = 0;
export const EXIT_FINDINGS = 1;
export const EXIT_USAGE = 2;
/** EX_SOFTWARE of sysexits.h: a bug must not look like a finding. */
export const EXIT_BUG = 70;
export const EXIT_INTERRUPTED = 130;

/** All codes with their meaning, for `--help`. */
export const exitCodes: readonly (readonly [code: number, meaning: string])[] = [
  [0, "completed; or ended: no terminal event is known for this stream"],
  [EXIT_FINDINGS, "check: findings, though the stream ended well; diff: the streams differ"],
  [EXIT_USAGE, "wrong usage, an unreadable source, an event over the size limit"],
  [3, "failed: response.failed, or an error event"],
  [4, "incomplete: the response says so, or was cancelled"],
  [5, "truncated: the input ends with no terminal event"],
  [6, "transport-error: DNS, TLS, refused, reset, a timeout"],
  [7, "not-a-stream: HTTP 400 and up, an HTML page, a JSON error, nothing at all"],
  [8, "refused: completed, with a refusal"],
  [EXIT_BUG, "a bug in ssescope; its stack is printed"],
  [EXIT_INTERRUPTED, "interrupted by Ctrl-C or SIGTERM; the summary of what was seen is printed"],
];

/** From the worst to the best; usage and interrupts stand above what a stream did. */
const SEVERITY = [EXIT_INTERRUPTED, EXIT_USAGE, 6, 7, 3, 5, 4, 8, 1, EXIT_OK];

/** The exit code that decides for several. No code at all is 0. */
export function worstExitCode(codes: readonly number[]): number {
  return SEVERITY.find((code) => codes.includes(code)) ?? EXIT_OK;
}

/** The worst of several verdicts, in the same order; null of none. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict | null {
  const worst = worstExitCode(verdicts.map((verdict) => exitCodeOfVerdict[verdict]));
  return verdicts.find((verdict) => exitCodeOfVerdict[verdict] === worst) ?? null;
}
