// Consecutive events, and how many of them have the shape of one: what the module must find.
import type { DeltaPlaces } from "../../../src/dialects/dialect.ts";
import type { EventLines } from "../../../src/stretch/event-lines.ts";

export const PLACES: DeltaPlaces = { text: "/delta", number: "/sequence_number", padding: "/obfuscation" };
/** The event that defines the shape; its number is 4. */
export const DATA =
  '{"type":"t","sequence_number":4,"item_id":"a.b","delta":"hey","list":[{"x":0} ],"obfuscation":"xY9"}';
export const LINES: EventLines = { before: "event: delta\ndata: ", behind: "\n\n", count: 3 };

export interface Example {
  readonly name: string;
  /** The number that the first event must have. */
  readonly number: number;
  readonly events: readonly string[];
  /** The texts of the first events, which have the shape; the next event has another shape, or there is none. */
  readonly texts: readonly string[];
}

function eventOf(data: string): string {
  return LINES.before + data + LINES.behind;
}

/** An event like `DATA` with other values, written as given. */
function like(number: number | string, text: string, padding = "xY9"): string {
  return eventOf(DATA.replace(":4", `:${number}`).replace("hey", text).replace("xY9", padding));
}

/** Events that all have the shape: the texts as written and as read. */
function allLike(name: string, texts: Readonly<Record<string, string>>, number = 5): Example {
  const events = Object.keys(texts).map((text, index) => like(number + index, text, "x".repeat(index)));
  return { name, number, events, texts: Object.values(texts) };
}

/** An event of another shape, between two of the shape. */
function oneUnlike(name: string, data: string): Example {
  return { name, number: 5, events: [like(5, "first"), eventOf(data), like(7, "third")], texts: ["first"] };
}

const NEXT = DATA.replace(":4", ":6");
const LONG = "sixteen bytes and more than these, up to the third time sixteen";

