// One payload a line (NDJSON, JSON Lines): each line that is not blank is an event's data.
import { EventTooLargeError } from "../errors.ts";
import type { WireRecord } from "../wire.ts";
import type { Framer, Framing, FramingLimits } from "./framing.ts";
import { createLineSplitter, type Line } from "./lines.ts";

const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const LF = 0x0a;
/** Of a CRLF only the first byte counts, as in every event's length. */
const LINE_END_BYTES = 1;
const WHITESPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** A first line longer than this is judged by its beginning alone. */
const GUESS_BYTES = 64 * 1024;

export const ndjson: Framing = {
  name: "ndjson",
  title: "one JSON payload a line",
  guess: looksLikeJsonLines,
  create: createJsonLinesReader,
};

/** A first line that opens and closes an object: a JSON document printed over several lines is none. */
function looksLikeJsonLines(head: Uint8Array, complete: boolean): boolean | null {
  const start = head.findIndex((byte) => !WHITESPACE.has(byte));
  if (start === -1) return complete ? false : null;
  if (head[start] !== OPENING_BRACE) return false;
  const lineEnd = head.indexOf(LF, start);
  if (lineEnd === -1 && !complete) return head.length >= GUESS_BYTES ? true : null;
  let last = (lineEnd === -1 ? head.length : lineEnd) - 1;
  while (last > start && WHITESPACE.has(head[last] ?? 0)) last -= 1;
  return last > start && head[last] === CLOSING_BRACE;
}

function createJsonLinesReader(emit: (record: WireRecord) => void, limits: FramingLimits): Framer {
  let events = 0;
  const lines = createLineSplitter((line) => readLine(line, LINE_END_BYTES));

  function readLine(line: Line, lineEndBytes: number): void {
    const data = line.bytes.toString("utf8", line.start, line.end).trim();
    if (data === "") return;
    const { number, offset } = line;
    const length = line.end - line.start + lineEndBytes;
    emit({ type: "event", event: "message", data, lastEventId: "", index: events, line: number, offset, length });
    events += 1;
  }

  return {
    push(bytes) {
      lines.push(bytes);
      if (lines.carriedBytes > limits.maxEventBytes) {
        const place = { line: lines.lineNumber, offset: lines.totalBytes - lines.carriedBytes };
        throw new EventTooLargeError(limits.maxEventBytes, place);
      }
    },
    end() {
      // A last line without a line end is a whole line here: NDJSON does not ask for one.
      const rest = lines.rest();
      if (rest !== null) readLine(rest, 0);
      emit({ type: "end", bytes: lines.totalBytes, events, lastEventId: "", pending: null });
    },
  };
}
