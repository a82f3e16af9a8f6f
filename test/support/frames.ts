// Binary frames as Amazon Bedrock sends them. The checksums are zlib's, not the program's own.
import { crc32 } from "node:zlib";

/** A header block with string values. */
export function headerBlock(headers: Readonly<Record<string, string>>): Buffer {
  const STRING = 7;
  return Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const head = Buffer.from([Buffer.byteLength(name), ...Buffer.from(name), STRING, 0, 0]);
      head.writeUInt16BE(Buffer.byteLength(value), head.length - 2);
      return Buffer.concat([head, Buffer.from(value)]);
    }),
  );
}

/** A frame of a header block and a payload. */
export function frameOf(headers: Buffer, payload: string | Buffer): Buffer {
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(prelude.length + headers.length + Buffer.byteLength(payload) + 4, 0);
  prelude.writeUInt32BE(headers.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const frame = Buffer.concat([prelude, headers, Buffer.from(payload)]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(frame), 0);
  return Buffer.concat([frame, checksum]);
}

/** The frame with another length in its prelude, and a matching checksum. */
export function withLength(frame: Buffer, length: number): Buffer {
  const changed = Buffer.from(frame);
  changed.writeUInt32BE(length, 0);
  changed.writeUInt32BE(crc32(changed.subarray(0, 8)), 8);
  return changed;
}

/** A frame with an event; `payload` is written as JSON, or unchanged if it is text. */
export function eventFrame(name: string, payload: unknown): Buffer {
  const headers = headerBlock({
    ":event-type": name,
    ":content-type": "application/json",
    ":message-type": "event",
  });
  return frameOf(headers, typeof payload === "string" ? payload : JSON.stringify(payload));
}

/** A frame that wraps a model's own event. */
export function chunkFrame(inner: unknown): Buffer {
  return eventFrame("chunk", { bytes: Buffer.from(JSON.stringify(inner)).toString("base64"), p: "abc" });
}

/** A frame with an exception of the service. */
export function exceptionFrame(name: string, payload: unknown): Buffer {
  const headers = headerBlock({
    ":exception-type": name,
    ":content-type": "application/json",
    ":message-type": "exception",
  });
  return frameOf(headers, JSON.stringify(payload));
}

/** A frame, read independently of the program. */
export interface ReadFrame {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
  readonly checksum: number;
  /** Both checksums match the bytes. */
  readonly isRight: boolean;
  /** The number of bytes of the frame. */
  readonly length: number;
}

/** Reads whole frames; headers that are not text are left out. */
export function framesIn(bytes: Buffer): ReadFrame[] {
  const frames: ReadFrame[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    const frame = bytes.subarray(at, at + bytes.readUInt32BE(at));
    const payloadAt = 12 + frame.readUInt32BE(4);
    const checksum = frame.readUInt32BE(frame.length - 4);
    const isRight = crc32(frame.subarray(0, 8)) === frame.readUInt32BE(8) && crc32(frame.subarray(0, -4)) === checksum;
    const headers = textsIn(frame.subarray(12, payloadAt));
    frames.push({
      headers,
      payload: frame.toString("utf8", payloadAt, frame.length - 4),
      checksum,
      isRight,
      length: frame.length,
    });
  }
  return frames;
}

function textsIn(block: Buffer): Record<string, string> {
  const STRING = 7;
  const headers: Record<string, string> = {};
  for (let at = 0; at < block.length;) {
    const nameEnd = at + 1 + (block[at] ?? 0);
    if (block[nameEnd] !== STRING) break;
    const end = nameEnd + 3 + block.readUInt16BE(nameEnd + 1);
    headers[block.toString("utf8", at + 1, nameEnd)] = block.toString("utf8", nameEnd + 3, end);
    at = end;
  }
  return headers;
}
