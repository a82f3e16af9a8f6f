// The answers of a recording (a HAR file, a cassette), one after the other, each to a stream of its own where it is one.
import { type HttpHead, mayBeStream } from "../../model/http-head.ts";
import type { FramingOptions, OpenStream, StreamSink } from "../framing.ts";
import { framingOf } from "./entry-body.ts";

/** An answer as it was recorded, with its body decompressed. */
export interface RecordedAnswer {
  readonly method: string;
  /** Without what may be a key. */
  readonly url: string;
  /** Where it stands in the recording. */
  readonly line: number;
  readonly http: HttpHead | null;
  /** The body in the pieces that it came in; recorders that keep no times have one, or none. */
  readonly pieces: readonly RecordedPiece[];
}

/** What came of a body at one time. */
export interface RecordedPiece {
  readonly bytes: Buffer;
  /** In ms since the request; null: not known. */
  readonly atMs: number | null;
}

export interface Recorded {
  take(answer: RecordedAnswer): void;
  /** Says that there are no more; `beginning` is what the document begins with, `bytes` how long it is. */
  end(beginning: Buffer, bytes: number): void;
  /** Answers that are no stream. */
  readonly skippedAnswers: number;
}

/**
 * Opens a stream for each answer that is one. Lines and offsets of its events are those within its body, from 1 and 0. The
 * others are counted; where there is no stream at all, the last error says what there is instead, or the last answer.
 */
export function createRecorded(framing: string, open: OpenStream, options: FramingOptions): Recorded {
  let skippedAnswers = 0;
  let hasStream = false;
  let failure: RecordedAnswer | null = null;
  let last: RecordedAnswer | null = null;

  return {
    take(answer) {
      last = answer;
      const { http, line, method, pieces, url } = answer;
      const body = pieces.length === 1 ? pieces[0]?.bytes : Buffer.concat(pieces.map(({ bytes }) => bytes));
      const wrapping = mayBeStream(http) ? framingOf(body ?? Buffer.alloc(0), http, url) : null;
      if (!mayBeStream(http)) failure = answer;
      if (wrapping === null) {
        skippedAnswers += 1;
        return;
      }
      hasStream = true;
      const place = { name: `${method} ${url}`.trim() || null, line };
      let opened: StreamSink | null = null;
      const openHere: OpenStream = (head) => {
        opened = open({ ...head, framing, place });
        return opened;
      };
      const framer = wrapping.create(openHere, { ...options, http });
      for (const { bytes, atMs } of pieces) framer.push(bytes, atMs);
      framer.end();
      close(opened);
    },
    end(beginning, bytes) {
      if (hasStream) return;
      const shown = failure ?? last;
      const sink = open({ framing, wrapping: null, http: shown?.http ?? null, place: null });
      for (const piece of shown?.pieces ?? [{ bytes: beginning }]) sink.bytes(piece.bytes);
      sink.record({ type: "end", bytes, events: 0, lastEventId: "", pending: null }, null);
    },
    get skippedAnswers() {
      return skippedAnswers;
    },
  };
}

/** What was opened by a callee is known to the compiler here only. */
function close(sink: StreamSink | null): void {
  sink?.close();
}
