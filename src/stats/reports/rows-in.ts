// Converts a JSON value that ssescope wrote to rows: a report, one record of check or all of them, or a row.
import { type Demands, judge } from "../../check/judge.ts";
import { REPORT_SCHEMA, type Report } from "../../model/report.ts";
import { asObject, asObjects, type JsonObject } from "../../model/payload.ts";
import { isFailure, UNREADABLE, verdictInStream, verdicts } from "../../model/verdict.ts";
import { type BaseType, typeOf } from "../../rows/column.ts";
import { columns, type Row } from "../../rows/columns.ts";
import { ROW_SCHEMA } from "../../rows/columns/identity.ts";
import { rowsOf } from "../../rows/rows-of.ts";

const CHECK_SCHEMA = "ssescope/check@1";

/** The start of every file of reports. */
const BEGINNING = /^\s*\{\s*"schema"\s*:\s*"ssescope\/(?:report|check|row|stats)@\d+"/;

/** The start of `--format facts`, whose last line is the report: a fact names its response, or is one of these types. */
const FACTS_BEGINNING =
  /^\{(?:"source":"[^"]*",)?"type":"(?:[a-z-]+","response":(?:\d+|null),|(?:keep-alive|done-sentinel)","event":\d|data-received","data":|unrecognized","name":|unreadable","reason":)/;

/** Whether bytes start like a file of reports. */
export function isReports(beginning: Uint8Array): boolean {
  const text = Buffer.from(beginning).toString("latin1");
  return BEGINNING.test(text) || FACTS_BEGINNING.test(text);
}

/** Whether a value is a line of `--format facts` before the report. */
export function isFact(value: unknown): boolean {
  const object = asObject(value);
  return object !== null && !("schema" in object) && typeof object.type === "string" && Number.isInteger(object.event);
}

/** The rows of one stream; `report` is null if only its rows are known. */
export interface KnownStream {
  readonly rows: readonly Row[];
  readonly report: Report | null;
}

/** Reads one value after the other. The result is null if a value does not match its schema. */
export function createRowReader(demands: Demands): (value: unknown) => readonly KnownStream[] | null {
  let last: { readonly source: string; index: number } | null = null;

  /** The index of a report's stream in its source: streams of one source follow each other. */
  function indexOf(source: string): number {
    if (last?.source === source) last.index += 1;
    else last = { source, index: 0 };
    return last.index;
  }

  function read(value: unknown): readonly KnownStream[] | null {
    const object = asObject(value);
    switch (object?.schema) {
      case REPORT_SCHEMA:
        return streamOf(reportRows(object, demands, indexOf), object);
      case CHECK_SCHEMA: {
        if (Array.isArray(object.streams)) return all(object.streams.map(read));
        return streamOf(recordRows(object, indexOf), null);
      }
      case ROW_SCHEMA:
        return streamOf([object], null);
      default:
        return null;
    }
  }

  return read;
}

function all(lists: readonly (readonly KnownStream[] | null)[]): readonly KnownStream[] | null {
  const known = lists.filter((list) => list !== null);
  return known.length === lists.length ? known.flat() : null;
}

function streamOf(values: readonly object[] | null, report: object | null): readonly KnownStream[] | null {
  const rows = values?.filter(isRow) ?? [];
  if (values === null || rows.length !== values.length) return null;
  return [{ rows, report: report !== null && isReport(report) ? report : null }];
}

/** Rows of a report. Only its schema name was checked; invalid content shows in the rows. */
function reportRows(
  object: JsonObject,
  demands: Demands,
  indexOf: (source: string) => number,
): readonly object[] | null {
  if (!isReport(object)) return null;
  try {
    return rowsOf(judge(object, demands, indexOf(object.source)));
  } catch (error) {
    // Missing objects are read as empty.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function isReport(value: object): value is Report {
  return "schema" in value && value.schema === REPORT_SCHEMA && "source" in value && typeof value.source === "string";
}

/** The rows of a stream in `--reporter json` or `ndjson`: no times, and only the content of its records. */
function recordRows(record: JsonObject, indexOf: (source: string) => number): readonly object[] {
  const source = String(record.source);
  const responses = asObjects(record.responses);
  const request = asObject(record.request);
  const stream = asObject(record.stream);
  const counts = asObject(record.severityCounts);
  const unknown = Object.fromEntries(columns.map((column) => [column.name, emptyValueOf(column)]));
  const ofStream = {
    ...unknown,
    schema: ROW_SCHEMA,
    source,
    stream_index: indexOf(source),
    responses: responses.length,
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
  if (responses.length === 0) {
    return [Object.assign(ofStream, { response_index: 0 }, verdictCells(record.verdict ?? UNREADABLE))];
  }
  return responses.map((response, index) => {
    const usage = asObject(response.usage);
    const isLast = index === responses.length - 1;
    const verdict =
      typeof response.verdict === "string" && typeof record.verdict === "string"
        ? verdictInStream(response.verdict, record.verdict, isLast)
        : response.verdict;
    return Object.assign({}, ofStream, verdictCells(verdict), {
      response_index: index,
      response_id: response.id,
      model: response.model,
      status: response.status,
      input_tokens: usage?.inputTokens ?? null,
      cached_input_tokens: usage?.cachedInputTokens ?? null,
      output_tokens: usage?.outputTokens ?? null,
      reasoning_tokens: usage?.reasoningTokens ?? null,
      total_tokens: usage?.totalTokens ?? null,
    });
  });
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

function isEnd(value: unknown): value is Parameters<typeof isFailure>[0] {
  return value === UNREADABLE || verdicts.some((verdict) => verdict === value);
}

/** Whether every column has a value of its type. Later versions may have more columns. */
function isRow(value: object): value is Row {
  const object = asObject(value);
  if (object === null || !isEnd(object.verdict)) return false;
  return columns.every((column) => {
    const { base, isNullable } = typeOf(column);
    const cell = object[column.name];
    return cell === null || cell === undefined ? isNullable && cell === null : isOfType[base](cell);
  });
}

const isOfType: Readonly<Record<BaseType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  integer: (value) => Number.isSafeInteger(value),
  double: (value) => typeof value === "number" && value >= 0,
  boolean: (value) => typeof value === "boolean",
  timestamp: (value) => typeof value === "string",
  counts: (value) => Object.values(asObject(value) ?? { none: null }).every((count) => typeof count === "number"),
};
