// The first bytes of a source, decompressed: whether they are reports decides how the source is read.
import { codingOf, createDecoding } from "../../decoding/decoding.ts";
import { DecodedTooLargeError, UserError } from "../../errors.ts";

/** Enough to find the schema with any indentation. */
export const HEAD_BYTES = 256;
/** Compressed bytes that are looked at: more than any compressor writes before the first decompressed bytes. */
export const MOST_HEAD_BYTES = 256 * 1024;
/** Limit on the decompressed head; the first bytes suffice. */
const MOST_DECODED_BYTES = 1024 * 1024;

/** The decompressed start of `bytes`; not compressed: the bytes themselves. Empty if this Node.js cannot decode them. */
export async function decodedHead(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  if (codingOf(bytes, name, true) === null) return bytes.subarray(0, HEAD_BYTES);
  const decoded: Uint8Array[] = [];
  try {
    // Later bytes overwrite a piece.
    for await (const piece of createDecoding(name, MOST_DECODED_BYTES).push(bytes)) decoded.push(Buffer.from(piece));
  } catch (error) {
    // Reading the source reports what Node.js cannot decode.
    if (!(error instanceof DecodedTooLargeError) && !(error instanceof UserError)) throw error;
  }
  return Buffer.concat(decoded).subarray(0, HEAD_BYTES);
}

/** Whether the first bytes of a source decide; false if more of them may decompress to more. */
export async function isEnoughHead(bytes: Uint8Array, name: string): Promise<boolean> {
  if (bytes.length >= MOST_HEAD_BYTES || codingOf(bytes, name, false) === null) return true;
  return (await decodedHead(bytes, name)).length >= HEAD_BYTES;
}
