// Splits a stream of YAML documents into parts that can be parsed one by one: its documents, and the items of a
// document that is one long list. The YAML library needs a hundred times the memory of its input.
import { BYTE_ORDER_MARK_BYTES, beginsWithByteOrderMark } from "../../lines.ts";
import { hasAlias } from "./yaml-alias.ts";

/** Bytes that are parsed separately. */
export interface YamlPart {
  readonly start: number;
  readonly end: number;
  /** The line of the document at `start`. */
  readonly line: number;
  /** The line to put before an item so that it is in a list as before; else "". */
  readonly key: string;
}

const LF = 0x0a;
const SPACE = 0x20;
const DASH = 0x2d;
const PERCENT = 0x25;
/** No line that matters here is longer. */
const LINE_BYTES = 200;

const MARKER = /^---(?:\s|$)/;
const BARE_MARKER = /^(?:---|\.\.\.)\s*$/;
const ITEM = /^-(?:\s|$)/;
const LIST_KEY = /^[\w.-]+:\s*$/;
/** A key with a value that ends on its line. */
const PLAIN_ENTRY = /^[\w.-]+:\s+(?:[\w.][^:#]*|"[^"\\]*"|'[^']*')\s*$/;

/** Splits a document as far as its lines show where; flow style and documents with aliases stay whole. */
export function yamlPartsOf(document: Buffer): readonly YamlPart[] {
  return documentsIn(document).flatMap((part) => itemsIn(document, part) ?? [part]);
}

/** A line that starts with `---` starts a document, whatever is before it (YAML 1.2.2, 9.1.2). */
function documentsIn(document: Buffer): readonly YamlPart[] {
  const start = beginsWithByteOrderMark(document) ? BYTE_ORDER_MARK_BYTES : 0;
  const whole: YamlPart = { start, end: document.length, line: 1, key: "" };
  const parts: YamlPart[] = [];
  let begun = whole;
  for (const { at, line } of linesIn(document, whole)) {
    // A directive belongs to the document after the marker.
    if (document[at] === PERCENT) return [whole];
    if (document[at] !== DASH || !MARKER.test(textAt(document, at, document.length))) continue;
    if (at > begun.start) parts.push({ ...begun, end: at });
    begun = { ...whole, start: at, line };
  }
  return [...parts, begun];
}

/**
 * The items of a document's only top-level list, without empty ones except the last, which may be cut; null if the
 * document has other content or several lists.
 */
function itemsIn(document: Buffer, part: YamlPart): readonly YamlPart[] | null {
  const starts: { readonly at: number; readonly line: number }[] = [];
  let key: string | null = null;
  let indent = -1;
  let listEnd: number | null = null;
  for (const { at, line } of linesIn(document, part)) {
    const first = firstOf(document, at);
    const depth = first - at;
    // Most lines are within an item.
    if (indent !== -1 && listEnd === null && depth > indent) continue;
    const text = textAt(document, first, part.end).trimEnd();
    if (text === "" || text.startsWith("#")) continue;
    const isItem = ITEM.test(text);
    if (key !== null && listEnd === null && isItem && (indent === -1 || depth === indent)) {
      indent = depth;
      starts.push({ at, line });
    } else if (depth > 0 || (key !== null && indent === -1)) return null;
    else {
      if (indent !== -1) listEnd ??= at;
      if (key === null && LIST_KEY.test(text)) key = text;
      else if (!PLAIN_ENTRY.test(text) && !BARE_MARKER.test(text)) return null;
    }
  }
  if (key === null || starts.length === 0 || hasAlias(document, part.start, part.end)) return null;
  const head = key;
  const end = listEnd ?? part.end;
  return starts
    .map(({ at, line }, index) => ({ start: at, end: starts[index + 1]?.at ?? end, line, key: head }))
    .filter((item, index) => index === starts.length - 1 || !isEmpty(document, item));
}

function isEmpty(document: Buffer, { start, end }: YamlPart): boolean {
  return end - start < LINE_BYTES && document.toString("latin1", start, end).trim() === "-";
}

function* linesIn(
  document: Buffer,
  { start, end, line: first }: YamlPart,
): Generator<{ readonly at: number; readonly line: number }> {
  let line = first;
  for (let at = start; at < end;) {
    yield { at, line };
    const lineEnd = document.indexOf(LF, at);
    if (lineEnd === -1) return;
    at = lineEnd + 1;
    line += 1;
  }
}

/** The first byte of a line that is not a space. */
function firstOf(document: Buffer, at: number): number {
  let first = at;
  while (document[first] === SPACE) first += 1;
  return first;
}

/** The text of a line, or its start. */
function textAt(document: Buffer, at: number, end: number): string {
  const longest = Math.min(at + LINE_BYTES, end);
  const lineEnd = document.subarray(at, longest).indexOf(LF);
  return document.toString("latin1", at, lineEnd === -1 ? longest : at + lineEnd);
}
