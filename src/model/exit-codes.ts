// The exit codes: part of the contract, printed by `--help`. Those of verdicts are in the table of verdicts.
import { type Verdict, type VerdictExitCode, verdicts, verdictTable } from "./verdict.ts";

export const EXIT_OK = 0;
export const EXIT_FINDINGS = 1;
export const EXIT_USAGE = 2;
/** EX_SOFTWARE of sysexits.h: a crash must not look like a finding. */
export const EXIT_BUG = 70;
export const EXIT_INTERRUPTED = 130;

interface ExitRow {
  readonly exitCode: number;
  /** On the same scale as the verdicts' ranks: of several exit codes, the one with the highest rank decides. */
  readonly rank: number;
  /** A fragment for people: `--help` and README print it. */
  readonly meaning: string;
}

/** The exit codes that do not come from a verdict. */
const otherExits = [
  {
    exitCode: EXIT_FINDINGS,
    rank: 10,
    meaning: "check: findings in a stream that ended well; diff: the streams differ; stats: worse than before",
  },
  { exitCode: EXIT_USAGE, rank: 80, meaning: "wrong usage, an unreadable source, or input over a size limit" },
  { exitCode: EXIT_BUG, rank: 100, meaning: "a bug in ssescope; the stack trace is printed" },
  {
    exitCode: EXIT_INTERRUPTED,
    rank: 90,
    meaning: "interrupted by Ctrl-C, SIGTERM or SIGHUP; the summary so far is printed",
  },
] as const satisfies readonly ExitRow[];

/** Exit codes for one stream. */
export type StreamExitCode = VerdictExitCode | typeof EXIT_USAGE | typeof EXIT_INTERRUPTED;
/** Exit codes of `check`, for one stream and for all. */
export type CheckExitCode = StreamExitCode | typeof EXIT_FINDINGS;
export type ExitCode = CheckExitCode | typeof EXIT_BUG;

/** One meaning of an exit code; `verdict` is null if the code does not come from a verdict. */
export interface ExitMeaning {
  readonly exitCode: ExitCode;
  readonly rank: number;
  readonly verdict: Verdict | null;
  readonly meaning: string;
}

/** All meanings by exit code, for `--help` and README; verdicts that share a code are adjacent. */
export function exitMeanings(): ExitMeaning[] {
  const ofVerdicts = verdicts.map((verdict) => {
    const { exitCode, rank, meaning } = verdictTable[verdict];
    return { exitCode, rank, verdict, meaning };
  });
  const others = otherExits.map(({ exitCode, rank, meaning }) => ({ exitCode, rank, verdict: null, meaning }));
  return [...ofVerdicts, ...others].sort((a, b) => a.exitCode - b.exitCode);
}

const rankOfCode = new Map<ExitCode, number>(
  [...Object.values(verdictTable), ...otherExits].map(({ exitCode, rank }) => [exitCode, rank]),
);

/** The exit code that decides among several: the one with the highest rank, 0 if there are none. */
export function worstExitCode<Code extends ExitCode>(codes: readonly Code[]): Code | typeof EXIT_OK {
  let worst: Code | typeof EXIT_OK = EXIT_OK;
  for (const code of codes) if (rankOf(code) > rankOf(worst)) worst = code;
  return worst;
}

/** Whether an exit code outweighs another one. */
export function isWorse(code: ExitCode, other: ExitCode): boolean {
  return rankOf(code) > rankOf(other);
}

function rankOf(code: ExitCode): number {
  return rankOfCode.get(code) ?? 0;
}
