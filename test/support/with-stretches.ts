// One stream read twice: with stretches, and event by event. Both have to come to the same.
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
  /** What the text view shows of all channels. */
  readonly shown: string;
  /** How many events came in stretches. */
  readonly eventsInStretches: number;
  readonly stretches: number;
}

/** When the first chunk comes, late enough for a server that buffers, and how long after it each of the others. */
const START_MS = 60_000;
const PERIOD_MS = 7;
const MAX_EVENT_BYTES = 64 * 1024 ** 2;

/** How the bytes of a stream are framed: an event a line begins with a brace. */
const OPENING_BRACE = 0x7b;

/** Reads chunks, which come at some time each. `takesStretches`: false reads every event by itself. */
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
    const opened = inspectStream("stream", head, { framing: framing.name, dialect: null, rules: DEFAULT_POLICY }, view);
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
  // A fault that is found at the last event.
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

/** An event as OpenAI writes it. */
export function eventOf(payload: { readonly type: string; readonly [key: string]: unknown }): string {
  return `event: ${payload.type}\ndata: ${JSON.stringify(payload)}\n\n`;
}
