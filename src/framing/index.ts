// The framings, and the choice of one: named by the user, or guessed from the first bytes.
import type { WireRecord } from "../wire.ts";
import { createByteBuffer } from "./byte-buffer.ts";
import type { Framer, Framing, FramingLimits } from "./framing.ts";
import { BYTE_ORDER_MARK_BYTES, beginsWithByteOrderMark, mayBecomeByteOrderMark } from "./lines.ts";
import { ndjson } from "./ndjson.ts";
import { sse } from "./sse.ts";

/** In the order in which they are guessed; `sse` takes what no other does. */
export const framings = [ndjson, sse] as const satisfies readonly Framing[];

export interface GuessingFramer extends Framer {
  /** The name of the framing, null while the bytes do not tell yet. */
  readonly name: string | null;
}

/**
 * A framer that is the one named, or, where `name` is null, the first one that fits the first bytes. Those are held
 * until it is clear which: one byte tells for SSE, a first line for NDJSON.
 */
export function createFramer(
  name: string | null,
  emit: (record: WireRecord) => void,
  limits: FramingLimits,
): GuessingFramer {
  let chosen = framings.find((framing) => framing.name === name) ?? null;
  let framer = chosen?.create(emit, limits) ?? null;
  const head = createByteBuffer();

  function guess(complete: boolean): Framer | null {
    const bytes = head.view();
    if (!complete && mayBecomeByteOrderMark(bytes)) return null;
    const start = beginsWithByteOrderMark(bytes) ? BYTE_ORDER_MARK_BYTES : 0;
    for (const framing of framings) {
      const fits = framing.guess(bytes.subarray(start), complete);
      if (fits === null) return null;
      if (!fits) continue;
      chosen = framing;
      framer = framing.create(emit, limits);
      framer.push(bytes);
      head.clear();
      return framer;
    }
    return null;
  }

  return {
    get name() {
      return chosen?.name ?? null;
    },
    push(bytes) {
      if (framer !== null) return framer.push(bytes);
      head.append(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      guess(false);
    },
    end() {
      (framer ?? guess(true))?.end();
    },
  };
}
