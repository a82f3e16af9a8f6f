// A checked stream as JSON; `src/schemas/check.schema.json` is generated from it.
import type { Checked, CheckResult } from "../check/checked.ts";
import type { Count } from "../model/numbers.ts";
import type { Verdict } from "../model/verdict.ts";
import type { Report, StreamPlace, UsageReport } from "../model/report.ts";

export const CHECK_SCHEMA = "ssescope/check@1";

/** The document of `--reporter json`: the same records, for all streams. */
export interface CheckDocument extends Pick<CheckResult, "exitCode"> {
  /** Name and version of this format. */
  readonly schema: typeof CHECK_SCHEMA;
  /** In the order in which they were checked. */
  readonly streams: readonly CheckRecord[];
}

/** A checked stream, or a source that could not be read; for the latter, unknown values are null. */
export interface CheckRecord extends Omit<Checked, "report" | "streamIndex" | "sizes"> {
  /** Name and version of this format. */
  readonly schema: typeof CHECK_SCHEMA;
  /** Which of the streams in the source this is; null if the source is one stream. */
  readonly stream: StreamPlace | null;
  /** The protocol inside the events; null if there were no events. */
  readonly dialect: string | null;
  /** How the stream ended; null if the source could not be read. */
  readonly verdict: Verdict | null;
  /** The provider's word in the last response; null if there is none. */
  readonly status: string | null;
  /** The request; null if unknown. */
  readonly request: Report["request"];
  /** Who ended the stream; null if unknown, or if there was no connection. */
  readonly endedBy: Report["endedBy"];
  /** Events that the standard dispatches. */
  readonly events: Count | null;
  /** The model's responses, in input order; null if the source could not be read. */
  readonly responses: readonly CheckedResponse[] | null;
}

export interface CheckedResponse {
  readonly id: string | null;
  readonly model: string | null;
  /** How this response ended. */
  readonly verdict: Verdict;
  /** The provider's word in the last snapshot. */
  readonly status: string | null;
  /** Null if none was reported. */
  readonly usage: UsageReport | null;
}

/** The record of a stream: how it ended and its findings, without its text. */
export function recordOf({ source, report, findings, findingCounts, severityCounts, exitCode }: Checked): CheckRecord {
  const responses = report?.responses.map(({ id, model, verdict, status, usage }) => {
    return { id, model, verdict, status, usage };
  });
  return {
    schema: CHECK_SCHEMA,
    source,
    stream: report?.stream ?? null,
    dialect: report?.dialect ?? null,
    verdict: report?.verdict ?? null,
    status: responses?.at(-1)?.status ?? null,
    exitCode,
    request: report?.request ?? null,
    endedBy: report?.endedBy ?? null,
    events: report?.events ?? null,
    responses: responses ?? null,
    findings,
    findingCounts,
    severityCounts,
  };
}
