// The AI SDK's data stream, as its version 4 sends it: a line for each part, a type code and JSON, `0:"text"`. The code is
// the event's name. https://v4.ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#data-stream-protocol
import { EventTooLargeError } from "../errors.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "./framing.ts";
import { createLineSplitter, type Line } from "./lines.ts";
import { createStrayLines } from "./stray-lines.ts";
import { findInvalidUtf8 } from "./utf-8.ts";

export const aiSdkData: Framing = {
  name: "ai-sdk-data",
  title: 'lines of a type code and JSON, as AI SDK 4 sends: 0:"text"',
  mediaTypes: ["text/plain"],
  detect: beginsWithPart,
  create: createReader,
};

/** `0:"`, `9:{`, `2:[`: what every part of the protocol begins with. */
const PART = /^[0-9a-k]:["{[]/;
const PREFIX_BYTES = 2;
const DETECTION_BYTES = 3;
const LF_BYTES = 1;

function beginsWithPart(head: Uint8Array, complete: boolean): boolean | null {
  const text = Buffer.from(head.subarray(0, DETECTION_BYTES)).toString("latin1");
  if (text.length < DETECTION_BYTES) return !complete && /^(?:[0-9a-k]:?)?$/.test(text) ? null : false;
  return PART.test(text);
}

function createReader(open: OpenStream, { maxEventBytes, http }: FramingOptions): Framer {
  const sink = open({ framing: aiSdkData.name, wrapping: aiSdkData.name, http, place: null });
  let events = 0;
  let atMs: number | null = null;
  const strays = createStrayLines((record) => sink.record(record, atMs));
  const lines = createLineSplitter((line) => {
    checkSize(line);
    readLine(line, LF_BYTES);
  });

  /** Measures each line, whole or as far as it has come, so that the same line is refused at every chunking. */
  function checkSize({ start, end, number, offset }: Line): void {
    if (end - start > maxEventBytes) throw new EventTooLargeError(maxEventBytes, { line: number, offset });
  }

  function readLine(line: Line, lineEndBytes: number): void {
    const { bytes, start, end, number, offset } = line;
    if (start === end) return;
    if (!PART.test(bytes.toString("latin1", start, Math.min(end, start + DETECTION_BYTES)))) return strays.add(line);
    strays.end();
    const from = start + PREFIX_BYTES;
    const data = bytes.toString("utf8", from, end);
    const place = { index: events, line: number, offset };
    const invalid = findInvalidUtf8(data, bytes, from, end);
    if (invalid !== null) {
      sink.defect({ type: "invalid-utf8", text: invalid.excerpt, ...place, offset: offset + invalid.at - start });
    }
    events += 1;
    const event = bytes.toString("latin1", start, start + 1);
    const length = end - start + lineEndBytes;
    sink.record({ type: "event", event, data, lastEventId: "", ...place, length }, atMs);
  }

  return {
    push(bytes, arrivedAtMs) {
      atMs = arrivedAtMs;
      sink.bytes(bytes, atMs);
      lines.push(bytes);
      const rest = lines.rest();
      if (rest !== null) checkSize(rest);
    },
    moveTo: (place) => lines.moveTo(place),
    end() {
      // A last line without a line end is read: whether it is whole, its JSON tells.
      const rest = lines.rest();
      if (rest !== null) readLine(rest, 0);
      strays.end();
      sink.record({ type: "end", bytes: lines.totalBytes, events, lastEventId: "", pending: null }, atMs);
    },
  };
}
