// Reads the streams of an input like the program: framed, unwrapped, each in its detected dialect.
import { createDecoding } from "../../src/decoding/decoding.ts";
import { createInterpreter } from "../../src/dialects/interpreter.ts";
import { createFramer } from "../../src/framing/create-framer.ts";
import type { StreamSink } from "../../src/framing/framing.ts";
import type { Reading } from "../../src/model/reading.ts";

const MEBIBYTE = 1024 ** 2;

export interface StreamRead {
  /** Null if it has no event. */
  readonly dialect: string | null;
  readonly readings: readonly Reading[];
}

/** All streams of an input with this name, each with its readings. */
export async function streamsOf(name: string, bytes: Uint8Array): Promise<StreamRead[]> {
  const ends: (() => StreamRead)[] = [];
  function open(): StreamSink {
    const readings: Reading[] = [];
    const interpreter = createInterpreter(null, (reading) => readings.push(reading));
    ends.push(() => ({ dialect: interpreter.end().dialect?.name ?? null, readings }));
    return {
      bytes() {},
      record(record, atMs) {
        if (record.type === "event") interpreter.read(record, atMs, false);
      },
      defect() {},
      close() {},
    };
  }
  const framer = createFramer(null, open, { maxEventBytes: 64 * MEBIBYTE, http: null });
  const decoding = createDecoding(name, 64 * MEBIBYTE);
  for await (const decoded of decoding.push(bytes)) framer.push(decoded, null);
  for await (const decoded of decoding.end()) framer.push(decoded, null);
  await framer.load?.();
  framer.end();
  return ends.map((end) => end());
}
