// Writes an event stream and the records expected from reading it, with an independent count of places.
import * as fc from "fast-check";
import type { WireRecord } from "../../../src/model/wire.ts";

type Line =
  | { readonly type: "comment"; readonly text: string }
  | { readonly type: "retry"; readonly ms: number }
  | { readonly type: "id"; readonly value: string }
  | { readonly type: "name"; readonly value: string }
  | { readonly type: "data"; readonly value: string };

/** A line with the variants of writing it that are equivalent to a reader. */
interface Manner {
  readonly line: Line;
  readonly lineEnd: string;
  /** Writes no space after the colon, if the value permits it. */
  readonly tight: boolean;
}

/** The lines between two blank ones. */
interface Block {
  readonly manners: readonly Manner[];
  readonly lineEnd: string;
}

export interface Script {
  readonly startsWithByteOrderMark: boolean;
  readonly blocks: readonly Block[];
}

const textOnOneLine = fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[\r\n]/g, "¶"));
const lineEnd = fc.constantFrom("\n", "\r", "\r\n");
const line: fc.Arbitrary<Line> = fc.oneof(
  fc.record({ type: fc.constant("data"), value: textOnOneLine }),
  fc.record({ type: fc.constant("data"), value: textOnOneLine }),
  fc.record({ type: fc.constant("name"), value: textOnOneLine }),
  fc.record({ type: fc.constant("id"), value: textOnOneLine.map((text) => text.replaceAll("\0", "")) }),
  fc.record({ type: fc.constant("comment"), text: textOnOneLine }),
  fc.record({ type: fc.constant("retry"), ms: fc.maxSafeNat() }),
);
const manner: fc.Arbitrary<Manner> = fc.record({ line, lineEnd, tight: fc.boolean() });

export const scripts: fc.Arbitrary<Script> = fc.record({
  startsWithByteOrderMark: fc.boolean(),
  blocks: fc.array(fc.record({ manners: fc.array(manner, { maxLength: 8 }), lineEnd }), { maxLength: 12 }),
});

/** The bytes of a script, and the records expected from them. */
export function serialize({ startsWithByteOrderMark, blocks }: Script): { bytes: Buffer; records: WireRecord[] } {
  const records: WireRecord[] = [];
  let written = startsWithByteOrderMark ? "\uFEFF" : "";
  let lineNumber = 1;
  let events = 0;
  let lastEventId = "";

  function write(text: string, end: string): { line: number; offset: number } {
    const place = { line: lineNumber, offset: Buffer.byteLength(written) };
    // After a CR, an empty line that ends in LF would be the second half of a CRLF.
    const merges = text === "" && end.startsWith("\n") && written.endsWith("\r");
    written += text + (merges ? "\r" : end);
    lineNumber += 1;
    return place;
  }

  for (const { manners, lineEnd } of blocks) {
    let first: { line: number; offset: number } | null = null;
    let event = "";
    const data: string[] = [];
    for (const { line, lineEnd, tight } of manners) {
      const place = write(textOf(line, tight), lineEnd);
      if (line.type === "comment") records.push({ ...line, ...place });
      else first ??= place;
      if (line.type === "retry") records.push({ ...line, ...place });
      if (line.type === "id") lastEventId = line.value;
      if (line.type === "name") event = line.value;
      if (line.type === "data") data.push(line.value);
    }
    const blank = write("", lineEnd);
    if (first === null || data.length === 0) continue;
    const length = blank.offset + 1 - first.offset;
    const named = { event: event === "" ? "message" : event, data: data.join("\n") };
    records.push({ type: "event", ...named, lastEventId, index: events, ...first, length });
    events += 1;
  }
  const bytes = Buffer.from(written);
  records.push({ type: "end", bytes: bytes.length, events, lastEventId, pending: null });
  return { bytes, records };
}

function textOf(line: Line, tight: boolean): string {
  switch (line.type) {
    case "comment":
      return `:${line.text}`;
    case "retry":
      return textOfField("retry", String(line.ms), tight);
    case "id":
      return textOfField("id", line.value, tight);
    case "name":
      return textOfField("event", line.value, tight);
    case "data":
      return textOfField("data", line.value, tight);
  }
}

function textOfField(name: string, value: string, tight: boolean): string {
  if (value === "" && tight) return name;
  return tight && !value.startsWith(" ") ? `${name}:${value}` : `${name}: ${value}`;
}
