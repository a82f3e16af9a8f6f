// Fixtures whose events an SDK decoded, one JSON object per line, as the frames that Amazon Bedrock sends.
import { chunkFrame, eventFrame, exceptionFrame } from "./frames.ts";

const EXCEPTION = /Exception$/;

/** Frames of `{"messageStop": {…}}` and the like, each named by its only key. */
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
