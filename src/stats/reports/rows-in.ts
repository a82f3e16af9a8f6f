// Converts a JSON value that ssescope wrote to rows: a report, one record of check or all of them, or a row.
import { type Demands, judge } from "../../check/judge.ts";
import { REPORT_SCHEMA, type Report } from "../../model/report.ts";
import { asObject, type JsonObject } from "../../model/payload.ts";
import { type BaseType, typeOf } from "../../rows/column.ts";
import { columns, type Row } from "../../rows/columns.ts";
import { ROW_SCHEMA } from "../../rows/columns/identity.ts";
import { rowsOf } from "../../rows/rows-of.ts";
import type { Form } from "../form.ts";
import { isEnd, recordRows } from "./record-rows.ts";

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

/** The rows of one stream; `report` is its report or record, or null if only its rows are known. */
export interface KnownStream {
  readonly rows: readonly Row[];
  readonly report: object | null;
  readonly form: Form;
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
        return streamOf(reportRows(object, demands, indexOf), object, "report");
      case CHECK_SCHEMA: {
        if (Array.isArray(object.streams)) return all(object.streams.map(read));
        return streamOf(recordRows(object, indexOf), object, "record");
      }
      case ROW_SCHEMA:
        return streamOf([object], null, "row");
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

function streamOf(values: readonly object[] | null, report: object | null, form: Form): readonly KnownStream[] | null {
  const rows = values?.filter(isRow) ?? [];
  if (values === null || rows.length !== values.length) return null;
  return [{ rows, report, form }];
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
