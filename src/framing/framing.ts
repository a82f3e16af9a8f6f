import type { TransportError } from "../errors.ts";
import type { CompressionFault } from "../model/compression-fault.ts";
import type { HttpHead } from "../model/http-head.ts";
import type { Stop } from "../model/stop.ts";
import type { StretchLength } from "../model/stretch.ts";
import type { Arrival } from "../model/timing.ts";
import type { WireDefect, WireRecord } from "../model/wire.ts";
import type { ReadBeside } from "../sources/beside.ts";
import type { InputPlace } from "./lines.ts";

/**
 * How events are wrapped in bytes. Takes bytes in chunks of any size, opens each stream that it finds in them, and hands
 * on its records; they are the same at every chunking. Implementations are collected in `index.ts`.
 */
export interface Framing {
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /** The content types that fit it, the usual one first; empty if any may come. */
  readonly mediaTypes: readonly string[];
  /**
   * Judges the beginning of an input, a byte order mark already removed: true or false, or null where more bytes are
   * needed to tell. `complete` says that `head` is all that will come; `http` is what the server said, if it is one.
   */
  detect(head: Uint8Array, complete: boolean, http?: HttpHead | null): boolean | null;
  create(open: OpenStream, options: FramingOptions): Framer;
}

export interface FramingOptions {
  /** The most bytes that the lines of one event may hold, their line ends not counted; from `--max-event-size`. */
  readonly maxEventBytes: number;
  /** The most bytes that a compressed body in the input may become, from `--max-decoded-size`; left out: no limit of its own. */
  readonly maxDecodedBytes?: number;
  /** What the server said, where the source is one. */
  readonly http: HttpHead | null;
  /** Reads a file that belongs to the input; left out where the input is no file. */
  readonly readBeside?: ReadBeside | undefined;
}

export interface Framer {
  /**
   * Takes the next bytes, which may be overwritten after the call, and the time at which they arrived, in ms since the
   * source was opened. Throws EventTooLargeError.
   */
  push(bytes: Uint8Array, atMs: number | null): void;
  /**
   * Says where in the input the next byte is, if other bytes lie before it: a head, the sizes of chunks, a prefix. Left out
   * by framings that are never found inside of others.
   */
  moveTo?(place: InputPlace): void;
  /**
   * Does what has to be waited for after `push`, before more is pushed; left out where there is nothing of that kind. `settle` is
   * waited for behind each stream that ended meanwhile.
   */
  readonly work?: ((settle?: () => Promise<void>) => Promise<void>) | undefined;
  /** An input without a stream is as good as one with streams; else left out. */
  readonly mayBeEmpty?: true;
  /**
   * Does what has to be waited for before `end`, once all bytes are in: loads a library that few inputs need. It is left out
   * where reading was stopped before. `settle` is waited for behind each stream that ended meanwhile, so that what is shown of
   * it can go out. Throws UserError where the input cannot be read.
   */
  load?(settle?: () => Promise<void>): Promise<void>;
  /** Says that the input is over; each stream that is still open ends with its `end` record. */
  end(): void;
  /** What is of no stream, so far; left out where there is nothing of that kind. */
  skipped?(): Skipped;
}

/** What is of no stream, where streams are dug out of something larger; else left out. */
export interface Skipped {
  readonly skippedLines?: number;
  /** Responses of an archive that are not streams. */
  readonly skippedAnswers?: number | undefined;
}

/** Begins a stream; most inputs are one. */
export type OpenStream = (head: StreamHead) => StreamSink;

export interface StreamHead {
  /** The name of the framing that found it; null for a body that is no stream. */
  readonly framing: string | null;
  /** How its events are wrapped in what that framing took away: sse, ndjson, json-array. */
  readonly wrapping: string | null;
  readonly http: HttpHead | null;
  /** Where it stands, if it is one of many in its input. */
  readonly place: { readonly name: string | null; readonly line: number } | null;
  /**
   * Of a stream that was stored by itself: whose it is, in place of the input; null if its record does not say. It is done with
   * before the next one begins. Else left out.
   */
  readonly record?: { readonly source: string | null };
  /** Where a line of the body is in the input, if its records count within the body; else left out. */
  readonly placeOfLine?: (line: number) => InputPlace;
  /** What a recorder says of its connection; left out if the input is no recorder's file. */
  readonly recorded?: RecordedConnection;
  /** What the input is and what to do, if no dialect knows its events; or why there is no event. Else left out. */
  readonly instead?: string;
  /** What an input without a stream is, whose last body comes in its place; else left out. */
  readonly around?: string;
}

/** The connection that a recorded stream came over. */
export interface RecordedConnection {
  /** When it was opened and its bytes came; null if the recorder does not say. */
  readonly arrival: Arrival | null;
  /** When its request was made, ISO 8601 in UTC; left out if the recorder does not say. */
  readonly startedAt?: string;
  /** What ended it before its end; null if nothing did. */
  readonly stop: TransportError | null;
}

/** What kept the rest of a body away. */
export interface BodyCut {
  /** A limit that it outgrew; null: none. */
  readonly stop: Stop;
  /** What was wrong with its compression; null: nothing. */
  readonly compression: CompressionFault | null;
}

/** Takes what is found of one stream, in its order. */
export interface StreamSink {
  /**
   * The bytes that its records are then made of; valid during the call. `atMs`: when they came, if they came as one chunk.
   * `offset`: where they are in the input, as the offsets of records count; left out if there are no events.
   */
  bytes(bytes: Uint8Array, atMs?: number | null, offset?: number): void;
  /** `atMs`: when the bytes came that completed it. */
  record(record: WireRecord, atMs: number | null): void;
  defect(defect: WireDefect): void;
  /**
   * Takes events that need no record each, for they go on like the one before, of the same chunk; null where there are
   * none. Left out where every event is wanted by itself.
   */
  stretch?(ahead: Ahead): StretchLength | null;
  /** Nothing of it will come any more, though the input goes on; `cut` is left out where all of it came. */
  close(cut?: BodyCut): void;
}

/** The rest of a chunk, behind an event. */
export interface Ahead {
  /** All of the chunk: the same object each time. */
  readonly bytes: Buffer;
  readonly from: number;
  /** Where the next event stands in the stream: its index, its line and its offset. */
  readonly index: number;
  readonly line: number;
  readonly offset: number;
}
