// Chooses a framing from the first bytes of an input.
import type { HttpHead } from "../model/http-head.ts";
import { createByteBuffer } from "./byte-buffer.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "./framing.ts";
import { type InputPlace, BYTE_ORDER_MARK_BYTES, beginsWithByteOrderMark, mayBecomeByteOrderMark } from "./lines.ts";

const LF = 0x0a;
const CR = 0x0d;
const FIRST_BYTES = 64;
/** Few framings need more bytes to decide; those are asked again each time the input has grown by this factor. */
const MOST_BYTES = 64 * 1024;
const GROWTH = 1.25;

/**
 * A framer of the first of `framings` that fits the first bytes; the last one accepts everything. Bytes are held until
 * the framing is known: one byte is enough for SSE, a first line for NDJSON. `findEvident` names the framing of a
 * beginning that no other one has: asking all of them takes longer, and loads them.
 */
export function createDetectingFramer(
  framings: () => readonly Framing[],
  open: OpenStream,
  options: FramingOptions,
  findEvident: (head: Uint8Array, http: HttpHead | null) => Framing | null = () => null,
): Framer {
  let framer: Framer | null = null;
  const head = createByteBuffer();
  let askAgainAt = MOST_BYTES;
  let atMs: number | null = null;
  /** Input places of held bytes that do not directly follow the bytes before them. */
  let moves: { readonly at: number; readonly place: InputPlace }[] = [];

  /** Passes the held bytes to the framer. */
  function handOn(to: Framer, bytes: Buffer): void {
    let given = 0;
    for (const { at, place } of moves) {
      if (at > given) to.push(bytes.subarray(given, at), atMs);
      given = at;
      to.moveTo?.(place);
    }
    moves = [];
    if (given < bytes.length) to.push(bytes.subarray(given), atMs);
  }

  function detect(bytes: Buffer, complete: boolean): Framer | null {
    if (!complete && mayBecomeByteOrderMark(bytes)) return null;
    const start = beginsWithByteOrderMark(bytes) ? BYTE_ORDER_MARK_BYTES : 0;
    // One object for all: framings cache their findings by it.
    const beginning = bytes.subarray(start);
    const evident = findEvident(beginning, options.http);
    for (const framing of evident === null ? framings() : [evident]) {
      const fits = framing === evident || framing.detect(beginning, complete, options.http);
      if (fits === null) return null;
      if (!fits) continue;
      framer = framing.create(open, options);
      if (framer.work !== undefined) detecting.work = framer.work;
      handOn(framer, bytes);
      head.clear();
      return framer;
    }
    return null;
  }

  const detecting: { -readonly [Key in keyof Framer]: Framer[Key] } = {
    skipped: () => framer?.skipped?.() ?? {},
    push(bytes, arrivedAtMs) {
      if (framer !== null) return framer.push(bytes, arrivedAtMs);
      atMs = arrivedAtMs;
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      // The first chunk decides most inputs, and then need not be kept.
      const isBeginning = head.length === 0;
      const isFirst = head.length <= FIRST_BYTES;
      let isDecided = false;
      try {
        isDecided = isBeginning && detect(chunk, false) !== null;
      } finally {
        // Also if a framing throws: detection runs again at the end of the input.
        if (!isDecided) head.append(chunk);
      }
      if (isDecided) return;
      // The first bytes or a whole line may decide; more bytes alone rarely do. A line may end in CR.
      const endsLine = head.length < MOST_BYTES && (bytes.includes(LF) || bytes.includes(CR));
      if (!isFirst && !endsLine && head.length < askAgainAt) return;
      if (head.length >= askAgainAt) askAgainAt = head.length * GROWTH;
      if (!isBeginning) detect(head.view(), false);
    },
    moveTo(place) {
      if (framer !== null) framer.moveTo?.(place);
      else moves.push({ at: head.length, place });
    },
    async load(settle) {
      await (framer ?? detect(head.view(), true))?.load?.(settle);
    },
    end() {
      (framer ?? detect(head.view(), true))?.end();
    },
  };
  return detecting;
}
