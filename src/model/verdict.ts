// The verdicts: how a response, and the whole stream, ended. Exit codes, help, schemas, colours and the README's table
// are derived from this table, so a new verdict needs only its name and one row.
import type { Outcome } from "./facts.ts";

/** How a response, or the whole stream, ended. */
export type Verdict =
  | "completed"
  | "ended"
  | "refused"
  | "incomplete"
  | "failed"
  | "truncated"
  | "transport-error"
  | "not-a-stream";

/** The exit codes of verdicts. */
export type VerdictExitCode = 0 | 3 | 4 | 5 | 6 | 7 | 8;

/** How well something went. */
export type Tone = "good" | "warning" | "bad";

interface VerdictRow {
  /** The process's exit code. Verdicts may share a code. */
  readonly exitCode: VerdictExitCode;
  /** Of several verdicts, the one with the highest rank decides. `exit-codes.ts` ranks the other exit codes. */
  readonly rank: number;
  /** A fragment for people: `--help` and README print it. */
  readonly meaning: string;
  /** The tone in which views print it. */
  readonly tone: Tone;
  /** `source`: the input is not a readable stream, or the network failed. `events`: the events decided. */
  readonly decidedBy: "events" | "source";
  /** The rule that reports it. A severity that the user sets for this rule applies to the verdict too. */
  readonly rule: string | null;
}

/** In the order of tables and totals. */
export const verdictTable = {
  completed: {
    exitCode: 0,
    rank: 0,
    meaning: "the response says that it is complete",
    tone: "good",
    decidedBy: "events",
    rule: null,
  },
  ended: {
    exitCode: 0,
    rank: 0,
    meaning: "unknown protocol; every event is intact, and nothing is left open",
    tone: "good",
    decidedBy: "events",
    rule: null,
  },
  refused: {
    exitCode: 8,
    rank: 20,
    meaning: "completed, with a refusal",
    tone: "warning",
    decidedBy: "events",
    rule: "refusal",
  },
  incomplete: {
    exitCode: 4,
    rank: 30,
    meaning: "the response says that it is incomplete, or it was cancelled",
    tone: "warning",
    decidedBy: "events",
    rule: "incomplete",
  },
  failed: {
    exitCode: 3,
    rank: 50,
    meaning: "the stream reports an error",
    tone: "bad",
    decidedBy: "events",
    rule: "in-band-error",
  },
  truncated: {
    exitCode: 5,
    rank: 40,
    meaning: "the input ends without a terminal event",
    tone: "bad",
    decidedBy: "events",
    rule: "no-terminal",
  },
  "transport-error": {
    exitCode: 6,
    rank: 70,
    meaning: "DNS, TLS, connection refused or reset, timeout",
    tone: "bad",
    decidedBy: "source",
    rule: "transport-error",
  },
  "not-a-stream": {
    exitCode: 7,
    rank: 60,
    meaning: "an HTTP error, an HTML page, a JSON error, unreadable events, no data",
    tone: "bad",
    decidedBy: "source",
    rule: "not-a-stream",
  },
} as const satisfies Readonly<Record<Verdict, VerdictRow>>;

type Table = typeof verdictTable;

/** Used in place of a verdict if a source could not be read. */
export const UNREADABLE = "unreadable";
/** How a stream ended, in one word. */
export type End = Verdict | typeof UNREADABLE;
/** Whether nothing useful came, or not all of it. A refusal and a response at its token limit are not failures. */
export function isFailure(end: End): boolean {
  return end === UNREADABLE || verdictTable[end].tone === "bad";
}
/** The verdicts that the source decides, not its events. */
export type SourceVerdict = { [Name in Verdict]: Table[Name]["decidedBy"] extends "source" ? Name : never }[Verdict];

/** All verdicts, in the order of the table. */
export const verdicts = Object.keys(verdictTable).filter((name): name is Verdict => name in verdictTable);

/** Whether the source decided the verdict: the input is not a readable stream, or the network failed. */
export function isSourceVerdict(verdict: Verdict): verdict is SourceVerdict {
  return verdictTable[verdict].decidedBy === "source";
}

/** The verdict with the highest rank, the first among equals; null if there are none. */
export function worstVerdict(several: readonly Verdict[]): Verdict | null {
  const highest = Math.max(...several.map((verdict) => verdictTable[verdict].rank));
  return several.find((verdict) => verdictTable[verdict].rank === highest) ?? null;
}

/** How a response ended, seen with its stream: a connection that breaks cuts the last response. */
export function verdictInStream<Name extends string>(
  response: Name,
  stream: Name,
  isLast: boolean,
): Name | "transport-error" {
  return isLast && response === "truncated" && stream === "transport-error" ? "transport-error" : response;
}

/** What is known of a response at the end of the input. */
export interface ResponseEnding {
  /** The outcome in its last snapshot; null if it had none. */
  readonly outcome: Outcome | null;
  readonly hasError: boolean;
  readonly hasRefusal: boolean;
}

/** An error outweighs everything else; a response without an outcome is truncated. */
export function verdictOfResponse({ outcome, hasError, hasRefusal }: ResponseEnding): Verdict {
  if (hasError) return "failed";
  if (outcome === "completed" && hasRefusal) return "refused";
  return outcome ?? "truncated";
}
