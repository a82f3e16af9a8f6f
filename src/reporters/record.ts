// A stream that was checked, as JSON: `src/schemas/check.schema.json` says the same.
import type { Checked } from "../check/checked.ts";
import type { StreamPlace } from "../model/report.ts";
import type { Usage } from "../model/facts.ts";
import type { Verdict } from "../model/verdict.ts";

export const CHECK_SCHEMA = "ssescope/check@1";

/** The keys are a contract, to which more may be added. Of a source that could not be read, what is not known is null. */
export interface CheckRecord extends Omit<Checked, "report"> {
  readonly schema: typeof CHECK_SCHEMA;
  /** Which of the streams in the source it is; null where a source is one stream. */
  readonly stream: StreamPlace | null;
  readonly dialect: string | null;
  readonly verdict: Verdict | null;
  /** The provider's word of the last response. */
  readonly status: string | null;
  readonly events: number | null;
  readonly responses: readonly CheckedResponse[] | null;
}

interface CheckedResponse {
  readonly id: string | null;
  readonly model: string | null;
  readonly verdict: Verdict;
  readonly status: string | null;
  readonly usage: Usage | null;
}

/** What of a stream goes into the record: how it ended and what was found, none of its text. */
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
    events: report?.events ?? null,
    responses: responses ?? null,
    findings,
    findingCounts,
    severityCounts,
  };
}
