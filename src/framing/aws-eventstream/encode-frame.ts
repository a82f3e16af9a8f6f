// Headers and a payload in, the frame that holds them out: the inverse of `frame.ts`.
// https://smithy.io/2.0/aws/amazon-eventstream.html#amazon-event-stream-specification
import { crc32 } from "./crc-32.ts";
import { CHECKSUM_BYTES, HEADERS_LENGTH_AT, PRELUDE_BYTES, PRELUDE_CHECKSUM_AT } from "./frame.ts";
import { type FrameHeaders, LENGTH_BYTES, TYPES } from "./headers.ts";

/** Returns a frame in which all headers are strings. */
export function encodeFrame(headers: FrameHeaders, payload: Uint8Array): Buffer {
  const block = Buffer.concat(Object.entries(headers).map(([name, value]) => encodeHeader(name, value)));
  const frame = Buffer.alloc(PRELUDE_BYTES + block.length + payload.length + CHECKSUM_BYTES);
  const end = frame.length - CHECKSUM_BYTES;
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(block.length, HEADERS_LENGTH_AT);
  frame.writeUInt32BE(crc32(frame, 0, PRELUDE_CHECKSUM_AT), PRELUDE_CHECKSUM_AT);
  frame.set(block, PRELUDE_BYTES);
  frame.set(payload, PRELUDE_BYTES + block.length);
  frame.writeUInt32BE(crc32(frame, 0, end), end);
  return frame;
}

function encodeHeader(name: string, value: string): Buffer {
  const text = Buffer.from(value);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(text.length);
  const nameBytes = Buffer.from(name);
  return Buffer.concat([Buffer.of(nameBytes.length), nameBytes, Buffer.of(TYPES.string), length, text]);
}
