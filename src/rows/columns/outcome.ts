// Columns about how a response ended, and the findings in its stream.
import { isFailure, UNREADABLE, verdictInStream } from "../../model/verdict.ts";
import { column, type Subject } from "../column.ts";
import { shortText } from "../short-text.ts";

export const outcome = [
  column(
    "verdict",
    "string",
    "How the response ended, transport-error if the connection broke before its end; for a stream without responses, how the stream ended; unreadable if the source could not be read.",
    verdictOf,
  ),
  column(
    "failed",
    "boolean",
    "Whether the verdict is a failure: failed, truncated, transport-error, not-a-stream or unreadable.",
    (row) => isFailure(verdictOf(row)),
  ),
  column(
    "stream_verdict",
    "string",
    "How the stream ended: the worst of its responses.",
    ({ report }) => report?.verdict ?? UNREADABLE,
  ),
  column(
    "exit_code",
    "integer",
    "The exit code of the command for the stream alone.",
    ({ checked }) => checked.exitCode,
  ),
  column("status", "string?", "The provider's word for how the response ended.", ({ response }) =>
    shortText(response?.status),
  ),
  column("reason", "string?", "The provider's word for why the response is incomplete.", ({ response }) =>
    shortText(response?.reason),
  ),
  column("ended_by", "string?", "Which side ended the stream.", ({ report }) => report?.endedBy ?? null),
  column(
    "interrupted",
    "boolean",
    "Whether a signal ended the reading of the stream.",
    ({ report }) => report?.interrupted ?? false,
  ),
  column(
    "resumed",
    "boolean",
    "Whether the capture starts mid-response.",
    ({ response }) => response?.resumed ?? false,
  ),
  column("error_type", "string?", "Type of the error of the response, or of the stream.", ({ response, report }) =>
    shortText((response?.error ?? report?.error)?.type),
  ),
  column("error_code", "string?", "Code of that error.", ({ response, report }) =>
    shortText((response?.error ?? report?.error)?.code),
  ),
  column(
    "error_message",
    "string?",
    "Message of that error, cut; for a source that could not be read, the reason.",
    ({ response, report, checked }) =>
      shortText(report === null ? checked.findings[0]?.message : (response?.error ?? report.error)?.message),
  ),
  column(
    "errors",
    "integer",
    "Number of findings of severity error in the stream.",
    ({ checked }) => checked.severityCounts.error,
  ),
  column(
    "warnings",
    "integer",
    "Number of findings of severity warning in the stream.",
    ({ checked }) => checked.severityCounts.warning,
  ),
  column(
    "infos",
    "integer",
    "Number of findings of severity info in the stream.",
    ({ checked }) => checked.severityCounts.info,
  ),
  column(
    "rules",
    "counts",
    "Number of findings of each rule in the stream, by rule id.",
    ({ checked }) => checked.findingCounts,
  ),
] as const;

function verdictOf({ response, report, index }: Subject) {
  if (report === null) return UNREADABLE;
  if (response === null) return report.verdict;
  return verdictInStream(response.verdict, report.verdict, index === report.responses.length - 1);
}
