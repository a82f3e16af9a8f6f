// Streams of deltas in bursts, each in the style of one server. Some events differ from the others in ways that a
// reader which looks at only a few bytes would miss.
import * as fc from "fast-check";
import * as protocols from "./protocols.ts";
import type { Fields, Protocol } from "./protocols.ts";

/** How one server writes JSON and lines. */
export interface Manner {
  readonly order: readonly number[];
  readonly comma: string;
  readonly colon: string;
  readonly isAscii: boolean;
  readonly lineEnd: string;
  readonly space: string;
  /** The data of an event is on two lines. */
  readonly isSplit: boolean;
}

const manner: fc.Arbitrary<Manner> = fc.record({
  order: fc.oneof(fc.constant([]), fc.array(fc.nat(9), { maxLength: 9 })),
  comma: fc.constantFrom(",", ",", ", "),
  colon: fc.constantFrom(":", ":", ": "),
  isAscii: fc.boolean(),
  lineEnd: fc.constantFrom("\n", "\n", "\n", "\n", "\r\n"),
  space: fc.constantFrom(" ", " ", " ", " ", ""),
  isSplit: fc.constantFrom(false, false, false, false, true),
});

const text = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[ -~]{1,8}$/) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
  // Halves of characters, separators, line ends, quotes, controls.
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "",
      '"',
      "\\",
      "\n",
      "\r\n",
      "é",
      "漢字",
      "👋",
      "\ud83d",
      "\udc4b",
      "\u2028",
      "\u0085",
      "\0",
    ),
  },
);

