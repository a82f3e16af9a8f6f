// Rows of a record of check. A record has the verdict, the request and the findings of a stream, but neither times nor
// the HTTP response.
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import { isFailure, UNREADABLE, verdictInStream, verdicts } from "../../model/verdict.ts";
import { type BaseType, typeOf } from "../../rows/column.ts";
import { columns } from "../../rows/columns.ts";
import { ROW_SCHEMA } from "../../rows/columns/identity.ts";

/** The rows of a stream in `--reporter json` or `ndjson`: no times, and only the content of its records. */
export function recordRows(record: JsonObject, indexOf: (source: string) => number): readonly object[] {
  const source = String(record.source);
  const responses = asObjects(record.responses);
  const unknown = Object.fromEntries(columns.map((column) => [column.name, emptyValueOf(column)]));
  const ofStream = { ...unknown, ...streamCells(record), source, stream_index: indexOf(source) };
  if (responses.length === 0) {
    const verdict = record.verdict ?? UNREADABLE;
    return [{ ...ofStream, ...verdictCells(verdict), response_index: 0, error_message: reasonIn(record, verdict) }];
  }
  return responses.map((response, index) => {
    const isLast = index === responses.length - 1;
    const verdict =
      typeof response.verdict === "string" && typeof record.verdict === "string"
        ? verdictInStream(response.verdict, record.verdict, isLast)
        : response.verdict;
    return Object.assign({}, ofStream, verdictCells(verdict), responseCells(response), { response_index: index });
  });
}

/** Why a source has no stream: the message of that finding; null for all other sources. */
function reasonIn({ findings }: JsonObject, verdict: unknown): string | null {
  if (verdict !== UNREADABLE && verdict !== "not-a-stream") return null;
  const finding = asObjects(findings).find(({ rule }) => rule === verdict || rule === UNREADABLE_RULE);
  return asString(finding?.message);
}

const UNREADABLE_RULE = "unreadable-source";

/** The cells of a stream that its record has. */
function streamCells(record: JsonObject) {
  const request = asObject(record.request);
  const stream = asObject(record.stream);
  const counts = asObject(record.severityCounts);
  return {
    schema: ROW_SCHEMA,
    source: record.source,
    stream_index: 0,
    responses: asObjects(record.responses).length,
    stream_name: stream?.name ?? null,
    stream_line: stream?.line ?? null,
    dialect: record.dialect,
    stream_verdict: record.verdict ?? UNREADABLE,
    exit_code: record.exitCode,
    ended_by: record.endedBy,
    errors: counts?.error,
    warnings: counts?.warning,
    infos: counts?.info,
    rules: record.findingCounts,
    exchange: request?.exchange ?? null,
    request_method: request?.method ?? null,
    request_path: request?.path ?? null,
    request_model: request?.model ?? null,
    events: record.events,
  };
}

/** The cells of a response that its record has. */
function responseCells(response: JsonObject) {
  const usage = asObject(response.usage);
  return {
    response_index: 0,
    response_id: response.id,
    model: response.model,
    status: response.status,
    input_tokens: usage?.inputTokens ?? null,
    cached_input_tokens: usage?.cachedInputTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    reasoning_tokens: usage?.reasoningTokens ?? null,
    total_tokens: usage?.totalTokens ?? null,
  };
}

function verdictCells(verdict: unknown): Readonly<Record<string, unknown>> {
  return { verdict, failed: isEnd(verdict) && isFailure(verdict) };
}

function emptyValueOf(column: (typeof columns)[number]): unknown {
  const { base, isNullable } = typeOf(column);
  return isNullable ? null : EMPTY[base];
}

const EMPTY: Readonly<Record<BaseType, unknown>> = {
  string: "",
  integer: 0,
  double: 0,
  boolean: false,
  timestamp: "",
  counts: {},
};

/** Whether a value is a verdict, or the word for a source that cannot be read. */
export function isEnd(value: unknown): value is Parameters<typeof isFailure>[0] {
  return value === UNREADABLE || verdicts.some((verdict) => verdict === value);
}

/** The columns that a record has. Of the reasons of failures it has only findings. */
export const recordColumns: ReadonlySet<string> = new Set(
  Object.keys({ ...streamCells({}), ...responseCells({}), ...verdictCells(null) }),
);
