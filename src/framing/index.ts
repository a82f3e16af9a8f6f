// The framings, and the choice of one: named by the user, or guessed from the first bytes.
import { mayBeStream } from "../model/http-head.ts";
import { createBodyFramer } from "./body.ts";
import { cassette } from "./archive/cassette.ts";
import { curl } from "./curl.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "./framing.ts";
import { createGuessingFramer } from "./guess.ts";
import { har } from "./archive/har.ts";
import { jsonArray } from "./json-array.ts";
import { log } from "./log.ts";
import { ndjson } from "./ndjson.ts";
import { sse } from "./sse.ts";

/** In the order in which they are guessed; `sse` takes what no other does. */
export const framings = [curl, har, cassette, jsonArray, log, ndjson, sse] as const satisfies readonly Framing[];

/** A framer that is the one named, or, where `name` is null, the first one that fits the first bytes. */
export function createFramer(name: string | null, open: OpenStream, options: FramingOptions): Framer {
  if (!mayBeStream(options.http)) return createBodyFramer(open, options);
  const named = framings.find((framing) => framing.name === name);
  return named === undefined ? createGuessingFramer(framings, open, options) : named.create(open, options);
}
