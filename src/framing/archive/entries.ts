// The responses of an archive, one by one: each response that is a stream becomes a stream of its own.
import { LimitError } from "../../errors.ts";
import { countOf } from "../../wording/counts.ts";
import { type HttpHead, mayBeStream } from "../../model/http-head.ts";
import type { BodyCut, Framing, FramingOptions, OpenStream, RecordedConnection, StreamSink } from "../framing.ts";
import type { InputPlace } from "../lines.ts";
import { sse } from "../sse.ts";
import type { BodyPiece, EntryBody } from "./compressed-body.ts";
import { framingOf } from "./entry-body.ts";

/** One entry, with its body decompressed. */
export interface ArchivedResponse {
  readonly method: string;
  /** Without secrets. */
  readonly url: string;
  /** Its line in the archive. */
  readonly line: number;
  readonly http: HttpHead | null;
  /** Where the lines of the body are in the archive, if it is text there; else where the body is, or nothing. */
  readonly bodyLines: readonly InputPlace[] | FindBodyLines;
  /** How the body is framed, if known without looking at it; else left out. */
  readonly wrapping?: Framing;
  /** Why there is no body, if known; else left out. */
  readonly missing?: string;
  /** The recorder stopped before it wrote the body; else left out. */
  readonly isCut?: boolean;
  /** The body in chunks as they came: at most one if the recorder keeps no times. */
  readonly body: EntryBody;
  readonly recorded: RecordedConnection;
}

/** Finds where the lines or frames of a body start in the archive; records of a framing are counted by them. */
export type FindBodyLines = (framing: string) => readonly InputPlace[];

export interface Entries {
  /** Reads one entry; awaits `settle` after each large amount of data. */
  take(response: ArchivedResponse, settle?: () => Promise<void>): Promise<void>;
  /** Ends the entries; `bytes` is the length of the document. */
  end(bytes: number): void;
  /** Responses that are not streams. */
  readonly skippedAnswers: number;
}

/** Bytes of a body from which its framing is detected. */
const HEAD_BYTES = 1024 ** 2;

/**
 * Opens a stream for each response that is one. Lines and offsets of its events count within its body, from 1 and 0.
 * Other responses are counted; if there is no stream at all, the last error, or the last response, explains what there
 * is instead.
 */
export function createEntries(
  { name: framing, kind }: { readonly name: string; readonly kind: string },
  open: OpenStream,
  options: FramingOptions,
): Entries {
  let skippedAnswers = 0;
  let responses = 0;
  let hasStream = false;
  let failure: Shown | null = null;
  let last: Shown | null = null;

  /** Opens a stream for a body in `wrapping`, and gives a function that closes it. */
  function openIn(wrapping: Framing, response: ArchivedResponse, missing: string | null) {
    const { http, line, method, recorded, url } = response;
    const place = { name: `${method} ${url}`.trim() || null, line };
    const shared = { framing, place, placeOfLine: placeOfLine(response, wrapping.name), recorded };
    let opened: StreamSink | null = null;
    const openHere: OpenStream = (head) => {
      opened = open({ ...head, ...shared, ...(missing !== null && { instead: missing }) });
      return opened;
    };
    return { framer: wrapping.create(openHere, { ...options, http }), close: (cut?: BodyCut) => close(opened, cut) };
  }

  return {
    async take(response, settle) {
      responses += 1;
      const { body, http } = response;
      const rest = iterate(body.pieces());
      const head = await takeHead(rest);
      last = { http, head, cut: body.cut };
      const first = head.length === 1 ? head[0]?.bytes : Buffer.concat(head.map(({ bytes }) => bytes));
      // If the limit leaves nothing of a body, its framing is unknown.
      const unread = head.length === 0 && (body.cut?.stop ?? null) !== null ? sse : null;
      const wrapping = mayBeStream(http) ? (wrappingOf(response, first ?? Buffer.alloc(0)) ?? unread) : null;
      if (!mayBeStream(http)) failure = last;
      if (wrapping === null) {
        skippedAnswers += 1;
        return;
      }
      hasStream = true;
      const isEmpty = head.length === 0;
      const { framer, close } = openIn(
        wrapping,
        response,
        isEmpty ? (response.missing ?? describeMissing(kind)) : null,
      );
      try {
        for (const { bytes, atMs } of head) framer.push(bytes, atMs);
        for await (const { bytes, atMs } of rest) {
          await settle?.();
          framer.push(bytes, atMs);
        }
        framer.end();
        close(body.cut);
      } catch (error) {
        // It ends this stream; the next one may be smaller.
        if (!(error instanceof LimitError)) throw error;
        close({ stop: error, compression: null });
      }
    },
    end(bytes) {
      if (hasStream) return;
      const shown = failure ?? last;
      const around = describeNone(kind, responses);
      const sink = open({ framing, wrapping: null, http: shown?.http ?? null, place: null, around });
      for (const piece of shown?.head ?? []) sink.bytes(piece.bytes);
      sink.record({ type: "end", bytes, events: 0, lastEventId: "", pending: null }, null);
      if (shown?.cut !== undefined) sink.close(shown.cut);
    },
    get skippedAnswers() {
      return skippedAnswers;
    },
  };
}

/** The parts of a response that are shown if it is not a stream. */
interface Shown {
  readonly http: HttpHead | null;
  readonly head: readonly BodyPiece[];
  readonly cut: BodyCut | undefined;
}

/** A body of one chunk is there already. */
async function* iterate(pieces: Iterable<BodyPiece> | AsyncIterable<BodyPiece>): AsyncGenerator<BodyPiece> {
  yield* pieces;
}

/** The first chunks, as many as are needed to detect the framing. */
async function takeHead(pieces: AsyncGenerator<BodyPiece>): Promise<readonly BodyPiece[]> {
  const head: BodyPiece[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await pieces.next();
    if (next.done === true) break;
    head.push(next.value);
    length += next.value.bytes.length;
  }
  return head;
}

/** The framing of a response whose body starts with `head`; one cut before its body becomes a cut SSE stream. */
function wrappingOf(response: ArchivedResponse, head: Buffer): Framing | null {
  return response.wrapping ?? (response.isCut === true ? sse : framingOf(head, response));
}

/** Browsers drop the bodies of streams that are still open, or that a page reads itself. */
function describeMissing(kind: string): string {
  return `no body is recorded for this response in the ${kind}: record it with curl -N, or with a proxy that keeps bodies`;
}

function describeNone(kind: string, responses: number): string {
  if (responses === 0) return `a ${kind} without a recorded response`;
  return `a ${kind} with ${countOf(responses, "response")}, none of which is an event stream with a recorded body`;
}

/** For an unknown line, the place of the last known one before it; for a body without places, that of the entry. */
function placeOfLine({ bodyLines, line }: ArchivedResponse, framing: string): (bodyLine: number) => InputPlace {
  const places = typeof bodyLines === "function" ? bodyLines(framing) : bodyLines;
  return (bodyLine) => places[Math.min(bodyLine, places.length) - 1] ?? { line, offset: 0 };
}

/** The compiler cannot see that a callee opened it. */
function close(sink: StreamSink | null, cut?: BodyCut): void {
  sink?.close(cut);
}
