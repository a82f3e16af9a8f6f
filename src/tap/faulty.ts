// Fault injection into a live stream: a response in, the faulty response out.
import { setTimeout } from "node:timers/promises";
import { TransportError } from "../errors.ts";
import { createDecodingOf, decodeChunks, type Decoding } from "../decoding/decoding.ts";
import type { Chunk } from "../model/chunk.ts";
import type { Coding } from "../model/compression-fault.ts";
import { cutShort, edited, type Ending, type Faults, inTransit, needsEvents } from "../replay/faults.ts";
import { asRecorded, byEvent } from "../replay/pieces.ts";
import { BEFORE_RESET_MS } from "../serving/reset.ts";
import { codingNamed } from "../sources/http/codings.ts";
import { type RawHeaders, recordOf, withoutHeaders } from "./hop-headers.ts";
import type { Flow, ResponseSink } from "./response-sink.ts";
import { createWaiting } from "./waiting.ts";

/** Wraps a sink with `faults`. If they cut the response, the request to `upstream` is aborted. */
export function withFaults(
  sink: ResponseSink,
  faults: Faults,
  upstream: Flow & { abort(error: Error): void },
  maxDecodedBytes: number,
): ResponseSink {
  const waiting = createWaiting<Chunk>();
  let trailers: RawHeaders = [];
  let ending: Ending = "complete";

  async function pass(decoding: Decoding | null): Promise<void> {
    const chunks = decoding === null ? waiting.values() : decodeChunks(waiting.values(), decoding);
    const pieces = needsEvents(faults) ? byEvent(chunks) : asRecorded(chunks);
    const whole = cutShort(edited(pieces, faults, new Set()), faults, (early) => (ending = early));
    for await (const { bytes } of inTransit(whole, faults)) sink.write(Buffer.from(bytes));
    // The upstream continues unseen until the client gives up.
    if (ending === "stalled") return;
    if (faults.reset) {
      await setTimeout(BEFORE_RESET_MS);
      sink.fail(new TransportError("ECONNRESET", "the connection was reset on purpose (--reset)"));
    } else sink.end(trailers);
    if (ending === "cut") upstream.abort(new TransportError("CUT", "the stream was cut on purpose (--cut-after)"));
  }

  return {
    inform: (status, headers) => sink.inform(status, headers),
    begin(head) {
      // Decode if the upstream compresses anyway: counting events needs plain text.
      const coding = needsEvents(faults) ? codingOf(head.headers) : null;
      const decoding = coding === null ? null : createDecodingOf(coding, maxDecodedBytes);
      sink.begin(decoding === null ? head : { ...head, headers: asDecoded(head.headers) });
      pass(decoding).catch((error: unknown) => sink.fail(error instanceof Error ? error : new Error(String(error))));
    },
    write(bytes) {
      waiting.add({ bytes, atMs: null });
      return true;
    },
    end(given) {
      trailers = given;
      waiting.end(null);
    },
    fail(error) {
      waiting.end(error);
      // No response arrived.
      if (!waiting.isRead) sink.fail(error);
    },
  };
}

/** The content coding of a body; null if it has none, or one that is not supported. */
function codingOf(headers: RawHeaders): Coding | null {
  return codingNamed(recordOf(headers)["content-encoding"]?.trim().toLowerCase() ?? "") ?? null;
}

function asDecoded(headers: RawHeaders): string[] {
  return withoutHeaders(new Set(["content-encoding", "content-length"]), headers);
}
