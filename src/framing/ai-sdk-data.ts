// The AI SDK 4 data stream: one line per part, with a type code and JSON, `0:"text"`. The code becomes the event type.
// https://v4.ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#data-stream-protocol
import { createLineEventFramer, type LineEvent } from "./event-a-line.ts";
import type { Framing } from "./framing.ts";
import type { Line } from "./lines.ts";

export const aiSdkData: Framing = {
  name: "ai-sdk-data",
  title: 'lines of a type code and JSON, as AI SDK 4 sends: 0:"text"',
  mediaTypes: ["text/plain"],
  detect: beginsWithPart,
  create: (open, options) => createLineEventFramer(aiSdkData.name, readPart, open, options),
};

/** Every part of the protocol begins like this: `0:"`, `9:{`, `2:[`. */
const PART = /^[0-9a-k]:["{[]/;
/** The code and the colon before the JSON of a line. */
export const PREFIX_BYTES = 2;
const DETECTION_BYTES = 3;

function beginsWithPart(head: Uint8Array, complete: boolean): boolean | null {
  const text = Buffer.from(head.subarray(0, DETECTION_BYTES)).toString("latin1");
  if (text.length < DETECTION_BYTES) return !complete && /^(?:[0-9a-k]:?)?$/.test(text) ? null : false;
  return PART.test(text);
}

function readPart({ bytes, start, end }: Line): LineEvent | "stray" | null {
  if (start === end) return null;
  if (!PART.test(bytes.toString("latin1", start, Math.min(end, start + DETECTION_BYTES)))) return "stray";
  return { event: bytes.toString("latin1", start, start + 1), start: start + PREFIX_BYTES, end };
}
