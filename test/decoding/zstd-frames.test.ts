// The boundaries of zstd frames, with a decoder that passes its input on in place of the library's.
import { describe, expect, test } from "vitest";
import type { Decoder } from "../../src/decoding/decoder.ts";
import type { CompressionFault } from "../../src/model/compression-fault.ts";
import { createFramesDecoder } from "../../src/decoding/zstd-frames.ts";
import { chunkings } from "../support/chunkings.ts";

interface FrameOptions {
  readonly hasChecksum?: boolean;
  readonly isSingleSegment?: boolean;
  /** Bits 6 and 7 of the descriptor: how the size of the content is written. */
  readonly sizeFlag?: 0 | 1 | 2 | 3;
  readonly dictionaryFlag?: 0 | 1 | 2 | 3;
}

const RAW_BLOCK = 0;
const RLE_BLOCK = 1;

/** A frame of these blocks, as in RFC 8878, 3.1.1. */
function frame(blocks: readonly Buffer[], options: FrameOptions = {}): Buffer {
  const { hasChecksum = false, isSingleSegment = false, sizeFlag = 0, dictionaryFlag = 0 } = options;
  const descriptor = (sizeFlag << 6) | (isSingleSegment ? 0x20 : 0) | (hasChecksum ? 0x04 : 0) | dictionaryFlag;
  const headerBytes =
    (isSingleSegment ? 0 : 1) +
    ([0, 1, 2, 4][dictionaryFlag] ?? 0) +
    ([isSingleSegment ? 1 : 0, 2, 4, 8][sizeFlag] ?? 0);
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, descriptor]),
    Buffer.alloc(headerBytes, 0xaa),
    ...blocks,
    Buffer.alloc(hasChecksum ? 4 : 0, 0xbb),
  ]);
}

function block(type: number, size: number, content: string, isLast: boolean): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((isLast ? 1 : 0) | (type << 1) | (size << 3), 0, 3);
  return Buffer.concat([header, Buffer.from(content)]);
}

const frames = [
  frame([block(RAW_BLOCK, 3, "abc", true)]),
  frame([block(RAW_BLOCK, 1, "a", false), block(RLE_BLOCK, 1000, "b", true)], { hasChecksum: true }),
  frame([block(RAW_BLOCK, 0, "", true)], { isSingleSegment: true }),
  frame([block(RAW_BLOCK, 2, "xy", true)], { sizeFlag: 3, dictionaryFlag: 3, hasChecksum: true }),
  frame([block(RAW_BLOCK, 2, "xy", true)], { sizeFlag: 1, dictionaryFlag: 1, isSingleSegment: true }),
  Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 5, 0, 0, 0]), Buffer.from("other")]),
  Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]),
];
const all = Buffer.concat(frames);

interface Decoded {
  /** The input of each frame's decoder. */
  readonly frames: Buffer[];
  readonly fault: CompressionFault | null;
}

async function decode(pieces: readonly Uint8Array[]): Promise<Decoded> {
  const given: Buffer[][] = [];
  const decoder = createFramesDecoder((): Decoder => {
    const own: Buffer[] = [];
    given.push(own);
    return {
      async *push(bytes) {
        own.push(Buffer.from(bytes));
        yield bytes;
      },
      async *end() {},
      fault: null,
    };
  });
  for (const piece of pieces) for await (const _ of decoder.push(piece));
  for await (const _ of decoder.end());
  return { frames: given.map((own) => Buffer.concat(own)), fault: decoder.fault };
}

describe.each(chunkings)("arriving $name", ({ cut }) => {
  test("each frame is decoded by itself, including skippable ones", async () => {
    expect(await decode(cut(all))).toEqual({ frames, fault: null });
  });

  test("bytes after a frame that do not start another are damage", async () => {
    const { frames, fault } = await decode(cut(Buffer.concat([all, Buffer.from("garbage")])));
    expect(Buffer.concat(frames).subarray(0, all.length)).toEqual(all);
    expect(fault).toMatchObject({ coding: "zstd", type: "damaged", reason: "the next bytes are not a zstd frame" });
  });
});

test("A cut anywhere except between frames is reported", async () => {
  const borders = new Set<number>([0]);
  let end = 0;
  for (const { length } of frames) borders.add((end += length));
  for (let length = 0; length <= all.length; length += 1) {
    const { fault } = await decode([all.subarray(0, length)]);
    expect(fault?.type ?? null, `cut at byte ${length}`).toBe(borders.has(length) ? null : "cut");
  }
});
