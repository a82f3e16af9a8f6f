// One whole event for humans: its name, place, time, facts and data.
import { itemOf, wordsOfFact } from "../../event-words/fact-words.ts";
import { kindOfOne } from "../../event-words/kinds.ts";
import type { Fact } from "../../model/facts.ts";
import type { Reading } from "../../model/reading.ts";
import { UNNAMED_EVENT } from "../../model/wire.ts";
import type { Page } from "../../terminal/page.ts";
import { padTo } from "../../terminal/ruler.ts";
import { visibleLine } from "../../terminal/visible.ts";
import { characterCount } from "../../wording/characters.ts";
import { countOf, formatCount } from "../../wording/counts.ts";
import { cut } from "../../wording/cut.ts";
import { fitLine } from "../fit-line.ts";
import { paintOfKind } from "../paints.ts";
import type { StreamPlace } from "../view.ts";
import { writePrettyJson } from "./pretty-json.ts";

const INDENT = "  ";
const KIND_WIDTH = 11;
const SECOND_MS = 1000;
/** Limits on a terminal: characters of a string, and of data that is not JSON. */
const LONGEST_STRING = 500;
const LONGEST_DATA = 10_000;

export interface EventOnPage {
  readonly reading: Reading;
  /** Since the event before it; null if times are not known. */
  readonly sinceMs: number | null;
  readonly place: StreamPlace | null;
}

/** Writes an event. `isWhole`: long strings are not cut; they are cut only on a terminal. */
export function writeEvent(page: Page, { reading, sinceMs, place }: EventOnPage, isWhole: boolean): void {
  const { event, eventType, facts, pending } = reading;
  const isCut = page.isTerminal && !isWhole;
  page.write(`event ${event.index}`, "strong");
  if (eventType !== UNNAMED_EVENT) page.writeInline(`  ${eventType}`, "name");
  if (pending) page.write("  (unterminated)", "warning");
  page.write("\n");
  writeWrapped(page, placeWords(reading, place));
  const times = timeWords(reading, sinceMs);
  if (times !== null) writeWrapped(page, times);
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    page.writeInline(`${INDENT}${name}: ${value}`, "dim");
    page.write("\n");
  }
  for (const fact of facts) writeFact(page, fact, reading, isCut);
  writeData(page, reading, isCut);
}

/** Writes words of the program, and an id of the stream, wrapped to the page width. */
function writeWrapped(page: Page, words: string): void {
  const text = visibleLine(words.toWellFormed());
  const lines = page.columns === null ? [text] : page.ruler.wrap(text, page.columns - INDENT.length);
  for (const line of lines) page.write(`${INDENT}${line}\n`, "dim");
}

/** `line 34, byte 2,048, 162 bytes, sequence 7, id 9` */
function placeWords({ event, sequenceNumber }: Reading, place: StreamPlace | null): string {
  const ofSource = place?.placeOfLine?.(event.line).line;
  const line = formatCount(event.line);
  return [
    ofSource === undefined ? `line ${line}` : `line ${formatCount(ofSource)} (line ${line} of the body)`,
    `byte ${formatCount(event.offset)}`,
    countOf(event.length, "byte"),
    sequenceNumber === null ? null : `sequence number ${sequenceNumber}`,
    event.lastEventId === "" ? null : `id ${event.lastEventId}`,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

/** `at 1.793 s, 1,480 ms after the event before` */
function timeWords({ atMs }: Reading, sinceMs: number | null): string | null {
  if (atMs === null) return null;
  const since = sinceMs === null ? "" : `, ${formatCount(Math.round(sinceMs))} ms after the event before`;
  return `at ${(atMs / SECOND_MS).toFixed(3)} s${since}`;
}

function writeFact(page: Page, fact: Fact, { dialect }: Reading, isCut: boolean): void {
  const kind = kindOfOne(fact, dialect);
  // Data is printed below, so it is not cut to words here.
  const said = wordsOfFact(fact);
  const item = itemOf(fact);
  const words = item === null ? said : `${item} ${said}`;
  page.write(`${INDENT}${padTo(kind, KIND_WIDTH, page.ruler)}`, paintOfKind(kind, [fact]));
  const room = page.columns === null || !isCut ? null : Math.max(page.columns - INDENT.length - KIND_WIDTH, 1);
  page.writeInline(fitLine(words, room, page.ruler));
  page.write("\n");
}

function writeData(page: Page, { event, payload }: Reading, isCut: boolean): void {
  const { data } = event;
  if (data === "") page.write("(no data)\n", "dim");
  else if (payload.type === "object" || payload.type === "json") {
    writePrettyJson(page, data, isCut ? LONGEST_STRING : null);
  } else {
    const isTooLong = isCut && data.length > LONGEST_DATA;
    page.write(isTooLong ? cut(data, LONGEST_DATA) : data);
    if (isTooLong) page.write(` (${formatCount(characterCount(data))} characters)`, "dim");
    page.endLine();
  }
}
