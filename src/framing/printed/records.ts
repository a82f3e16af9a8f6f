// Records of JSON logs with a stream in one of their fields: Docker's json-file, pino, bunyan, zap, slog, structlog.
import { jsonText } from "../../model/json-text.ts";
import { asObject, type JsonObject } from "../../model/payload.ts";
import { beginsWithField } from "../log/ascii.ts";
import { readLogLine } from "../log/line.ts";
import { type Printed, type PrintedForm, isEventText, objectIn } from "./form.ts";
import { escapedLiteral, pythonLiteral } from "./literals.ts";
import { pythonValues } from "./python.ts";
import { fieldsBehindWords, jsonBehindWords } from "./words.ts";

/** The forms that a message may have, besides lines of a stream. */
const IN_MESSAGES: readonly PrintedForm[] = [
  fieldsBehindWords,
  pythonLiteral,
  escapedLiteral,
  pythonValues,
  jsonBehindWords,
];
/** Keys that distinguish a log record from an event: its severity, or, in Docker's, its source. */
const LEVELS = ["level", "severity", "levelname", "lvl", "loglevel", "log.level"];
/** Keys of the time, in order of priority. */
const TIMES = ["time", "timestamp", "@timestamp", "ts", "t", "asctime", "datetime", "__REALTIME_TIMESTAMP"];
/** Fields that hold a chunk as an object. */
const PAYLOADS = [
  "chunk",
  "data",
  "payload",
  "event",
  "delta",
  "response",
  "body",
  "frame",
  "part",
  "message",
  "msg",
  "raw",
];
/** `{"message": {"text": …}}`: fields of a field are read, but no deeper ones. */
const SEPARATOR = "\0";
const SECOND_MS = 1000;
/** From here on a number is in milliseconds: in seconds it would be in the year 5138. */
const FIRST_MS = 1e11;
const FIRST_US = 1e14;

export const jsonRecords: PrintedForm = {
  of: "content",
  instead:
    "records of a JSON log, in no known dialect: write the field that holds the chunks to a separate file, for example with jq -r .chunk",
  isOther(text) {
    const record = objectIn(text.trimEnd());
    return record !== null && isOfLog(record);
  },
  read(text, shape) {
    const record = objectIn(text.trimEnd());
    if (record === null) return null;
    const printed = shape === null ? findPayload(record) : readAt(record, shape);
    return printed === null ? null : { ...printed, atMs: timeOf(record) };
  },
};

function findPayload(record: JsonObject): Printed | null {
  const isLog = isOfLog(record);
  for (const [path, text] of textsOf(record, isLog)) {
    const printed = readText(text, path, isLog, record, null);
    if (printed !== null) return printed;
  }
  if (!isLog) return null;
  const key = PAYLOADS.find((name) => asObject(record[name]) !== null);
  return key === undefined ? null : { shape: key, body: `${jsonText(record[key])}\n`, evidence: "weak" };
}

/** The strings of a record, by their paths; in a log, also those one level deeper. */
function* textsOf(record: JsonObject, isLog: boolean): Generator<[path: string, text: string]> {
  for (const [key, value] of Object.entries(record)) {
    if (typeof value === "string") yield [key, value];
    const inner = isLog ? asObject(value) : null;
    for (const [name, text] of Object.entries(inner ?? {})) {
      if (typeof text === "string") yield [key + SEPARATOR + name, text];
    }
  }
}

function isOfLog(record: JsonObject): boolean {
  return LEVELS.some((key) => key in record) || isOfDocker(record);
}

/** Docker's own log files: https://docs.docker.com/engine/logging/drivers/json-file/ */
function isOfDocker(record: JsonObject): boolean {
  return typeof record["log"] === "string" && typeof record["stream"] === "string";
}

/** Reads the value at a shape, which is a path, and, after a line feed, the form and the shape of the text there. */
function readAt(record: JsonObject, shape: string): Printed | null {
  const [path = ""] = shape.split("\n", 1);
  const [key = "", name] = path.split(SEPARATOR);
  const value = name === undefined ? record[key] : asObject(record[key])?.[name];
  if (typeof value === "string") return readText(value, path, true, record, shape);
  return asObject(value) === null ? null : { shape, body: `${jsonText(value)}\n`, evidence: "weak" };
}

/** Reads a field's text: raw lines of a stream, one line after a log's prefix, or another form. */
function readText(
  text: string,
  path: string,
  isLog: boolean,
  record: JsonObject,
  shape: string | null,
): Printed | null {
  const isDocker = path === "log" && isOfDocker(record);
  if (shape === path || (shape === null && isEventText(text))) {
    // Docker splits long lines: the next record continues this one.
    if (isDocker || /\n[^]*\n$/.test(text)) return { shape: path, body: text, evidence: "sure" };
    const line = text.replace(/\r?\n$/, "");
    return { shape: path, body: `${line}\n`, evidence: "sure" };
  }
  if (!isLog) return null;
  const bytes = Buffer.from(text.replace(/\r?\n$/, ""));
  const { kind, start, end } = readLogLine(bytes, 0, bytes.length);
  const content = kind === "content" ? bytes.toString("utf8", start, end) : "";
  const plain = `${path}\nplain`;
  if (shape === plain || (shape === null && start > 0 && beginsWithField(bytes, start, end) && isEventText(content))) {
    return { shape: plain, body: `${content}\n`, evidence: "sure" };
  }
  const json = `${path}\njson`;
  if ((shape === null || shape === json) && objectIn(content.trimEnd()) !== null) {
    return { shape: json, body: `${content}\n`, evidence: "weak" };
  }
  for (const [index, form] of IN_MESSAGES.entries()) {
    const prefix = `${path}\n${index}\n`;
    if (shape !== null && !shape.startsWith(prefix)) continue;
    const printed = form.read(content, shape?.slice(prefix.length) ?? null);
    if (printed !== null) return { ...printed, shape: prefix + printed.shape };
  }
  return null;
}

function timeOf(record: JsonObject): number | null {
  for (const key of TIMES) {
    const written = record[key];
    const value = typeof written === "string" && /^\d{10,16}(?:\.\d+)?$/.test(written) ? Number(written) : written;
    if (typeof value === "number" && value > 0) {
      if (value >= FIRST_US) return value / SECOND_MS;
      return value >= FIRST_MS ? value : value * SECOND_MS;
    }
    const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
    if (!Number.isNaN(ms)) return ms;
  }
  return null;
}
