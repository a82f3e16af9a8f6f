// What goes wrong on purpose, on a live stream: a response in, and what is left of it out.
import { TransportError } from "../errors.ts";
import type { Chunk } from "../model/chunk.ts";
import { cutShort, edited, type Ending, type Faults, inTransit, needsEvents } from "../replay/faults.ts";
import { asRecorded, byEvent } from "../replay/pieces.ts";
import type { RawHeaders } from "./hop-headers.ts";
import type { Flow, ResponseSink } from "./response-sink.ts";
import { createWaiting } from "./waiting.ts";

/** The same sink behind `faults`; `upstream` is told to end where they cut the response short. */
export function withFaults(
  sink: ResponseSink,
  faults: Faults,
  upstream: Flow & { abort(error: Error): void },
): ResponseSink {
  const waiting = createWaiting<Chunk>();
  let trailers: RawHeaders = [];
  let ending: Ending = "complete";

  async function pass(): Promise<void> {
    const chunks = waiting.values();
    const pieces = needsEvents(faults) ? byEvent(chunks) : asRecorded(chunks);
    const whole = cutShort(edited(pieces, faults, new Set()), faults, (early) => (ending = early));
    for await (const { bytes } of inTransit(whole, faults)) sink.write(Buffer.from(bytes));
    // The upstream goes on unseen, until the client has had enough.
    if (ending === "stalled") return;
    if (faults.reset) sink.fail(new TransportError("ECONNRESET", "the connection was reset on purpose (--reset)"));
    else sink.end(trailers);
    if (ending === "cut") upstream.abort(new TransportError("CUT", "the stream was cut on purpose (--cut-after)"));
  }

  return {
    inform: (status, headers) => sink.inform(status, headers),
    begin(head) {
      sink.begin(head);
      pass().catch((error: unknown) => sink.fail(error instanceof Error ? error : new Error(String(error))));
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
      // No response came.
      if (!waiting.isRead) sink.fail(error);
    },
  };
}
