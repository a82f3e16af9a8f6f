// Simulated connections for tests: what each sends, and how it ends. No real waits, no servers.
import type { Chunk } from "../../../src/model/chunk.ts";
import type { ConnectionBreak } from "../../../src/model/connection-break.ts";
import { TransportError } from "../../../src/errors.ts";
import { byEventId } from "../../../src/joining/by-event-id.ts";
import type { Clock } from "../../../src/timing/clock.ts";
import { joinedSource, type JoinOptions } from "../../../src/joining/joined-source.ts";
import type { Requester, RequestChange } from "../../../src/sources/requester.ts";
import type { Input } from "../../../src/sources/input.ts";

/** The response to one request. */
export interface Connection {
  /** Default: 200. */
  readonly status?: number;
  /** Default: that of an event stream. */
  readonly contentType?: string;
  readonly chunks?: readonly (string | Uint8Array)[];
  /** The network failure after the chunks; default: a clean close. */
  readonly failure?: TransportError;
  /** The network failure instead of a response. */
  readonly refusal?: TransportError;
}

export const reset = new TransportError("ECONNRESET", "the connection was reset (host)");
export const refused = new TransportError("ECONNREFUSED", "the connection was refused (host)");

/** The result of a joined stream. */
export interface JoinedStream {
  readonly bytes: Buffer;
  readonly text: string;
  /** When each chunk arrived. */
  readonly times: readonly (number | null)[];
  /** The error thrown at the end. */
  readonly error: unknown;
  readonly breaks: readonly ConnectionBreak[];
  /** How each request was changed. */
  readonly changes: readonly RequestChange[];
  /** The delay before each request. */
  readonly waits: readonly number[];
  readonly messages: readonly string[];
}

export interface Setting extends Partial<Omit<JoinOptions, "clock" | "tell">> {
  /** Called with each wait; may abort. */
  readonly onWait?: (ms: number) => void;
  readonly signal?: AbortSignal;
}

/** How long each chunk takes. */
const CHUNK_MS = 10;

/** Joins the connections that `answer` returns for the requests, in order. */
export async function joinAll(
  answer: readonly Connection[] | ((change: RequestChange, index: number) => Connection),
  { onWait, signal = new AbortController().signal, ...options }: Setting = {},
): Promise<JoinedStream> {
  const changes: RequestChange[] = [];
  const waits: number[] = [];
  const messages: string[] = [];
  let now = 1000;
  const clock: Clock = {
    now: () => now,
    async wait(ms) {
      waits.push(ms);
      now += ms;
      onWait?.(ms);
    },
  };

  async function* chunksOf({ chunks = [], failure }: Connection, openedAt: number): AsyncGenerator<Chunk> {
    for (const chunk of chunks) {
      now += CHUNK_MS;
      // A chunk may be overwritten once the next one is requested.
      const bytes = Buffer.from(chunk);
      yield { bytes, atMs: now - openedAt };
      bytes.fill(0);
    }
    if (failure !== undefined) throw failure;
  }

  const requester: Requester = {
    async request(change): Promise<Input> {
      changes.push(change);
      const connection =
        typeof answer === "function"
          ? answer(change, changes.length - 1)
          : (answer[changes.length - 1] ?? { status: 204 });
      if (connection.refusal !== undefined) throw connection.refusal;
      const { status = 200, contentType = "text/event-stream; charset=utf-8" } = connection;
      const response = { status, statusText: "", headers: { "content-type": contentType } };
      const exchange = { request: { method: "GET", url: "http://host/", headers: {} }, response };
      return { exchange, opening: null, chunks: chunksOf(connection, now) };
    },
  };

  const source = joinedSource("test", requester, {
    policy: byEventId,
    mostTries: 5,
    dialect: null,
    maxEventBytes: 1024 * 1024,
    ...options,
    clock,
    tell: async (message) => {
      messages.push(message);
    },
  });

  const pieces: Buffer[] = [];
  const times: (number | null)[] = [];
  let error: unknown = null;
  let breaks: readonly ConnectionBreak[] = [];
  try {
    const input = await source.open(signal);
    breaks = input.breaks ?? [];
    for await (const { bytes, atMs } of input.chunks) {
      pieces.push(Buffer.from(bytes));
      times.push(atMs);
    }
  } catch (thrown) {
    error = thrown;
  }
  const bytes = Buffer.concat(pieces);
  return { bytes, text: bytes.toString(), times, error, breaks, changes, waits, messages };
}

/**
 * A server that breaks its connections, each after the given number of bytes of `send`, with `failure`. Connections
 * after the last cut are whole.
 */
export function cutAt(
  cuts: readonly number[],
  send: (change: RequestChange) => Uint8Array,
  {
    failure,
    chunkBytes = Number.POSITIVE_INFINITY,
  }: { readonly failure?: TransportError; readonly chunkBytes?: number } = {},
): (change: RequestChange, index: number) => Connection {
  return (change, index) => {
    const all = send(change);
    const cut = cuts[index];
    const bytes = cut === undefined ? all : all.subarray(0, cut);
    const chunks: Uint8Array[] = [];
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      chunks.push(bytes.subarray(start, Math.min(start + chunkBytes, bytes.length)));
    }
    return { chunks, ...(cut !== undefined && failure !== undefined && { failure }) };
  };
}
