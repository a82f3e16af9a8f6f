// A stream as a list of frames, read in the plainest way, that can be written back byte for byte, with the index and the
// line that each event has in it.
import { isObject, textAt, type JsonObject } from "./json.ts";

/** What stands between two blank lines. */
export interface Frame {
  /** As they stand, without their line ends. */
  readonly lines: readonly string[];
  /** A blank line follows. */
  readonly isEnded: boolean;
  /** What is written in place of lines and line ends, where they cannot say it. */
  readonly bytes: Buffer | null;
  /** What the event line says; null where there is none. */
  readonly name: string | null;
  /** The data as a JSON object; null where it is none. */
  readonly payload: JsonObject | null;
  /** The type of the payload, else the name; empty where there is neither. */
  readonly type: string;
  /** It is dispatched as an event. */
  readonly hasData: boolean;
  /** The frame of the unchanged stream that it was made from; null where it is one, or is new. */
  readonly origin: Frame | null;
}

export interface Stream {
  readonly byteOrderMark: string;
  readonly lineEnd: string;
  readonly frames: readonly Frame[];
}

/** Where the event of a frame stands, or the next one where the frame is none. */
export interface Location {
  readonly index: number;
  /** Line of its first field, and of its last, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
}

const BYTE_ORDER_MARK = "\uFEFF";
const DATA_LINE = /^data(?:$|: ?)/;
const EVENT_LINE = /^event(?:$|: ?)/;

/** Reads SSE. Throws where it cannot be written back as it was. */
export function readStream(bytes: Uint8Array): Stream {
  const whole = Buffer.from(bytes).toString("utf8");
  const byteOrderMark = whole.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const text = whole.slice(byteOrderMark.length);
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const lines = text.split(lineEnd);
  // Behind the last line end stands nothing, or a line without one.
  const rest = lines.pop() ?? "";
  const frames: Frame[] = [];
  let open: string[] = [];
  for (const line of lines) {
    if (line !== "") {
      open.push(line);
      continue;
    }
    frames.push(createFrame(open, null));
    open = [];
  }
  if (open.length > 0 || rest !== "") {
    const tail = [...open, rest].join(lineEnd);
    frames.push({ ...createFrame([...open, rest], null), isEnded: false, bytes: Buffer.from(tail) });
  }
  const stream = { byteOrderMark, lineEnd, frames };
  if (!writeStream(stream, frames).equals(bytes)) throw new Error("the stream cannot be written back as it was");
  return stream;
}

/** Wraps payloads, one a line, into SSE as OpenAI frames them. */
export function wrapLines(ndjson: Uint8Array): Stream {
  const payloads = Buffer.from(ndjson)
    .toString("utf8")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const frames = payloads.map((payload) =>
    createFrame([`event: ${textAt(JSON.parse(payload), "type")}`, `data: ${payload}`], null),
  );
  return { byteOrderMark: "", lineEnd: "\n", frames };
}

/** A frame of these lines. */
export function createFrame(lines: readonly string[], origin: Frame | null): Frame {
  const names = lines.filter((line) => EVENT_LINE.test(line)).map((line) => line.replace(EVENT_LINE, ""));
  const data = lines.filter((line) => DATA_LINE.test(line)).map((line) => line.replace(DATA_LINE, ""));
  const name = names.at(-1) ?? null;
  const value = parse(data.join("\n"));
  const payload = isObject(value) ? value : null;
  const type = textAt(payload, "type") ?? name ?? "";
  return { lines, isEnded: true, bytes: null, name, payload, type, hasData: data.length > 0, origin };
}

/** The frame with another payload on its data line; its other lines stay. */
export function withPayload(frame: Frame, payload: JsonObject): Frame {
  return { ...withData(frame, JSON.stringify(payload)), payload, type: textAt(payload, "type") ?? frame.name ?? "" };
}

/** The frame with other data, of as many lines as that has. */
export function withData(frame: Frame, data: string): Frame {
  const first = frame.lines.findIndex((line) => DATA_LINE.test(line));
  const others = (line: string, index: number) => index === first || !DATA_LINE.test(line);
  const lines = frame.lines
    .filter(others)
    .flatMap((line) => (DATA_LINE.test(line) ? data.split("\n").map((part) => `data: ${part}`) : [line]));
  return { ...frame, lines, bytes: null, payload: null, origin: frame.origin ?? frame };
}

/** The data of a frame, its lines joined as the standard joins them. */
export function dataOf(frame: Frame): string {
  return frame.lines
    .filter((line) => DATA_LINE.test(line))
    .map((line) => line.replace(DATA_LINE, ""))
    .join("\n");
}

/** The frame without its data lines, or without its event line. */
export function withoutLines(frame: Frame, which: "data" | "event"): Frame {
  const pattern = which === "data" ? DATA_LINE : EVENT_LINE;
  const lines = frame.lines.filter((line) => !pattern.test(line));
  return { ...createFrame(lines, frame.origin ?? frame), isEnded: frame.isEnded };
}

/** A frame as bytes. */
export function writeFrame({ lineEnd }: Pick<Stream, "lineEnd">, { lines, isEnded, bytes }: Frame): Buffer {
  if (bytes !== null) return bytes;
  return Buffer.from(lines.map((line) => line + lineEnd).join("") + (isEnded ? lineEnd : ""));
}

/** Frames as the bytes of a stream that is otherwise as this one. */
export function writeStream(stream: Stream, frames: readonly Frame[]): Buffer {
  return Buffer.concat([Buffer.from(stream.byteOrderMark), ...frames.map((frame) => writeFrame(stream, frame))]);
}

/** Where each frame's event is; frames that no blank line parts are one event, unless the data of the first is whole. */
export function locate(frames: readonly Frame[]): Map<Frame, Location> {
  const locations = new Map<Frame, Location>();
  let index = 0;
  let line = 1;
  let group: Frame[] = [];
  let firstLine: number | null = null;
  for (const frame of frames) {
    group.push(frame);
    const firstField = frame.lines.findIndex((text) => !text.startsWith(":"));
    if (firstField !== -1) firstLine ??= line + firstField;
    line += frame.lines.length;
    if (!frame.isEnded && frame.payload === null && frame !== frames.at(-1)) continue;
    for (const member of group) locations.set(member, { index, firstLine: firstLine ?? line, lastLine: line - 1 });
    if (group.some(({ hasData }) => hasData)) index += 1;
    group = [];
    firstLine = null;
    if (frame.isEnded) line += 1;
  }
  return locations;
}

export function isJson(text: string): boolean {
  return parse(text) !== undefined;
}

/** The value of a JSON text; undefined where it is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