/** A change to one event of a burst: to its fields, or to how it is written. */
const changes: Readonly<Record<string, { fields?: (fields: Fields) => Fields; written?: (event: string) => string }>> =
  {
    "no field less": { fields: (fields) => fields.slice(0, -1) },
    "a field more": { fields: (fields) => [...fields, ["extra", "x"]] },
    "another order": { fields: (fields) => fields.toReversed() },
    "a key twice": { fields: (fields) => [...fields, ...fields.slice(-2)] },
    "a key that hides another": { fields: (fields) => [...fields, ["delta", "other"], ["choices", []]] },
    "a key with a slash": { fields: (fields) => [["choices/0/delta/content", "x"], ["delta/text", "y"], ...fields] },
    "another type": { fields: (fields) => fields.map(([key, value]) => [key, key === "type" ? "error" : value]) },
    "an empty line of data behind": { written: (event) => event.replace(/(\r?\n)(?=\1?$)/, "$1data:$1") },
    "an empty line of data before": { written: (event) => event.replace(/data:/, "data:\ndata:") },
    "an empty text": { written: (event) => event.replace(/"(delta|content|text)":( ?)"[^"]*"/, '"$1":$2""') },
    "a text that is none": { written: (event) => event.replace(/"(delta|content|text)":( ?)"[^"]*"/, '"$1":$2 5') },
    "a number that is none": {
      written: (event) => event.replace(/"sequence_number":( ?)\d+/, '"sequence_number":$1"7"'),
    },
    "a number with a fraction": { written: (event) => event.replace(/("sequence_number": ?\d+)/, "$1.0") },
    "a number with a zero in front": { written: (event) => event.replace(/("sequence_number": ?)(\d+)/, "$10$2") },
    "a number left out": { written: (event) => event.replace(/"sequence_number": ?\d+,/, "") },
    "a number again": { written: (event) => event.replace(/("sequence_number": ?)\d+/, "$11") },
    "a huge number": { written: (event) => event.replace(/("sequence_number": ?)\d+/, "$19007199254740993") },
    "a finish reason": { written: (event) => event.replace(/"finish_reason": ?null/, '"finish_reason":"stop"') },
    "another id": { written: (event) => event.replace(/msg_1|chatcmpl-1/, "msg_2") },
    "another index": { written: (event) => event.replace(/index": ?0/, 'index":1') },
    "broken JSON": { written: (event) => event.replace("}", "") },
    "a quote more": { written: (event) => event.replace('":', '"":') },
    "an escape that is none": { written: (event) => event.replace(/"(delta|content|text)":( ?)"/, '"$1":$2"\\x') },
    "a tab in a text": { written: (event) => event.replace(/"(delta|content|text)":( ?)"/, '"$1":$2"\t') },
    "no blank line": { written: (event) => event.replace(/\n\r?\n$/, "\n") },
    "two blank lines": { written: (event) => `${event}\n` },
    "a comment": { written: (event) => `: keep-alive\n\n${event}` },
    "a comment within": { written: (event) => event.replace("data:", ": within\ndata:") },
    "an id": { written: (event) => `id: 7\n${event}` },
    "a retry": { written: (event) => `retry: 7\n${event}` },
    "no space": { written: (event) => event.replace("data: ", "data:") },
    "two spaces": { written: (event) => event.replace("data: ", "data:  ") },
    "data in two lines": { written: (event) => event.replace("data: {", "data: {\ndata: ") },
    "a second line without its field": { written: (event) => event.replace(/\{(\r?\n)data: ?/, "{$1") },
    "another line end": { written: (event) => event.replaceAll("\n", "\r\n") },
    "another name": { written: (event) => event.replace(/^event: .*/, "event: other") },
    "no name": { written: (event) => event.replace(/^event: .*\n/, "") },
    "a name without data": { written: (event) => `event: nothing\n\n${event}` },
    "spaces before the end": { written: (event) => event.replace(/\}(\n+)$/, "  } $1") },
    "spaces within": { written: (event) => event.replace(/[}\]]/, "  $&") },
    "[DONE]": { written: (event) => `data: [DONE]\n\n${event}` },
    "bytes that are no UTF-8": { written: (event) => event.replace(/"(delta|content|text)":( ?)"/, '"$1":$2"\u0000') },
  };

/** Placeholder in the text for a byte that UTF-8 does not have. */
const STRAY = "\u0000";
const STRAY_BYTE = 0xff;

/** The items that take turns in a burst: mostly one; in the others two to five, in order or in any. */
const turns = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom([0], [0], [0], [1]) },
  { weight: 1, arbitrary: fc.constantFrom([0, 1], [2, 0, 1], [0, 1, 2, 3, 4]) },
  { weight: 1, arbitrary: fc.array(fc.nat(4), { minLength: 2, maxLength: 40 }) },
);

const burst = fc.record({
  texts: fc.array(text, { minLength: 1, maxLength: 60 }),
  turns,
  padding: fc.constantFrom("aB3", "", "é", 'quo"te'),
  change: fc.option(fc.record({ name: fc.constantFrom(...Object.keys(changes)), at: fc.nat(30), length: fc.nat(4) })),
});

export const anyStream: fc.Arbitrary<Uint8Array> = fc
  .record({
    protocol: fc.constantFrom(protocols.responses, protocols.responses, ...Object.values(protocols)),
    manner,
    bursts: fc.array(burst, { minLength: 1, maxLength: 6 }),
    isEnded: fc.boolean(),
  })
  .map(({ protocol, manner, bursts, isEnded }) => {
    let written = protocol.before.map((fields) => write(protocol, fields, { ...manner, order: [] })).join("");
    let number = protocol.before.length;
    for (const { texts, turns, padding, change } of bursts) {
      texts.forEach((text, place) => {
        const item = turns[place % turns.length] ?? 0;
        const isChanged = change !== null && place >= change.at && place <= change.at + change.length;
        const { fields = same, written: rewrite = same } = (isChanged ? changes[change.name] : undefined) ?? {};
        written += rewrite(write(protocol, fields(protocol.delta(text, number, padding, item)), manner));
        number += 1;
      });
    }
    if (isEnded) for (const fields of protocol.after(number)) written += write(protocol, fields, manner);
    return Buffer.from(written).map((byte) => (byte === STRAY.charCodeAt(0) ? STRAY_BYTE : byte));
  });

function same<Thing>(thing: Thing): Thing {
  return thing;
}

/** An event as written by a protocol in a style. */
export function write(
  protocol: Protocol,
  fields: Fields,
  { order, lineEnd, space, isSplit, ...manner }: Manner,
): string {
  const kind = fields.find(([key]) => key === "type")?.[1];
  const name = protocol.name(typeof kind === "string" ? kind : "message");
  const json = writeJson(shuffle(fields, order), manner);
  if (protocol.isLines) return json + lineEnd;
  const data = isSplit ? json.replace("{", `{${lineEnd}data:${space}`) : json;
  const nameLine = name === null ? "" : `event:${space}${name}${lineEnd}`;
  return `${nameLine}data:${space}${data}${lineEnd}${lineEnd}`;
}

/** Moves fields to the front, one after the other. */
function shuffle(fields: Fields, order: readonly number[]): Fields {
  const shuffled = [...fields];
  for (const place of order) shuffled.unshift(...shuffled.splice(place % shuffled.length, 1));
  return shuffled;
}

function writeJson(fields: Fields, { comma, colon, isAscii }: Pick<Manner, "comma" | "colon" | "isAscii">): string {
  const written = fields.map(([key, value]) => `${JSON.stringify(key)}${colon}${JSON.stringify(value)}`).join(comma);
  const json = `{${written}}`;
  if (!isAscii) return json;
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
