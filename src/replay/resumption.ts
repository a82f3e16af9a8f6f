// Resumes a stream for a client that reconnects: only the events that it has not seen.
import type { IncomingMessage } from "node:http";
import { TransportError } from "../errors.ts";
import { parsePayload, asIndex } from "../model/payload.ts";
import type { WireEvent } from "../model/wire.ts";
import type { Piece } from "./pieces.ts";

/** Where a client wants to resume. */
export interface Resumption {
  /** The header Last-Event-ID (WHATWG HTML 9.2.4); null if it sent none. */
  readonly lastEventId: string | null;
  /** The parameter `starting_after` of `GET /v1/responses/{id}`; null if there is none. */
  readonly startingAfter: number | null;
}

/** Reads where a request wants to resume. */
export function resumptionOf(
  { headers, method }: Pick<IncomingMessage, "headers" | "method">,
  { searchParams }: URL,
): Resumption {
  const id = headers["last-event-id"];
  const after = searchParams.get("starting_after");
  return {
    lastEventId: typeof id === "string" && id !== "" ? id : null,
    startingAfter: method === "GET" && after !== null ? asIndex(Number(after)) : null,
  };
}

/** Whether a client wants to resume. */
export function isResumed({ lastEventId, startingAfter }: Resumption): boolean {
  return lastEventId !== null || startingAfter !== null;
}

/**
 * The pieces after the place where a client wants to resume. `knowsId`: whether the capture has its last event id;
 * without it, the capture is sent whole.
 */
export async function* resumed(
  pieces: AsyncIterable<Piece>,
  { lastEventId, startingAfter }: Resumption,
  knowsId: boolean,
): AsyncGenerator<Piece> {
  let isPast = lastEventId === null || !knowsId;
  for await (const piece of pieces) {
    const { event } = piece;
    const isSeen = !isPast || (event !== null && startingAfter !== null && isUpTo(event, startingAfter));
    if (event !== null && event.lastEventId === lastEventId) isPast = true;
    if (!isSeen) yield piece;
  }
}

/** Whether an event of the capture has this id. The way the recording ended does not matter. */
export async function hasId(pieces: AsyncIterable<Piece>, id: string): Promise<boolean> {
  try {
    for await (const { event } of pieces) if (event?.lastEventId === id) return true;
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
  }
  return false;
}

function isUpTo(event: WireEvent, sequenceNumber: number): boolean {
  const payload = parsePayload(event.data);
  const number = payload.type === "object" ? asIndex(payload.value.sequence_number) : null;
  return number !== null && number <= sequenceNumber;
}
