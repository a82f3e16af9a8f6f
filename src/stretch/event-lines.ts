// How an event whose data is one line stands in the bytes of its stream.
import { type WireEvent, UNNAMED_EVENT } from "../model/wire.ts";

export interface EventLines {
  /** What stands before its data, a character a byte. */
  readonly before: string;
  /** What stands behind it. */
  readonly behind: string;
  readonly count: number;
}

/** Before data: nothing, where an event is a line; or its field, and a name that may come before it. */
const BEFORE_DATA = /^(?:(?:event: ?(?<name>[^\r\n]*)(?<lineEnd>\r?\n))?data: ?)?$/;

/**
 * The lines of an event, which is all of `bytes`: a name and a line of data, or the line alone, as OpenAI, Anthropic and
 * most others write events. Null where it has others.
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
  // Where an event is a line, no blank line follows; where it has fields, one does.
  if ((before === "") !== (secondLineEnd === "")) return null;
  const { name = UNNAMED_EVENT, lineEnd: nameEnd = lineEnd } = groups;
  if (name !== event || nameEnd !== lineEnd) return null;
  return { before, behind, count: behind.split("\n").length - 1 + (groups.lineEnd === undefined ? 0 : 1) };
}
