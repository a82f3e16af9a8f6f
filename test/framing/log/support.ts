import { type LogLine, readLogLine } from "../../../src/framing/log/line.ts";

/** A log line as it was read, with readable text and time. */
export interface ReadLine {
  readonly kind: LogLine["kind"];
  readonly text: string;
  readonly origin: string;
  readonly at: string | number | null;
}

/** Reads a line among other lines, whose bytes it must not read. */
export function readLine(text: string | Uint8Array): LogLine & { readonly content: Buffer } {
  const before = Buffer.from("data: 00O+\u001B[31m\t");
  const after = Buffer.from("\n9:[0m data: P");
  const own = Buffer.from(text);
  const bytes = Buffer.concat([before, own, after]);
  const line = readLogLine(bytes, before.length, before.length + own.length);
  return {
    ...line,
    start: line.start - before.length,
    end: line.end - before.length,
    restStart: line.restStart - before.length,
    content: bytes.subarray(line.start, line.end),
  };
}

/** The time is a date, or, if the log contains no date, in ms. */
export function read(text: string): ReadLine {
  const { kind, content, origin, atMs, periodMs } = readLine(text);
  const at = atMs === null || periodMs !== null ? atMs : new Date(atMs).toISOString();
  return { kind, text: content.toString(), origin, at };
}
