// The changes that turn a fixture into an input. Bytes are latin1 text, one character per byte, so that changes edit
// text and no change repairs what an earlier one broke.
import type { Random } from "../mutation/random.ts";
import { hostileText, hostileToken, strayLines } from "./hostile-json.ts";

/** `other`: another fixture, in the same form. */
export type Change = (input: string, random: Random, other: string) => string;

export interface NamedChange {
  readonly name: string;
  readonly change: Change;
}

const LINE_END = /\r\n|\n|\r/;
/** JSON strings with their quotes, including keys. */
const STRING = /"(?:[^"\\\n]|\\.)*"/g;
/** JSON values other than objects and arrays. */
const SCALAR = /(?<=[:[,]\s*)(?:"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)(?=\s*[,}\]])/g;
/** Bytes with a meaning to some parser: line ends, BOM, quotes, invalid UTF-8, gzip and zstd signatures. */
const BYTES = [
  ...Array.from('\0\t\n\r"\\{}[]:, '),
  "\r\n",
  "\n\n",
  "\r\r",
  "\xef\xbb\xbf",
  "\xff",
  "\xc3",
  "\xed\xa0\xbd",
  "\xe2\x80\xa8",
  "\xc2\x85",
  "\xf0\x9f\x91",
  "\x1f\x8b\x08",
  "\x28\xb5\x2f\xfd",
];
const LONGEST_RANGE = 200;
const LONGEST_BURST = 24;
/** The weight of bursts: they are as frequent as this many other changes. */
const BURSTS = 6;
const PLAIN = [" a", "b", "c,", String.raw`\n`, "\xc3\xa9"];
/** Maximum number of texts that are changed together, or alternate in a burst. */
const MOST_TEXTS = 6;

export const changes: readonly NamedChange[] = [
  { name: "a byte is replaced", change: (input, random) => at(input, random, 1, byte(random)) },
  { name: "bytes are added", change: (input, random) => at(input, random, 0, random.pick(BYTES)) },
  { name: "bytes are missing", change: (input, random) => at(input, random, 1 + random.below(LONGEST_RANGE), "") },
  { name: "bytes are repeated", change: repeatRange },
  { name: "the end is missing", change: (input, random) => input.slice(0, random.below(input.length + 1)) },
  { name: "the beginning is missing", change: (input, random) => input.slice(random.below(input.length + 1)) },
  { name: "a line is missing", change: (input, random) => editLines(input, random, () => []) },
  { name: "a line is repeated", change: (input, random) => editLines(input, random, (line) => [line, line]) },
  {
    name: "a line comes from another fixture",
    change: (input, random, other) => editLines(input, random, () => [lineOf(other, random)]),
  },
  {
    name: "a stray line is added",
    change: (input, random) => editLines(input, random, (line) => [random.pick(strayLines), line]),
  },
  { name: "a blank line is added", change: (input, random) => editLines(input, random, (line) => [line, ""]) },
  {
    name: "two lines are joined",
    change: (input, random) => editLines(input, random, (line, next) => [line + next], 2),
  },
  {
    name: "two lines are swapped",
    change: (input, random) => editLines(input, random, (line, next) => [next, line], 2),
  },
  {
    name: "events of another stream follow",
    change: (input, random, other) => input + other.slice(random.below(other.length)),
  },
  { name: "an event is missing", change: (input, random) => editEvents(input, random, () => []) },
  { name: "an event is repeated", change: (input, random) => editEvents(input, random, (event) => [event, event]) },
  { name: "an event is moved", change: moveEvent },
  {
    name: "the first events are missing",
    change: (input, random) => editEvents(input, random, (event) => [event], true),
  },
  {
    name: "line ends are replaced",
    change: (input, random) => input.replaceAll(/\r\n|\n/g, random.pick(["\n", "\r\n", "\r"])),
  },
  { name: "a text is hostile", change: changeTexts },
  { name: "a character is cut in two", change: cutCharacter },
  {
    name: "a value is hostile",
    change: (input, random) => replaceOne(input, SCALAR, random, () => hostileToken(random)),
  },
  {
    name: "a key is replaced",
    change: (input, random) => replaceOne(input, STRING, random, () => keyOf(input, random)),
  },
  ...Array.from({ length: BURSTS }, () => ({ name: "an event becomes a burst", change: burst })),
];

/** Replaces `length` bytes at a random place. */
function at(input: string, random: Random, length: number, replacement: string): string {
  const place = random.below(input.length + 1);
  return input.slice(0, place) + replacement + input.slice(place + length);
}

function byte(random: Random): string {
  return String.fromCharCode(random.below(256));
}

function repeatRange(input: string, random: Random): string {
  const start = random.below(input.length + 1);
  const range = input.slice(start, start + 1 + random.below(LONGEST_RANGE));
  return at(input, random, 0, range);
}

/** Replaces one line, or `count` of them, with the line end of the first. */
function editLines(
  input: string,
  random: Random,
  edit: (line: string, next: string) => readonly string[],
  count = 1,
): string {
  const lineEnd = LINE_END.exec(input)?.[0] ?? "\n";
  const lines = input.split(lineEnd);
  const place = random.below(lines.length);
  lines.splice(place, count, ...edit(lines[place] ?? "", lines[place + 1] ?? ""));
  return lines.join(lineEnd);
}

/** The separator of events; for inputs with one event per line, the line end. */
function betweenEvents(input: string): string {
  return /\r\n\r\n|\n\n|\r\r/.exec(input)?.[0] ?? LINE_END.exec(input)?.[0] ?? "\n";
}

/** Replaces one event; with `isFirst`, drops those before it. */
function editEvents(
  input: string,
  random: Random,
  edit: (event: string) => readonly string[],
  isFirst = false,
): string {
  const between = betweenEvents(input);
  const events = input.split(between);
  const place = random.below(events.length);
  const before = isFirst ? [] : events.slice(0, place);
  return [...before, ...edit(events[place] ?? ""), ...events.slice(place + 1)].join(between);
}

/** Moves an event after another one, or to the end, because events after the end are read, too. */
function moveEvent(input: string, random: Random): string {
  const between = betweenEvents(input);
  const events = input.split(between);
  const [event = ""] = events.splice(random.below(events.length), 1);
  // The last entry is the empty text after the final separator.
  const place = random.below(2) === 0 ? Math.max(events.length - 1, 0) : random.below(events.length + 1);
  events.splice(place, 0, event);
  return events.join(between);
}

function lineOf(input: string, random: Random): string {
  return random.pick(input.split(LINE_END));
}

/** Replaces one match, if there is any. */
function replaceOne(input: string, pattern: RegExp, random: Random, replace: (match: string) => string): string {
  const matches = [...input.matchAll(pattern)];
  if (matches.length === 0) return input;
  const { 0: match, index } = random.pick(matches);
  return input.slice(0, index) + replace(match) + input.slice(index + match.length);
}

function keyOf(input: string, random: Random): string {
  const keys = [...input.matchAll(/"[^"\\\n]*"(?=\s*:)/g)].map(([key]) => key);
  return random.pick([...keys, '"__proto__"', '"constructor"', '""', '"type"']);
}

/** Changes some texts: a character may be split between two of them. */
function changeTexts(input: string, random: Random): string {
  let changed = input;
  for (let count = 1 + random.below(MOST_TEXTS); count > 0; count -= 1) {
    changed = replaceOne(changed, STRING, random, (text) => withText(text, random));
  }
  return changed;
}

/** Ends a text with the first half of a character, and begins the next text of the same key with the second. */
function cutCharacter(input: string, random: Random): string {
  const fields = [...input.matchAll(/"(?<key>[^"\\\n]*)"\s*:\s*"(?:[^"\\\n]|\\.)*"/g)];
  const pairs = fields.flatMap((field, place) => {
    const next = fields.slice(place + 1).find(({ groups }) => groups?.key === field.groups?.key);
    return next === undefined
      ? []
      : [
          {
            end: field.index + field[0].length - 1,
            start: next.index + next[0].indexOf('"', next[0].indexOf(":")) + 1,
          },
        ];
  });
  if (pairs.length === 0) return input;
  const { end, start } = random.pick(pairs);
  const [high, low] = random.pick([
    [String.raw`\ud83d`, String.raw`\udc4b`],
    ["\xed\xa0\xbd", "\xed\xb1\x8b"],
    ["\xf0\x9f", "\x91\x8b"],
  ]);
  return `${input.slice(0, end)}${high}${input.slice(end, start)}${low}${input.slice(start)}`;
}

/** A JSON string with hostile text instead of its own, before it or after it. */
function withText(string: string, random: Random): string {
  const inner = string.slice(1, -1);
  const hostile = hostileText(random);
  return `"${random.pick([hostile, inner + hostile, hostile + inner])}"`;
}

/** Repeats one event with different texts: such events take the fast path. */
function burst(input: string, random: Random): string {
  const blank = betweenEvents(input);
  const events = input.split(blank);
  const place = random.below(events.length);
  const event = events[place] ?? "";
  const strings = [...event.matchAll(/(?<=:\s*)"(?:[^"\\\n]|\\.)*"(?=\s*[,}\]])/g)];
  if (strings.length === 0) return input;
  // The last string is usually the text of the delta.
  const { 0: text, index } = random.below(2) === 0 ? (strings.at(-1) ?? random.pick(strings)) : random.pick(strings);
  const texts = Array.from({ length: 1 + random.below(MOST_TEXTS) }, () => burstText(text, random));
  const copies = Array.from(
    { length: 2 + random.below(LONGEST_BURST) },
    () => event.slice(0, index) + random.pick(texts) + event.slice(index + text.length),
  );
  const first = Number(/"sequence_number":\s*(\d+)/.exec(event)?.[1] ?? NaN);
  const numbered = copies.map((copy, number) =>
    Number.isNaN(first) ? copy : copy.replace(/("sequence_number":\s*)\d+/, `$1${first + number}`),
  );
  events.splice(place, 1, ...numbered);
  return events.join(blank);
}

/** Plain in half of the cases: a stretch consists of plain events, and other events end it. */
function burstText(text: string, random: Random): string {
  return random.below(2) === 0 ? `"${random.pick(PLAIN)}"` : withText(text, random);
}
