// `check()`: takes an input and its expectations, gives the record of `ssescope check`.
import type { Demands } from "../check/judge.ts";
import type { Checked } from "../check/checked.ts";
import { type ExitCode, worstExitCode } from "../model/exit-codes.ts";
import type { Finding } from "../model/finding.ts";
import { type Verdict, worstVerdict } from "../model/verdict.ts";
import { CHECK_SCHEMA, type CheckDocument, recordOf } from "../reporters/record.ts";
import { shownName } from "../sources/index.ts";
import type { Input } from "./input.ts";
import { type Inspection, inspectChecked } from "./inspect.ts";
import { type CheckOptions, demandsOf, refuseForCheck } from "./options.ts";
import { judgeResult } from "./judge-result.ts";
import { type SourceResult, unreadable } from "./result.ts";

/** The document of `ssescope check --reporter json`, plus values that most tests need. */
export interface CheckOutcome extends CheckDocument {
  /** The exit code of `ssescope check`: 0 if every stream passes. */
  readonly exitCode: ExitCode;
  /** How the stream ended, the worst of several; null if the input could not be read. */
  readonly verdict: Verdict | null;
  /** The findings of all streams, including unmet expectations. */
  readonly findings: readonly Finding[];
}

/**
 * Checks a stream against rules and expectations, as `ssescope check` does. An input that cannot be read fails the check: its
 * finding is `unreadable-source`. Rejects with a `UserError` only if an option is wrong, or the input is not one.
 *
 * @example
 * expect(await check(response, { expect: ["tool=get_weather"] })).toMatchObject({ exitCode: 0 });
 */
export async function check(input: Input, options: CheckOptions = {}): Promise<CheckOutcome> {
  refuseForCheck("check", options);
  const demands = demandsOf(options);
  return resultOf(await judgeInspection(inspectChecked(input, options), nameOf(input, options), demands));
}

/** Judges an inspection that may have begun already. */
export async function judgeInspection(inspection: Inspection, name: string, demands: Demands): Promise<Checked[]> {
  return judgeResult(await settled(inspection, name), demands);
}

async function settled(inspection: Inspection, name: string): Promise<SourceResult> {
  try {
    return { name, reports: await inspection.reports, error: null };
  } catch (error) {
    return unreadable(name, error);
  }
}

/** The name of an unreadable input in messages. */
export function nameOf(input: unknown, { name }: Pick<CheckOptions, "name">): string {
  if (name !== undefined) return name;
  return typeof input === "string" ? shownName(input) : "input";
}

function resultOf(streams: readonly Checked[]): CheckOutcome {
  const verdicts = streams.flatMap(({ report }) => (report === null ? [] : [report.verdict]));
  return {
    schema: CHECK_SCHEMA,
    verdict: worstVerdict(verdicts),
    exitCode: worstExitCode(streams.map(({ exitCode }) => exitCode)),
    findings: streams.flatMap(({ findings }) => findings),
    streams: streams.map(recordOf),
  };
}
