import type { EventRow, StreamDetail, StreamSummary } from "../../../src/html-report/data.ts";
import type { ListedStream } from "../../../src/html-report/page/listed-stream.ts";

/** A stream with the given details; everything else is unknown. */
export function detailWith(given: Partial<StreamDetail> = {}): StreamDetail {
  return {
    request: null,
    http: null,
    framing: "sse",
    bytes: 0,
    comments: 0,
    timing: null,
    breaks: [],
    error: null,
    responses: [],
    findings: [],
    unlisted: 0,
    types: ["message"],
    rows: [],
    left: { count: 0, before: 0 },
    isWithoutRows: false,
    ...given,
  };
}

/** An event with a text delta; `atMs`: null if times are not known. */
export function textRow(index: number, text: string, atMs: number | null = null, item = 0): EventRow {
  return [["text"], index, index + 1, atMs, 0, `data ${text}`, "", [[0, item, 0, "text", text]], null, null];
}

export function commentRow(text: string, atMs: number | null = null): EventRow {
  return [["comment"], null, 1, atMs, 0, text, "", [], null, null];
}

/** An event that only keeps the connection alive. */
export function pingRow(index: number, atMs: number | null = null): EventRow {
  return [["ping"], index, 1, atMs, 0, "", "keep-alive", [], null, null];
}

/** A listed stream that passed, with the given changes. */
export function listedWith(index: number, given: Partial<StreamSummary> = {}): ListedStream {
  const source = given.source ?? `${index}.sse`;
  return {
    index,
    name: source,
    source,
    place: null,
    asked: null,
    end: "completed",
    exitCode: 0,
    cause: { tone: "good", name: "passed", detail: null },
    course: null,
    reason: null,
    counts: { error: 0, warning: 0, info: 0 },
    rules: [],
    model: null,
    dialect: null,
    events: 1,
    tokens: null,
    ttftMs: null,
    totalMs: null,
    endedBy: null,
    slices: null,
    ...given,
  };
}
