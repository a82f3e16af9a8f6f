// Whether a recogniser finds what the examples expect.
import type { WireEvent } from "../../../src/model/wire.ts";
import type { Recogniser } from "../../../src/stretch/recogniser.ts";

import { brokenBytes, DATA, type Example, LINES, PLACES } from "./events.ts";
import { shapeOf } from "./shape-of.ts";

export const EVENT: WireEvent = {
  type: "event",
  event: "delta",
  data: DATA,
  lastEventId: "",
  index: 0,
  line: 1,
  offset: 0,
  length: 0,
};

/** One for all examples: its leftover state must not affect later searches. */
const SHAPE = shapeOf(EVENT, PLACES, LINES) ?? noShape();

/** Another shape, which is in the module's memory too. */
const OTHER_DATA = DATA.replace('"t"', '"another"');
const OTHER = shapeOf({ ...EVENT, data: OTHER_DATA }, PLACES, LINES) ?? noShape();

function noShape(): never {
  throw new Error("the example has no shape");
}

export interface Seen {
  readonly events: number;
  readonly text: string;
  readonly length: number;
  readonly characters: number;
  readonly lastFrom: number;
  readonly end: number;
}

const NOTHING: Seen = { events: 0, text: "", length: 0, characters: 0, lastFrom: 0, end: 0 };

/** What a recogniser finds in the events of an example. */
export function seen(recogniser: Recogniser, { events, number }: Example): Seen {
  recogniser.find(OTHER, Buffer.from(LINES.before + OTHER_DATA + LINES.behind), 0, 4);
  const written = Buffer.from(events.join(""));
  const found = recogniser.find(SHAPE, written, 0, number);
  if (found === null) return NOTHING;
  return { ...found, text: found.text.toString(), length: found.text.length, characters: found.text.characters };
}

/** What it should find. */
export function wanted({ events, texts }: Example): Seen {
  if (texts.length === 0) return NOTHING;
  const text = texts.join("");
  const sizes = events.map((event) => Buffer.byteLength(event));
  const sizeOf = (count: number) => sizes.slice(0, count).reduce((sum, size) => sum + size, 0);
  const [lastFrom, end] = [sizeOf(texts.length - 1), sizeOf(texts.length)];
  return { events: texts.length, text, length: text.length, characters: Array.from(text).length, lastFrom, end };
}

/** The names of broken characters that a recogniser accepts. */
export function brokenButFound(recogniser: Recogniser): string[] {
  return Object.entries(brokenBytes)
    .filter(([, bytes]) => {
      const [before = "", behind = ""] = (LINES.before + DATA.replace(":4", ":5") + LINES.behind).split("hey");
      const event = Buffer.concat([Buffer.from(before), Buffer.from([0x61, ...bytes, 0x61]), Buffer.from(behind)]);
      return recogniser.find(SHAPE, event, 0, 5) !== null;
    })
    .map(([name]) => name);
}

/** The places at which three events may be cut so that a recogniser finds a wrong number of them. */
export function cutsNotNoticed(recogniser: Recogniser): number[] {
  const events = [5, 6, 7].map((number) => LINES.before + DATA.replace(":4", `:${number}`) + LINES.behind);
  const [size = 0] = events.map((event) => event.length);
  const whole = Buffer.from(events.join(""));
  return [...whole.keys()].filter((cut) => {
    // The rest is in memory, where a search that goes too far would find it.
    recogniser.find(SHAPE, Buffer.from(whole), 0, 5);
    const found = recogniser.find(SHAPE, whole.subarray(0, cut), 0, 5);
    return (found?.events ?? 0) !== Math.floor(cut / size);
  });
}
