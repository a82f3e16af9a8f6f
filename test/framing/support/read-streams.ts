// A document of several streams in, the head and records of each out: runs a framing that loads something, as feed
// does.
import { UserError } from "../../../src/errors.ts";
import type { Framing, StreamHead } from "../../../src/framing/framing.ts";
import type { WireRecord } from "../../../src/model/wire.ts";
import { type Piece, sinkInto } from "./read-records.ts";

export interface ReadStream {
  readonly head: StreamHead;
  readonly records: WireRecord[];
  /** The time of each record. */
  readonly times: (number | null)[];
  /** The bytes from which its records were made. */
  body: string;
  isClosed: boolean;
}

const NO_LIMIT = 2 ** 30;
const SCRIBBLE = 0x78;

/** Reads the chunks, each of which is overwritten after its push. Throws what the framing throws. */
export async function readStreams(
  framing: Framing,
  pieces: Iterable<Piece>,
  maxEventBytes = NO_LIMIT,
  maxDecodedBytes = Infinity,
): Promise<{ readonly streams: ReadStream[]; readonly skippedAnswers: number | undefined }> {
  const streams: ReadStream[] = [];
  const framer = framing.create(
    (head) => {
      const stream: ReadStream = { head, records: [], times: [], body: "", isClosed: false };
      streams.push(stream);
      return {
        ...sinkInto(stream.records),
        bytes(bytes) {
          stream.body += Buffer.from(bytes).toString();
        },
        record(record, atMs) {
          stream.records.push(record);
          stream.times.push(atMs);
        },
        close() {
          stream.isClosed = true;
        },
      };
    },
    { maxEventBytes, maxDecodedBytes, http: null },
  );
  for (const piece of pieces) {
    const lent = Buffer.from(piece);
    framer.push(lent, null);
    lent.fill(SCRIBBLE);
  }
  await framer.load?.();
  framer.end();
  return { streams, skippedAnswers: framer.skipped?.().skippedAnswers };
}

/** The message of the UserError that ends the reading. Throws if there is none, or another error. */
export async function refusalOf(framing: Framing, input: Piece, maxEventBytes = NO_LIMIT): Promise<string> {
  try {
    await readStreams(framing, [input], maxEventBytes);
  } catch (error) {
    if (error instanceof UserError) return `${error.message}; ${error.hint}`;
    throw error;
  }
  throw new Error("it was read");
}

/** Whether it is read, or refused with a UserError. Throws any other error. */
export async function isReadOrRefused(framing: Framing, input: Piece): Promise<boolean> {
  try {
    await readStreams(framing, [input]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  return true;
}
