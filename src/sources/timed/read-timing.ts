// Reads the timing file beside a capture line by line.
import { createReadStream } from "node:fs";
import { UserError } from "../../errors.ts";
import type { Coding, CompressionFault } from "../../model/compression-fault.ts";
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import { asMs, type OpeningTimes } from "../../model/timing.ts";
import { asExchange } from "./recorded-exchange.ts";
import { TIMING_SCHEMA, type TimedChunk, type TimingEnd, type TimingHeader, timingPathOf } from "./timing-file.ts";

export interface Timing {
  readonly header: TimingHeader;
  /** The chunks in order. Leaving the loop early closes the file. */
  readonly chunks: AsyncIterable<TimedChunk>;
  /** After the last chunk: how the recording ended; null if it was killed. */
  end(): TimingEnd | null;
}

/**
 * Opens the times of a capture; null if the file is empty or ends within its header, because the recording was killed.
 * Throws UserError if the file is not valid.
 */
export async function openTiming(capturePath: string): Promise<Timing | null> {
  const path = timingPathOf(capturePath);
  const lines = readObjects(path);
  const first = await lines.next();
  if (first.done === true) return null;
  const header = asHeader(first.value);
  if (header === null) {
    await lines.return();
    throw unfit(path, "it does not start with a header");
  }
  let end: TimingEnd | null = null;

  async function* chunks(): AsyncGenerator<TimedChunk> {
    let offset = 0;
    for await (const line of lines) {
      const chunk = asChunk(line);
      if (end !== null || (chunk !== null && chunk.offset !== offset)) {
        throw unfit(path, `its chunks have a gap or an overlap at byte ${offset}`);
      }
      if (chunk === null) end = asEnd(line) ?? fail(unfit(path, "one of its lines has no times"));
      else {
        offset += chunk.length;
        yield chunk;
      }
    }
  }

  return { header, chunks: chunks(), end: () => end };
}

/** The UserError for a timing file that does not fit its capture. */
export function unfit(path: string, reason: string): UserError {
  return new UserError(
    `cannot use ${path}: ${reason}`,
    "it holds the times of the capture beside it: move it away to read the capture without times",
  );
}

/** Leaves out an incomplete last line: the recording was killed while writing it. */
async function* readObjects(path: string): AsyncGenerator<JsonObject, void> {
  let hasBroken = false;
  for await (const text of readLines(path)) {
    const object = hasBroken ? null : parseObject(text);
    if (hasBroken) throw unfit(path, "one of its lines is not a JSON object");
    if (object === null) hasBroken = true;
    else yield object;
  }
}

/** Limit on a line. The longest line is the header, which contains all response headers. */
const MOST_CHARACTERS = 4 * 1024 ** 2;

async function* readLines(path: string): AsyncGenerator<string, void> {
  let rest = "";
  for await (const piece of createReadStream(path, { encoding: "utf8" })) {
    const lines = `${rest}${piece}`.split(/\r?\n/);
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > MOST_CHARACTERS) throw unfit(path, "one of its lines is too long");
  }
  if (rest !== "") yield rest;
}

function parseObject(text: string): JsonObject | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

function asHeader({ schema, source, startedAt, exchange, opening }: JsonObject): TimingHeader | null {
  if (schema !== TIMING_SCHEMA) return null;
  return {
    schema,
    source: asString(source) ?? "",
    startedAt: asString(startedAt),
    exchange: asExchange(asObject(exchange)),
    opening: asOpening(asObject(opening)),
  };
}

function asOpening(opening: JsonObject | null): OpeningTimes | null {
  if (opening === null) return null;
  return { connectMs: asMs(opening.connectMs), tlsMs: asMs(opening.tlsMs), headMs: asMs(opening.headMs) };
}

function asChunk({ offset, length, ms }: JsonObject): TimedChunk | null {
  const chunk = { offset: asIndex(offset), length: asIndex(length), ms: asMs(ms) };
  return chunk.offset === null || chunk.length === null || chunk.ms === null
    ? null
    : { offset: chunk.offset, length: chunk.length, ms: chunk.ms };
}

function asEnd({ end, ms, heldBackMs, error, compression }: JsonObject): TimingEnd | null {
  const endMs = asMs(ms);
  if (endMs === null || (end !== "complete" && end !== "interrupted" && end !== "failed")) return null;
  const failure = asObject(error);
  const fault = asFault(asObject(compression));
  return {
    end,
    ms: endMs,
    heldBackMs: asMs(heldBackMs) ?? 0,
    error:
      failure === null ? null : { code: asString(failure.code) ?? "UNKNOWN", message: asString(failure.message) ?? "" },
    ...(fault !== null && { compression: fault }),
  };
}

const CODINGS: readonly Coding[] = ["gzip", "deflate", "brotli", "zstd"];

function asFault(fault: JsonObject | null): CompressionFault | null {
  const coding = CODINGS.find((known) => known === fault?.coding);
  const decodedBytes = asIndex(fault?.decodedBytes);
  if (coding === undefined || decodedBytes === null || (fault?.type !== "cut" && fault?.type !== "damaged"))
    return null;
  return { coding, type: fault.type, reason: asString(fault.reason) ?? "", decodedBytes };
}

function fail(error: Error): never {
  throw error;
}
