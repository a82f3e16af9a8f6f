// The keys that responses are grouped by: a column of their rows, a key of the report, or a value derived from one.
import { posix, win32 } from "node:path";
import { isUrl } from "../sources/index.ts";
import { asObject } from "../model/payload.ts";
import type { Report } from "../model/report.ts";
import { columns, type Row } from "../rows/columns.ts";
import type { Form } from "./form.ts";
import { recordColumns } from "./reports/record-rows.ts";

export interface GroupKey {
  /** As the user wrote it. */
  readonly name: string;
  /** `report`: a report, a record of check, or null if only its rows are known. Null if the value is unknown. */
  readonly read: (row: Row, report: object | null) => string | null;
  /** The forms of streams that have the key. */
  readonly forms: ReadonlySet<Form>;
  /** Needs the texts and items of the report, or the counts of them. */
  readonly needsSizes: boolean;
}

const DAY = "2026-11-23".length;
/** Longer values are grouped by their start. */
const LONGEST = 200;

/** Keys derived from columns. */
const derived: Readonly<Record<string, (row: Row) => string | null>> = {
  folder: ({ source }) => folderOf(source),
  day: ({ started_at: startedAt }) => startedAt?.slice(0, DAY) ?? null,
};

/** Keys of the report that rows have as columns, so that rows written earlier can be grouped by them, too. */
const columnOfReportKey: Readonly<Record<string, keyof Row>> = {
  exitCode: "exit_code",
  endedBy: "ended_by",
  startedAt: "started_at",
  "stream.name": "stream_name",
  "stream.line": "stream_line",
  "error.type": "error_type",
  "error.code": "error_code",
  "error.message": "error_message",
  "request.exchange": "exchange",
  "request.method": "request_method",
  "request.path": "request_path",
  "request.model": "request_model",
  "http.status": "http_status",
  "http.contentType": "content_type",
};

/** The objects of the report that hold values to group by, and their keys, which complete the type. */
const reportKeys: { readonly [Key in GroupedKey]: Readonly<Record<keyof NonNullable<Report[Key]>, true>> } = {
  http: {
    status: true,
    statusText: true,
    contentType: true,
    contentEncoding: true,
    isJsonRpc: true,
    location: true,
    redirects: true,
    redirectRefusal: true,
    attempts: true,
  },
  request: { exchange: true, method: true, path: true, headers: true, model: true, stream: true },
  error: { type: true, code: true, message: true },
  stream: { name: true, line: true, skippedLines: true, skippedAnswers: true },
  timing: {
    connectMs: true,
    tlsMs: true,
    ttfbMs: true,
    firstEventMs: true,
    gapMs: true,
    reads: true,
    lastEvent: true,
    silenceAtEndMs: true,
    totalMs: true,
    heldBackMs: true,
    slices: true,
  },
};
type GroupedKey = "http" | "request" | "error" | "stream" | "timing";

const ALL: ReadonlySet<Form> = new Set(["record", "row", "report"]);
const ROWS: ReadonlySet<Form> = new Set(["row", "report"]);
const RECORDS: ReadonlySet<Form> = new Set(["record", "report"]);
const REPORTS: ReadonlySet<Form> = new Set(["report"]);

/** Objects of the report that records of check have, too. */
const inRecords: ReadonlySet<string> = new Set(["request", "stream"]);

/** Columns that need counts of a response's items. */
const sizeColumns: ReadonlySet<string> = new Set(["text_characters", "items", "tool_calls"]);

/** Names of keys for help and completion. */
export const keyNames: readonly string[] = [
  "model",
  "dialect",
  ...Object.keys(derived),
  "source",
  "verdict",
  ...Object.keys(columnOfReportKey),
];

/** All names for suggestions, without deeper keys. */
export function allKeyNames(): readonly string[] {
  const ofReport = Object.entries(reportKeys).flatMap(([key, inner]) =>
    Object.keys(inner).map((name) => `${key}.${name}`),
  );
  return [...new Set([...keyNames, ...columns.map(({ name }) => name), ...ofReport])];
}

/** The key with this name; null if there is none. Below the second part of a path, any name is accepted. */
export function groupKey(name: string): GroupKey | null {
  const derive = derived[name];
  if (derive !== undefined && Object.hasOwn(derived, name)) {
    return { name, read: derive, forms: name === "day" ? ROWS : ALL, needsSizes: false };
  }
  const columnName = Object.hasOwn(columnOfReportKey, name) ? columnOfReportKey[name] : name;
  const column = columns.find((known) => known.name === columnName);
  if (column !== undefined) {
    const read = (row: Row) => textOf(row[column.name]);
    const forms = recordColumns.has(column.name) ? ALL : ROWS;
    return { name, read, forms, needsSizes: sizeColumns.has(column.name) };
  }
  const path = name.split(".");
  const [first = "", second = ""] = path;
  const inner = Object.entries(reportKeys).find(([key]) => key === first)?.[1];
  if (inner === undefined || !Object.hasOwn(inner, second) || path.includes("")) return null;
  const forms = inRecords.has(first) ? RECORDS : REPORTS;
  return {
    name,
    read: (_, report) => (report === null ? null : textOf(valueAt(report, path))),
    forms,
    needsSizes: false,
  };
}

/** The default key. */
export function usualKey(): GroupKey {
  const key = groupKey("model");
  if (key === null) throw new Error("model is a column");
  return key;
}

function valueAt(report: object, path: readonly string[]): unknown {
  let value: unknown = report;
  for (const key of path) {
    const object = asObject(value);
    value = object !== null && Object.hasOwn(object, key) ? object[key] : undefined;
  }
  return value;
}

/** Untrusted text. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value.slice(0, LONGEST);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = JSON.stringify(value);
  return text === "{}" ? null : text.slice(0, LONGEST);
}

/** The folder of a file; for a URL, its origin and path up to the last slash. */
function folderOf(source: string): string {
  if (isUrl(source)) return /^[^?#]*\//.exec(source)?.[0] ?? source;
  return (source.includes("\\") ? win32 : posix).dirname(source);
}
