// The responses of an archive, one after the other: each that is a stream becomes a stream of its own.
import { countOf } from "../../wording/counts.ts";
import { type HttpHead, mayBeStream } from "../../model/http-head.ts";
import type { Framing, FramingOptions, OpenStream, RecordedConnection, StreamSink } from "../framing.ts";
import type { InputPlace } from "../lines.ts";
import { framingOf } from "./entry-body.ts";

/** One entry, with its body decompressed. */
export interface ArchivedResponse {
  readonly method: string;
  /** Without what may be a key. */
  readonly url: string;
  /** Its line in the archive. */
  readonly line: number;
  readonly http: HttpHead | null;
  /** Where the lines of the body are in the archive, if it is written there as text; else where the body is, or nothing. */
  readonly bodyLines: readonly InputPlace[] | FindBodyLines;
  /** How the body is framed, if that is known without looking at it; else left out. */
  readonly wrapping?: Framing;
  /** Why there is no body, if that is known; else left out. */
  readonly missing?: string;
  /** The body in the pieces in which it came: one, or none, if the recorder keeps no times. */
  readonly pieces: readonly BodyPiece[];
  readonly recorded: RecordedConnection;
}

/** Finds where in the archive the lines of a body begin, or its frames: what records of a framing are counted by. */
export type FindBodyLines = (framing: string) => readonly InputPlace[];

/** What came of a body at one time. */
export interface BodyPiece {
  readonly bytes: Buffer;
  /** In ms since the request; null: not known. */
  readonly atMs: number | null;
}

export interface Entries {
  take(response: ArchivedResponse): void;
  /** Says that there are no more; `bytes` is how long the document is. */
  end(bytes: number): void;
  /** Responses that are no stream. */
  readonly skippedAnswers: number;
}

/**
 * Opens a stream for each response that is one. Lines and offsets of its events are those within its body, from 1 and 0. The
 * others are counted; where there is no stream at all, the last error says what there is instead, or the last response.
 */
export function createEntries(
  { name: framing, kind }: { readonly name: string; readonly kind: string },
  open: OpenStream,
  options: FramingOptions,
): Entries {
  let skippedAnswers = 0;
  let responses = 0;
  let hasStream = false;
  let failure: ArchivedResponse | null = null;
  let last: ArchivedResponse | null = null;

  return {
    take(response) {
      last = response;
      responses += 1;
      const { http, line, method, pieces, recorded, url } = response;
      const body = pieces.length === 1 ? pieces[0]?.bytes : Buffer.concat(pieces.map(({ bytes }) => bytes));
      const wrapping = mayBeStream(http) ? (response.wrapping ?? framingOf(body ?? Buffer.alloc(0), response)) : null;
      if (!mayBeStream(http)) failure = response;
      if (wrapping === null) {
        skippedAnswers += 1;
        return;
      }
      hasStream = true;
      const place = { name: `${method} ${url}`.trim() || null, line };
      let opened: StreamSink | null = null;
      const openHere: OpenStream = (head) => {
        const missing = pieces.length === 0 && { instead: response.missing ?? describeMissing(kind) };
        opened = open({
          ...head,
          framing,
          place,
          placeOfLine: placeOfLine(response, wrapping.name),
          recorded,
          ...missing,
        });
        return opened;
      };
      const framer = wrapping.create(openHere, { ...options, http });
      for (const { bytes, atMs } of pieces) framer.push(bytes, atMs);
      framer.end();
      close(opened);
    },
    end(bytes) {
      if (hasStream) return;
      const shown = failure ?? last;
      const around = describeNone(kind, responses);
      const sink = open({ framing, wrapping: null, http: shown?.http ?? null, place: null, around });
      for (const piece of shown?.pieces ?? []) sink.bytes(piece.bytes);
      sink.record({ type: "end", bytes, events: 0, lastEventId: "", pending: null }, null);
    },
    get skippedAnswers() {
      return skippedAnswers;
    },
  };
}

/** Browsers do not keep the bodies of streams that are still open, or that a page reads itself. */
function describeMissing(kind: string): string {
  return `no body is recorded for this response in the ${kind}: record it with curl -N, or with a proxy that keeps bodies`;
}

function describeNone(kind: string, responses: number): string {
  if (responses === 0) return `a ${kind} without a recorded response`;
  return `a ${kind} with ${countOf(responses, "response")}, none of which is an event stream with a recorded body`;
}

/** Of a line that is not known, the last one before it; of a body without places, the entry. */
function placeOfLine({ bodyLines, line }: ArchivedResponse, framing: string): (bodyLine: number) => InputPlace {
  const places = typeof bodyLines === "function" ? bodyLines(framing) : bodyLines;
  return (bodyLine) => places[Math.min(bodyLine, places.length) - 1] ?? { line, offset: 0 };
}

/** What was opened by a callee is known to the compiler here only. */
function close(sink: StreamSink | null): void {
  sink?.close();
}
