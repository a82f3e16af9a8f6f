// Decodes zstd frame by frame (RFC 8878, 3): the library stops after the first frame and does not report a cut one.
import type { Decoder } from "./decoder.ts";
import type { CompressionFault } from "../model/compression-fault.ts";

const MAGIC_NUMBER = 0xfd2fb528;
/** A frame with application data; the last four bits are free. */
const SKIPPABLE_MAGIC_NUMBER = 0x184d2a50;
const FREE_BITS = 0xf;
const WORD_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;
const RLE_BLOCK = 1;

/** What the walk over a frame needs next. */
type Step =
  /** Read this many bytes. */
  | { readonly type: "read"; readonly bytes: number }
  /** Skip this many bytes. */
  | { readonly type: "skip"; readonly bytes: number }
  /** The frame ends here. */
  | { readonly type: "end" }
  /** No frame begins here. */
  | { readonly type: "damage" };

/** Decodes each frame with its own decoder. */
export function createFramesDecoder(createFrameDecoder: () => Decoder): Decoder {
  const walk = walkFrames();
  let step = nextStep(walk);
  /** The bytes received for the current `read` step. */
  let held: Buffer = Buffer.alloc(0);
  let skippedBytes = 0;
  let frame: Decoder | null = null;
  let decodedBytes = 0;
  let fault: CompressionFault | null = null;

  async function* counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      decodedBytes += piece.length;
      yield piece;
    }
  }

  /** Takes the bytes that the current step needs; returns how many it took. */
  function take(bytes: Buffer): number {
    if (step.type !== "read" && step.type !== "skip") return 0;
    const missing = step.bytes - (step.type === "read" ? held.length : skippedBytes);
    const length = Math.min(missing, bytes.length);
    if (step.type === "read") held = Buffer.concat([held, bytes.subarray(0, length)]);
    else skippedBytes += length;
    if (length === missing) {
      const read = held;
      held = Buffer.alloc(0);
      skippedBytes = 0;
      step = nextStep(walk, read);
    }
    return length;
  }

  async function* endFrame(): AsyncGenerator<Uint8Array> {
    if (frame === null) return;
    yield* counted(frame.end());
    fault = found(frame.fault);
    frame = null;
  }

  function found(inFrame: CompressionFault | null): CompressionFault | null {
    return inFrame === null ? null : { ...inFrame, decodedBytes };
  }

  function faultOf(type: CompressionFault["type"], reason: string): CompressionFault {
    return { coding: "zstd", type, reason, decodedBytes };
  }

  return {
    async *push(bytes) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let start = 0;
      while (fault === null && start < chunk.length) {
        let end = start;
        while (end < chunk.length && step.type !== "end" && step.type !== "damage") end += take(chunk.subarray(end));
        if (step.type === "damage") fault = faultOf("damaged", "the next bytes are not a zstd frame");
        else {
          frame ??= createFrameDecoder();
          yield* counted(frame.push(chunk.subarray(start, end)));
          fault = found(frame.fault);
          start = end;
          if (step.type === "end") {
            if (fault === null) yield* endFrame();
            step = nextStep(walk);
          }
        }
      }
    },
    async *end() {
      if (fault !== null || frame === null) return;
      yield* counted(frame.end());
      fault = found(frame.fault) ?? faultOf("cut", "unexpected end of file");
    },
    get fault() {
      return fault;
    },
  };
}

function nextStep(walk: Generator<Step, never, Buffer>, read: Buffer = Buffer.alloc(0)): Step {
  return walk.next(read).value;
}

function* walkFrames(): Generator<Step, never, Buffer> {
  for (;;) {
    const magicNumber = (yield { type: "read", bytes: WORD_BYTES }).readUInt32LE();
    if ((magicNumber & ~FREE_BITS) >>> 0 === SKIPPABLE_MAGIC_NUMBER) {
      const size = (yield { type: "read", bytes: WORD_BYTES }).readUInt32LE();
      if (size > 0) yield { type: "skip", bytes: size };
    } else if (magicNumber === MAGIC_NUMBER) yield* walkFrame();
    else for (;;) yield { type: "damage" };
    yield { type: "end" };
  }
}

/** The frame after its magic number: header, blocks, and a checksum if it has one. */
function* walkFrame(): Generator<Step, void, Buffer> {
  const descriptor = (yield { type: "read", bytes: 1 }).readUInt8();
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const hasChecksum = (descriptor & 0x04) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 0x03] ?? 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  const headerBytes = (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
  if (headerBytes > 0) yield { type: "skip", bytes: headerBytes };
  for (let isLast = false; !isLast;) {
    const header = (yield { type: "read", bytes: BLOCK_HEADER_BYTES }).readUIntLE(0, BLOCK_HEADER_BYTES);
    const size = ((header >>> 1) & 0x03) === RLE_BLOCK ? 1 : header >>> 3;
    isLast = (header & 1) === 1;
    if (size > 0) yield { type: "skip", bytes: size };
  }
  if (hasChecksum) yield { type: "skip", bytes: WORD_BYTES };
}