export const examples: readonly Example[] = [
  allLike("one", { a: "a" }),
  allLike(
    "plain texts of all lengths",
    Object.fromEntries(Array.from(LONG, (_, at) => [LONG.slice(at), LONG.slice(at)])),
  ),
  allLike("numbers that get more digits", { a: "a", b: "b", c: "c", d: "d" }, 8),
  allLike("numbers that get more digits than two", { a: "a", b: "b", c: "c", d: "d" }, 998),
  allLike("all short escapes", {
    [String.raw`\"`]: '"',
    [String.raw`\\`]: "\\",
    [String.raw`\/`]: "/",
    [String.raw`\b`]: "\b",
    [String.raw`\f`]: "\f",
    [String.raw`\n`]: "\n",
    [String.raw`\r`]: "\r",
    [String.raw`\t`]: "\t",
  }),
  allLike("escapes by number", {
    [String.raw`\u0000`]: "\0",
    [String.raw`\u007f\u0080`]: "\u007f\u0080",
    [String.raw`\u07ff\u0800`]: "\u07ff\u0800",
    [String.raw`\ud7ff\uE000\uFFFF`]: "\ud7ff\ue000\uffff",
    [String.raw`\u00e9\u00C9\u0aBf`]: "\u00e9\u00c9\u0abf",
    [String.raw`\ud800\udc00\uDBFF\uDFFF`]: "\u{10000}\u{10ffff}",
    [String.raw`\ud83d\udc4b`]: "👋",
  }),
  allLike("characters of all lengths", {
    "\u007f": "\u007f",
    "\u0080\u07ff": "\u0080\u07ff",
    "\u0800\ud7ff\ue000\uffff": "\u0800\ud7ff\ue000\uffff",
    "\u{10000}\u{10ffff}": "\u{10000}\u{10ffff}",
    "漢字 👋 é": "漢字 👋 é",
  }),
  allLike("texts that stay bytes because they are long", {
    [LONG.repeat(9)]: LONG.repeat(9),
    ["é漢👋".repeat(60)]: "é漢👋".repeat(60),
  }),
  allLike(
    "escapes and characters at all places within sixteen bytes",
    Object.fromEntries(
      Array.from({ length: 17 }, (_, at) => {
        const before = "x".repeat(at);
        return [`${before}\\n${before}é${before}\\u00e9`, `${before}\n${before}é${before}é`];
      }),
    ),
  ),
  {
    name: "spaces before an end",
    number: 5,
    events: [eventOf(`${DATA.replace(":4", ":5").replaceAll("}", "   }")}  `)],
    texts: ["hey"],
  },
  {
    name: "no spaces where there was one",
    number: 5,
    events: [eventOf(DATA.replace(":4", ":5").replace("} ]", "}]"))],
    texts: [],
  },
  { name: "long padding", number: 5, events: [like(5, "a", LONG), like(6, "b", "")], texts: ["a", "b"] },
  { name: "the number before", number: 5, events: [like(4, "a")], texts: [] },
  { name: "an event that is cut", number: 5, events: [like(5, "a"), like(6, "b").slice(0, -1)], texts: ["a"] },
  {
    name: "an event that is cut within a literal",
    number: 5,
    events: [like(5, "a"), like(6, "b").slice(0, 40)],
    texts: ["a"],
  },
  {
    name: "an event that is cut within its text",
    number: 5,
    events: [like(5, LONG.repeat(3)), like(6, LONG).slice(0, 110)],
    texts: [LONG.repeat(3)],
  },
  oneUnlike("another type", NEXT.replace('"t"', '"u"')),
  oneUnlike("an end that differs behind a character of two units", NEXT.replace("hey", "👋").replace("xY9", "é")),
  {
    name: "an end that differs behind a character of two units, after a long text",
    number: 5,
    events: [like(5, LONG.repeat(9)), eventOf(NEXT.replace("hey", "👋").replace("xY9", "é"))],
    texts: [LONG.repeat(9)],
  },
  oneUnlike("another id", NEXT.replace("a.b", "axb")),
  oneUnlike("a last byte of a literal that differs", NEXT.replace('"delta"', '"deltb"')),
  oneUnlike("a space more", NEXT.replace(",", ", ")),
  oneUnlike("an empty text", NEXT.replace("hey", "")),
  oneUnlike("an escape that JSON has not", NEXT.replace("hey", String.raw`\x`)),
  oneUnlike("a text that ends in a backslash", NEXT.replace("hey", "\\")),
  oneUnlike("half an escape", NEXT.replace("hey", String.raw`\u12`)),
  oneUnlike("an escape with a letter that is no digit", NEXT.replace("hey", String.raw`\u12g4`)),
  oneUnlike("an escape with a sign before the digits", NEXT.replace("hey", String.raw`\u/234`)),
  oneUnlike("an escape with a sign behind the digits", NEXT.replace("hey", String.raw`\u:234`)),
  oneUnlike("an escape with a sign before the letters", NEXT.replace("hey", String.raw`\u1@34`)),
  oneUnlike("half a character", NEXT.replace("hey", String.raw`\ud83d`)),
  oneUnlike("half a character and plain text", NEXT.replace("hey", String.raw`\ud83d and more`)),
  oneUnlike("the other half before the first", NEXT.replace("hey", String.raw`\udc4b\ud83d`)),
  oneUnlike("the other half before another", NEXT.replace("hey", String.raw`\udc4b\udc4b`)),
  oneUnlike("half a character before a letter", NEXT.replace("hey", String.raw`\ud83d\u0041`)),
  oneUnlike("half a character before an escape", NEXT.replace("hey", String.raw`\ud83d\ndc4b`)),
  oneUnlike("half a character without a backslash behind", NEXT.replace("hey", String.raw`\ud83d/udc4b`)),
  oneUnlike("half a character before one that is broken", NEXT.replace("hey", String.raw`\ud83d\udcxx`)),
  oneUnlike("a control character", NEXT.replace("hey", "\t")),
  oneUnlike("the last control character", NEXT.replace("hey", "a\u001f")),
  oneUnlike("a line end", NEXT.replace("hey", "\n")),
  oneUnlike("NUL", NEXT.replace("hey", "\0")),
  oneUnlike("a line separator", NEXT.replace("hey", "a\u2028")),
  oneUnlike("a paragraph separator", NEXT.replace("hey", "a\u2029")),
  oneUnlike("a next line", NEXT.replace("hey", "a\u0085")),
  oneUnlike("a text that is no string", NEXT.replace('"hey"', "5")),
  oneUnlike("the number again", DATA.replace(":4", ":5")),
  oneUnlike("the number after the next", DATA.replace(":4", ":7")),
  oneUnlike("a number with a zero in front", DATA.replace(":4", ":06")),
  oneUnlike("a number with a fraction", DATA.replace(":4", ":6.0")),
  oneUnlike("padding that is escaped", NEXT.replace("xY9", String.raw`\n`)),
  oneUnlike("padding with a control character", NEXT.replace("xY9", "a\tb")),
  oneUnlike("padding that is not ASCII", NEXT.replace("xY9", "é")),
  oneUnlike("something behind", `${NEXT}x`),
  oneUnlike("something behind a text that is not ASCII", `${NEXT.replace("hey", "é")}x`),
  oneUnlike("a tab behind", `${NEXT}\t`),
];

/** Bytes that are not UTF-8 (RFC 3629) and must not become text. */
export const brokenBytes: Readonly<Record<string, readonly number[]>> = {
  "a byte that begins no character": [0x80],
  "the last byte that begins no character": [0xbf, 0x80],
  "two bytes for what one says": [0xc1, 0xbf],
  "three bytes for what two say": [0xe0, 0x9f, 0xbf],
  "four bytes for what three say": [0xf0, 0x8f, 0xbf, 0xbf],
  "half of a pair": [0xed, 0xa0, 0x80],
  "the other half of a pair": [0xed, 0xbf, 0xbf],
  "more than the last character": [0xf4, 0x90, 0x80, 0x80],
  "a lead byte beyond the last": [0xf5, 0x80, 0x80, 0x80],
  "a lead byte of five": [0xf8, 0x90, 0x80, 0x80],
  "a character that ends early": [0xe6, 0xbc],
  "a character that another one follows early": [0xe6, 0xc3, 0xa9],
  "a last byte that is too large": [0xc3, 0xc0],
  "a last byte that is too small": [0xc3, 0x7f],
};
