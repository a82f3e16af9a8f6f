// One frame: a prelude (the lengths of the frame and its headers, and a checksum of both), headers, a payload, and a
// checksum of the whole frame. https://smithy.io/2.0/aws/amazon-eventstream.html#amazon-event-stream-specification
import { crc32 } from "./crc-32.ts";
import { readHeaders, type HeaderBlock } from "./headers.ts";

/** Two lengths and their checksum. */
export const PRELUDE_BYTES = 12;
export const CHECKSUM_BYTES = 4;
export const HEADERS_LENGTH_AT = 4;
export const PRELUDE_CHECKSUM_AT = 8;

export interface Prelude {
  /** The length of the frame, including prelude and checksum. */
  readonly length: number;
  readonly headersLength: number;
  readonly checksum: Checksum;
}

export interface Checksum {
  readonly stated: number;
  readonly computed: number;
}

export interface Frame extends HeaderBlock {
  /** Where the payload is in the bytes. */
  readonly start: number;
  readonly end: number;
}

/** Reads the prelude at `at`; all its bytes must be present. */
export function readPrelude(bytes: Buffer, at: number): Prelude {
  return {
    length: bytes.readUInt32BE(at),
    headersLength: bytes.readUInt32BE(at + HEADERS_LENGTH_AT),
    checksum: {
      stated: bytes.readUInt32BE(at + PRELUDE_CHECKSUM_AT),
      computed: crc32(bytes, at, at + PRELUDE_CHECKSUM_AT),
    },
  };
}

/** Whether a frame can have these lengths. */
export function isPossible({ length, headersLength }: Prelude): boolean {
  return headersLength + PRELUDE_BYTES + CHECKSUM_BYTES <= length;
}

export function matches({ stated, computed }: Checksum): boolean {
  return stated === computed;
}

/** The checksum of the whole frame that begins at `at`. */
export function checksumOf(bytes: Buffer, at: number, { length }: Prelude): Checksum {
  const end = at + length - CHECKSUM_BYTES;
  return { stated: bytes.readUInt32BE(end), computed: crc32(bytes, at, end) };
}

/** Writes the checksum of the whole frame that begins at `at`; a wrong checksum stays wrong. */
export function renewChecksum(bytes: Buffer, at: number, prelude: Prelude, wasRight: boolean): void {
  const { computed } = checksumOf(bytes, at, prelude);
  const wrong = (computed ^ 1) >>> 0;
  bytes.writeUInt32BE(wasRight ? computed : wrong, at + prelude.length - CHECKSUM_BYTES);
}

/** Headers and payload of the frame that begins at `at`, as far as its bytes are present. */
export function readFrame(bytes: Buffer, at: number, { length, headersLength }: Prelude): Frame {
  const headersAt = at + PRELUDE_BYTES;
  const start = Math.min(headersAt + headersLength, bytes.length);
  const end = Math.min(at + length - CHECKSUM_BYTES, bytes.length);
  return { ...readHeaders(bytes, headersAt, start), start, end: Math.max(start, end) };
}

/**
 * Where the next frame begins at or after `from`, found by a prelude that matches its checksum; if there is none, the
 * first place at which one may still begin.
 */
export function findPrelude(bytes: Buffer, from: number): { readonly at: number; readonly isFound: boolean } {
  const last = bytes.length - PRELUDE_BYTES;
  for (let at = from; at <= last; at += 1) {
    // A message has at most 24 MiB, so the first byte is 0 or 1.
    if ((bytes[at] ?? 0) > 1) continue;
    const prelude = readPrelude(bytes, at);
    if (isPossible(prelude) && matches(prelude.checksum)) return { at, isFound: true };
  }
  return { at: Math.max(from, last + 1), isFound: false };
}
