// Reads a stream with stretches, or event by event. Both must give the same result.
import { Writable } from "node:stream";
import type { StreamHead, StreamSink } from "../../src/framing/framing.ts";
import { ndjson } from "../../src/framing/ndjson.ts";
import { sse } from "../../src/framing/sse.ts";
import { inspectStream, type StreamInspection } from "../../src/pipeline/inspect-stream.ts";
import type { Report } from "../../src/model/report.ts";
import { DEFAULT_POLICY } from "../../src/rules/policy.ts";
import { channels } from "../../src/model/text-kinds.ts";
import { createPage } from "../../src/terminal/page.ts";
import { text } from "../../src/views/text.ts";

export interface Read {
  readonly report: Report;
  /** The output of the text view for all channels. */
  readonly shown: string;
  /** How many events were read in stretches. */
  readonly eventsInStretches: number;
  readonly stretches: number;
}

/** The time of the first chunk, late enough for a buffering server, and the interval between chunks. */
const START_MS = 60_000;
const PERIOD_MS = 7;
const MAX_EVENT_BYTES = 64 * 1024 ** 2;

/** NDJSON starts with this brace; other input is SSE. */
const OPENING_BRACE = 0x7b;

/** Reads chunks at fixed times. `takesStretches` false: reads every event separately. */
export async function readChunks(
  chunks: readonly Uint8Array[],
  takesStretches: boolean,
  maxEventBytes = MAX_EVENT_BYTES,
): Promise<Read> {
  const framing = chunks[0]?.[0] === OPENING_BRACE ? ndjson : sse;
  const written: Buffer[] = [];
  const page = createPage(
    new Writable({
      write(piece: Buffer, _encoding, done) {
        written.push(Buffer.from(piece));
        done();
      },
    }),
  );
  let inspection: StreamInspection | null = null;
  let eventsInStretches = 0;
  let stretches = 0;

  function open(head: StreamHead): StreamSink {
    const view = text.create(page, { channels: new Set(channels), source: null, isOneOfMany: false });
    const options = { framing: framing.name, dialect: null, rules: DEFAULT_POLICY, fewestAhead: 1 };
    const opened = inspectStream("stream", head, options, view);
    inspection = opened;
    const { stretch: takeStretch, ...slow } = opened;
    if (!takesStretches || takeStretch === undefined) return { ...slow, close: nothing };
    return {
      ...slow,
      close: nothing,
      stretch(ahead) {
        const stretch = takeStretch(ahead);
        eventsInStretches += stretch?.events ?? 0;
        stretches += stretch === null ? 0 : 1;
        return stretch;
      },
    };
  }

  const framer = framing.create(open, { maxEventBytes, http: null });
  chunks.forEach((chunk, index) => framer.push(chunk, START_MS + index * PERIOD_MS));
  framer.end();
  const opened = (inspection as StreamInspection | null) ?? unopened();
  const endMs = START_MS + chunks.length * PERIOD_MS;
  const arrival = { opening: null, firstByteMs: START_MS, endMs, heldBackMs: 0 };
  // A fault reported at the last event.
  const compression = { coding: "gzip", type: "cut", reason: "cut", decodedBytes: 0 } as const;
  const { report } = opened.end({
    stop: null,
    endedBy: "input-end",
    startedAt: null,
    asked: null,
    skipped: {},
    compression,
    arrival,
    breaks: [],
  });
  await page.flush();
  return { report, shown: Buffer.concat(written).toString(), eventsInStretches, stretches };
}

function nothing(): void {}

function unopened(): never {
  throw new Error("the framing opened no stream");
}

/** An event in OpenAI's format. */
export function eventOf(payload: { readonly type: string; readonly [key: string]: unknown }): string {
  return `event: ${payload.type}\ndata: ${JSON.stringify(payload)}\n\n`;
}
