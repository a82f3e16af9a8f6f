// From a source to its reports: source -> chunk -> decoding -> framing -> streams. inspect-stream.ts handles each
// stream: record -> event -> dialect -> facts -> (report, findings) -> view.
import { createDecoding } from "../decoding/decoding.ts";
import { UserError } from "../errors.ts";
import { feed, type Feeding } from "./feed.ts";
import { endedBy } from "../model/ended-by.ts";
import type { Framer, RecordedConnection, StreamHead, StreamSink } from "../framing/framing.ts";
import { createFramer } from "../framing/create-framer.ts";
import { inspectStream, type StreamInspection, type StreamOptions, type StreamResult } from "./inspect-stream.ts";
import type { Report } from "../model/report.ts";
import type { Source } from "../sources/source.ts";
import type { Page } from "../terminal/page.ts";
import { createTurns } from "../terminal/turns.ts";
import type { StreamPlace, View, ViewOptions } from "../views/view.ts";

export interface InspectOptions extends StreamOptions {
  readonly maxEventBytes: number;
  /** Limit on the bytes that compressed input may decompress to. */
  readonly maxDecodedBytes: number;
}

/** Where and how a source is shown. */
export interface Showing {
  readonly view: View;
  readonly options: ViewOptions;
  readonly page: Page;
  /**
   * Gets the report of each stream that was stored by itself, as soon as it is complete; such reports are not returned.
   * While the page's `flush` waits, the source is paused. Left out: all reports are returned.
   */
  readonly taken?: (report: Report) => void;
}

/**
 * Reads a source to its end, or until `interrupt`; shows its streams as they arrive, and returns their reports. There
 * is at least one report, because an input without a stream has one too, except for an empty input whose framing allows
 * that. Throws UserError if the source cannot be read or a named dialect does not fit, OutputClosedError if the page's
 * reader went away.
 */
export async function inspectSource(
  source: Source,
  options: InspectOptions,
  { view, options: viewOptions, page, taken }: Showing,
  interrupt: AbortSignal,
): Promise<readonly Report[]> {
  const streams: Stream[] = [];
  let takenCount = 0;
  const turns = createTurns(page);

  function open(head: StreamHead): StreamSink {
    const { page: turn, done } = turns.next();
    const isOneOfMany = viewOptions.isOneOfMany || head.place !== null;
    const { stallMs } = options.rules;
    const watching = view.create(turn, { ...viewOptions, isOneOfMany, place: placeOf(head), stallMs });
    const inspection = inspectStream(source.name, head, options, watching);
    const { place, recorded = NOT_RECORDED } = head;
    const isTaken = taken !== undefined && head.record !== undefined;
    const stream: Stream = { inspection, isWhole: place === null, recorded, result: null, endTurn: done, isTaken };
    streams.push(stream);
    return {
      ...inspection,
      // A recorder's file may say how the connection ended.
      close(cut) {
        const compression = cut?.compression ?? decoding.fault;
        const stop = cut?.stop ?? recorded.stop;
        const ender = stop === null ? "input-end" : endedBy(stop, true);
        const ending = stop === null && !inspection.isOver() ? interruption : null;
        const rest = { startedAt: null, arrival: null, compression, breaks: [] };
        end(stream, { stop, endedBy: ender, ...ending, ...rest });
      },
    };
  }

  function end(stream: Stream, { stop, endedBy: ender, startedAt, arrival, compression, breaks }: Feeding): void {
    const { isWhole, recorded, inspection } = stream;
    if (inspection === null) return;
    // Free its memory: an archive may have thousands of streams.
    stream.inspection = null;
    const asked = recorded.asked ?? source.asked?.() ?? null;
    const ending = { stop, endedBy: ender, asked, skipped: framer?.skipped?.() ?? {}, compression, breaks };
    const opened = isWhole
      ? { arrival, startedAt }
      : { arrival: recorded.arrival, startedAt: recorded.startedAt ?? null };
    stream.result = inspection.end({ ...ending, ...opened });
    stream.endTurn();
    if (!stream.isTaken) return;
    streams.splice(streams.indexOf(stream), 1);
    takenCount += 1;
    taken?.(stream.result.report);
  }

  /** How Ctrl-C ended the input, now or when it was recorded; null if it did not. */
  let interruption: Pick<Feeding, "stop" | "endedBy"> | null = null;
  let framer: Framer | null = null;
  const decoding = createDecoding(source.name, options.maxDecodedBytes);
  const copy = view.copy?.(page) ?? null;
  const tap = {
    bytes: copy,
    // The bytes are valid only until the next chunk.
    flush: (isFollowed: boolean) => page.flush(isFollowed && copy === null),
    ending(end: Pick<Feeding, "stop" | "endedBy">) {
      if (end.endedBy === "signal") interruption = end;
    },
  };
  const feeding = await feed(
    source,
    decoding,
    (http) => {
      const { readBeside } = source;
      const { maxEventBytes, maxDecodedBytes } = options;
      return (framer = createFramer(options.framing, open, { maxEventBytes, maxDecodedBytes, http, readBeside }));
    },
    tap,
    interrupt,
  );
  // Reading may end before the kind of input is detected.
  if (streams.length + takenCount === 0 && !mayBeEmpty(framer))
    open({ framing: null, wrapping: null, http: null, place: null });
  for (const stream of streams.slice()) end(stream, feeding);
  await page.flush();
  const results = streams.map(({ result }) => result).filter((result) => result !== null);
  if (results.length > 0 && takenCount === 0 && !results.some(({ fits }) => fits)) throw misfit(options.dialect ?? "");
  return results.map(({ report }) => report);
}

/** A function, because the compiler does not see assignments made in a callback. */
function mayBeEmpty(framer: Framer | null): boolean {
  return framer?.mayBeEmpty === true;
}

/** A stream that is not from a recorder's file. */
const NOT_RECORDED: RecordedConnection = { arrival: null, stop: null };

function placeOf({ place, placeOfLine }: StreamHead): StreamPlace | null {
  return place === null ? null : { ...place, ...(placeOfLine !== undefined && { placeOfLine }) };
}

interface Stream {
  /** Null when the stream is over. */
  inspection: StreamInspection | null;
  /** The stream is its entire source, not one of several. */
  readonly isWhole: boolean;
  readonly recorded: RecordedConnection;
  /** Null while the stream goes on. */
  result: StreamResult | null;
  readonly endTurn: () => void;
  /** Its report goes to `taken` when it is over. */
  readonly isTaken: boolean;
}

function misfit(dialect: string): UserError {
  return new UserError(`no event matches the dialect ${dialect}`, "omit the dialect to detect it, or name another one");
}
