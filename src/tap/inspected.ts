// The inspected copy of a response, as a source like a URL.
import { STATUS_CODES } from "node:http";
import { Readable } from "node:stream";
import type { Chunk } from "../model/chunk.ts";
import type { HttpExchange } from "../model/http-head.ts";
import type { OpeningTimes } from "../model/timing.ts";
import { type Body, takeBody } from "../sources/http/body.ts";
import type { Hop } from "../sources/http/client.ts";
import { describeExchange, refuseInvalidStatus } from "../sources/http/exchange.ts";
import { asTransportError, type Circumstances } from "../sources/http/transport-errors.ts";
import { bareInput, type Input, noChunks } from "../sources/input.ts";
import { recordOf } from "./hop-headers.ts";
import type { ResponseHead, ResponseSink } from "./response-sink.ts";

/** What inspecting a response needs from its request. */
export interface Inspection {
  readonly hop: () => Hop;
  readonly asked: () => HttpExchange["request"];
  readonly openedAtMs: number;
  readonly startedAt: string;
  readonly opening: (headAtMs: number) => OpeningTimes;
  readonly at: Circumstances;
  readonly maxDecodedBytes: number;
}

export interface Inspected extends ResponseSink {
  /** Waits for the response; see Source. It can be opened once. */
  open(signal: AbortSignal): Promise<Input>;
  /** Whether the response is complete, or its connection has ended. */
  isOver(): boolean;
}

type TimedHead = Required<ResponseHead>;

interface Waiter {
  resolve(head: TimedHead): void;
  reject(error: Error): void;
}

/** The tap neither follows redirects nor retries: programs do. */
const FIRST_TRY = { redirects: [], refusal: null, attempts: 1 };

/** `onRoom` is called when there is room for more, or the body is no longer read. */
export function createInspected(inspection: Inspection, onRoom: () => void): Inspected {
  const { at } = inspection;
  let isBegun = false;
  let isOver = false;
  /** Settles the wait for the response; null only until the promise below is created. */
  let waiter: Waiter | null = null;
  const begun = new Promise<TimedHead>((resolve, reject) => (waiter = { resolve, reject }));
  // `open` reports the error; this avoids an unhandled rejection.
  begun.catch(() => {});
  const body = new Readable({ read: onRoom });
  body.on("close", onRoom);
  body.on("error", () => {});

  return {
    inform() {},
    begin(head) {
      isBegun = true;
      waiter?.resolve({ atMs: performance.now(), ...head });
    },
    write: (bytes) => body.destroyed || body.push(bytes),
    isOver: () => isOver,
    end() {
      isOver = true;
      if (!body.destroyed) body.push(null);
    },
    fail(error) {
      isOver = true;
      if (isBegun) body.destroy(error);
      else waiter?.reject(error);
    },
    async open(signal) {
      const head = await begun.catch((error: unknown) => {
        if (signal.aborted) return null;
        throw asTransportError(error, at);
      });
      if (head === null) return bareInput(noChunks());
      const { status, reason, headers, atMs } = head;
      try {
        refuseInvalidStatus(status);
      } catch (error) {
        // The copy is not read, so it must not hold the client back.
        body.destroy();
        throw error;
      }
      const response = {
        statusCode: status,
        statusText: reason || (STATUS_CODES[status] ?? ""),
        headers: recordOf(headers),
      };
      const { openedAtMs, startedAt, maxDecodedBytes, opening, asked, hop } = inspection;
      const { secrets } = at;
      const taken = takeBody({ ...response, body }, { openedAtMs, idleTimeoutMs: null, maxDecodedBytes, secrets });
      return {
        exchange: { ...describeExchange(hop(), response, FIRST_TRY, secrets), request: asked() },
        startedAt,
        opening: opening(atMs),
        chunks: untilEnd(taken, { ...at, isAnswered: true }, signal),
        closing: taken.closing,
        compression: taken.compression,
      };
    },
  };
}

async function* untilEnd({ chunks }: Body, at: Circumstances, signal: AbortSignal): AsyncGenerator<Chunk> {
  try {
    yield* chunks;
  } catch (error) {
    if (!signal.aborted) throw asTransportError(error, at);
  }
}
