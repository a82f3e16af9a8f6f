// Converts fixtures of events decoded by an SDK, one JSON object per line, to Amazon Bedrock's frames.
import { chunkFrame, eventFrame, exceptionFrame } from "./frames.ts";

const EXCEPTION = /Exception$/;

/** Frames of objects such as `{"messageStop": {…}}`, each named by its only key. */
export function framesOfMembers(lines: Uint8Array): Buffer {
  return Buffer.concat(
    objectsIn(lines).map((event) => {
      const [[name, payload] = ["", null]] = Object.entries(event);
      return EXCEPTION.test(name) ? exceptionFrame(name, payload) : eventFrame(name, payload);
    }),
  );
}

/** Frames that wrap each object. */
export function framesOfChunks(lines: Uint8Array): Buffer {
  return Buffer.concat(objectsIn(lines).map(chunkFrame));
}

function objectsIn(lines: Uint8Array): object[] {
  const text = Buffer.from(lines).toString("utf8").trim();
  return text.split("\n").map((line): object => JSON.parse(line));
}
