// The checksum of AWS event streams: CRC-32 as in gzip and PNG. https://www.rfc-editor.org/rfc/rfc1952#section-8
import { crc32 as crc32Of } from "node:zlib";

/** The CRC-32 of the bytes from `start` to `end`. */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  return crc32Of(bytes.subarray(start, end));
}
