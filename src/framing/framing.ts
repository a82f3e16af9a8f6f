import type { TransportError } from "../errors.ts";
import type { CompressionFault } from "../model/compression-fault.ts";
import type { HttpExchange, HttpHead } from "../model/http-head.ts";
import type { Stop } from "../model/stop.ts";
import type { StretchLength } from "../model/stretch.ts";
import type { Arrival } from "../model/timing.ts";
import type { WireDefect, WireRecord } from "../model/wire.ts";
import type { ReadBeside } from "../sources/beside.ts";
import type { InputPlace } from "./lines.ts";

/**
 * How events are wrapped in bytes. Takes bytes in chunks of any size, opens each stream that it finds in them, and
 * passes on its records, which are the same at every chunking. Implementations are collected in `index.ts`.
 */
export interface Framing {
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /** The content types that fit, the usual one first; empty if any may come. */
  readonly mediaTypes: readonly string[];
  /**
   * Judges the beginning of an input, with a byte order mark already removed: true, false, or null if more bytes are
   * needed. `complete`: `head` is all of the input. `http`: status and headers, if the source is a server.
   */
  detect(head: Uint8Array, complete: boolean, http?: HttpHead | null): boolean | null;
  create(open: OpenStream, options: FramingOptions): Framer;
}

export interface FramingOptions {
  /** The limit on the bytes in the lines of one event, without line ends; from `--max-event-size`. */
  readonly maxEventBytes: number;
  /** The limit on a decompressed body in the input, from `--max-decoded-size`; left out: no separate limit. */
  readonly maxDecodedBytes?: number;
  /** Status and headers of the response, if the source is a server. */
  readonly http: HttpHead | null;
  /** Reads a file that belongs to the input; left out if the input is not a file. */
  readonly readBeside?: ReadBeside | undefined;
}

export interface Framer {
  /**
   * Takes the next bytes, which may be overwritten after the call, and the time at which they arrived, in ms since the
   * source was opened. Throws EventTooLargeError.
   */
  push(bytes: Uint8Array, atMs: number | null): void;
  /**
   * Sets the input place of the next byte, if other bytes come before it: headers, chunk sizes, a prefix. Left out by
   * framings that are never nested in others.
   */
  moveTo?(place: InputPlace): void;
  /**
   * Asynchronous work after `push`, before more is pushed; left out if there is none. `settle` is awaited after each stream
   * that ended meanwhile.
   */
  readonly work?: ((settle?: () => Promise<void>) => Promise<void>) | undefined;
  /** An input without a stream is not an error; otherwise left out. */
  readonly mayBeEmpty?: true;
  /**
   * Asynchronous work after all bytes are in, before `end`, such as loading a rarely needed library. Not called if
   * reading was stopped early. `settle` is awaited after each stream that ended meanwhile, so that its output can be
   * written. Throws UserError if the input cannot be read.
   */
  load?(settle?: () => Promise<void>): Promise<void>;
  /** Ends the input; each stream that is still open ends with its `end` record. */
  end(): void;
  /** What belongs to no stream, so far; left out by framings that skip nothing. */
  skipped?(): Skipped;
}

/** Counts of what belongs to no stream, if streams are found inside something larger; otherwise left out. */
export interface Skipped {
  readonly skippedLines?: number;
  /** Responses of an archive that are not streams. */
  readonly skippedAnswers?: number | undefined;
}

/** Begins a stream; most inputs are one. */
export type OpenStream = (head: StreamHead) => StreamSink;

export interface StreamHead {
  /** The name of the framing that found it; null for a body that is not a stream. */
  readonly framing: string | null;
  /** How its events are wrapped inside that framing: sse, ndjson, json-array. */
  readonly wrapping: string | null;
  readonly http: HttpHead | null;
  /** Where it is, if it is one of many in its input. */
  readonly place: { readonly name: string | null; readonly line: number } | null;
  /**
   * For a stream that was stored by itself: its source, in place of the input; null if its record names none. Such a stream
   * is finished before the next one begins. Otherwise left out.
   */
  readonly record?: { readonly source: string | null };
  /** The input place of a line of the body, if its records count within the body; otherwise left out. */
  readonly placeOfLine?: (line: number) => InputPlace;
  /** What a recording file reports about its connection; left out for other inputs. */
  readonly recorded?: RecordedConnection;
  /** What the input is and what to do, if no dialect recognises its events; or why there is no event. Else left out. */
  readonly instead?: string;
  /** What an input without a stream is, if its last body is reported in its place; otherwise left out. */
  readonly around?: string;
}

/** The connection that a recorded stream came over. */
export interface RecordedConnection {
  /** When it was opened and when its bytes arrived; null if the recording does not contain times. */
  readonly arrival: Arrival | null;
  /** When its request was made, ISO 8601 in UTC; left out if the recorder does not say. */
  readonly startedAt?: string;
  /** The request, if it was recorded without the status of its response; otherwise left out. */
  readonly asked?: HttpExchange["request"];
  /** The response's headers were not recorded, so its content type is unknown; otherwise left out. */
  readonly isTypeUnknown?: true;
  /** What interrupted it; null if it was not interrupted. */
  readonly stop: TransportError | null;
}

/** Why the rest of a body is missing. */
export interface BodyCut {
  /** The limit that was exceeded; null: none. */
  readonly stop: Stop;
  /** The fault in its compression; null: none. */
  readonly compression: CompressionFault | null;
}

/** Takes everything found of one stream, in order. */
export interface StreamSink {
  /**
   * The bytes from which the next records are made; valid during the call. `atMs`: when they arrived, if as one chunk.
   * `offset`: where they are in the input, counted like the offsets of records; left out if there are no events.
   */
  bytes(bytes: Uint8Array, atMs?: number | null, offset?: number): void;
  /** `atMs`: when the bytes that completed it arrived. */
  record(record: WireRecord, atMs: number | null): void;
  defect(defect: WireDefect): void;
  /**
   * Takes events of the same chunk that continue earlier ones and need no record of their own; null if there are none.
   * Left out if every event is needed by itself.
   */
  stretch?(ahead: Ahead): StretchLength | null;
  /** Ends the stream while the input goes on; `cut` is left out if the body is complete. */
  close(cut?: BodyCut): void;
}

/** The rest of a chunk, after an event. */
export interface Ahead {
  /** The whole chunk: the same object each time. */
  readonly bytes: Buffer;
  readonly from: number;
  /** The place of the next event in the stream: its index, its line and its offset. */
  readonly index: number;
  readonly line: number;
  readonly offset: number;
}
