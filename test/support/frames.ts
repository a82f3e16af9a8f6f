// Binary frames as Amazon Bedrock sends them. The checksums are zlib's, not the program's own.
import { crc32 } from "node:zlib";

/** The header block of strings. */
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

/** A frame with an event; `payload` is written as JSON, or as it is if it is text. */
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
