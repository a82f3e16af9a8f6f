// The lines around the data of an event whose data is one line.
import { type WireEvent, UNNAMED_EVENT } from "../model/wire.ts";

export interface EventLines {
  /** Everything before its data, one character for each byte. */
  readonly before: string;
  /** Everything after it. */
  readonly behind: string;
  readonly count: number;
}

/** Before data: nothing, if an event is one line; or the field name, possibly after an event line. */
const BEFORE_DATA = /^(?:(?:event: ?(?<name>[^\r\n]*)(?<lineEnd>\r?\n))?data: ?)?$/;

/**
 * The lines of an event, which is all of `bytes`: an event line and a line of data, or the data alone, as OpenAI,
 * Anthropic and most others write events. Null if it has other lines.
 */
export function linesOf({ event, data }: WireEvent, bytes: Buffer): EventLines | null {
  const written = bytes.toString("latin1");
  const dataWritten = Buffer.from(data).toString("latin1");
  const dataStart = written.lastIndexOf(dataWritten);
  const before = written.slice(0, Math.max(dataStart, 0));
  const behind = written.slice(before.length + dataWritten.length);
  const groups = BEFORE_DATA.exec(before)?.groups;
  const end = /^(\r?\n)(\1?)$/.exec(behind);
  if (dataStart === -1 || groups === undefined || end === null) return null;
  const [, lineEnd, secondLineEnd] = end;
  // An event of one line is not followed by a blank line; one with fields is.
  if ((before === "") !== (secondLineEnd === "")) return null;
  const { name = UNNAMED_EVENT, lineEnd: nameEnd = lineEnd } = groups;
  if (name !== event || nameEnd !== lineEnd) return null;
  return { before, behind, count: behind.split("\n").length - 1 + (groups.lineEnd === undefined ? 0 : 1) };
}
