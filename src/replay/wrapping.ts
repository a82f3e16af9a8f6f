// A capture that has an event a line, sent as SSE: as the API sends it whose events they are.
import { TransportError } from "../errors.ts";
import type { Source } from "../sources/source.ts";
import { dialectsAt } from "../dialects/requests.ts";
import type { DialectTraits } from "../model/dialect-traits.ts";
import { asString, DONE_SENTINEL, parsePayload } from "../model/payload.ts";
import { UNNAMED_EVENT, type WireEvent } from "../model/wire.ts";
import type { Chosen } from "./program.ts";
import { decompressed, headOfStream, type Piece } from "./pieces.ts";

/** How an API wraps its events in SSE. */
export interface Wrapping {
  /** An event's type is its name, too. */
  readonly namesEvents: boolean;
  /** Whether an event is one after which the stream ends with `[DONE]`; null: no stream does. */
  readonly precedesSentinel: ((event: WireEvent) => boolean) | null;
}

/** How the API at a path wraps events that a capture has bare; null if the capture is to be sent as it is. */
export async function wrappingFor(path: string, { capture, known }: Chosen): Promise<Wrapping | null> {
  const apis = dialectsAt(path).filter(({ requests }) => (requests?.framing ?? "sse") === "sse");
  if (apis.length === 0 || !(await isUnwrapped(capture))) return null;
  const { dialect } = await known();
  const api = apis.find(({ name }) => name === dialect);
  if (api === undefined) return null;
  const { namesEvents, ending, choicesOf } = api;
  const hasSentinel = ending.doneSentinel === "required" && choicesOf !== null;
  return { namesEvents, precedesSentinel: hasSentinel ? (event) => isFinish(event, choicesOf) : null };
}

function isFinish({ data }: WireEvent, choicesOf: NonNullable<DialectTraits["choicesOf"]>): boolean {
  const payload = parsePayload(data);
  return payload.type === "object" && choicesOf(payload.value).some(({ reason }) => reason !== null);
}

/** Wrappings of captures whose events are bare. */
const BARE: ReadonlySet<string> = new Set(["ndjson", "json-array", "json-documents"]);

/** Whether the events of a capture are bare. */
async function isUnwrapped(capture: Source): Promise<boolean> {
  const { chunks } = await capture.open(new AbortController().signal);
  try {
    for await (const chunk of decompressed(capture.name, chunks)) {
      return BARE.has(headOfStream(chunk)?.wrapping ?? "");
    }
  } catch (error) {
    // The recording ended so before anything came.
    if (!(error instanceof TransportError)) throw error;
  }
  return false;
}

/** Bare events as SSE. */
export async function* rewrapped(pieces: AsyncIterable<Piece>, wrapping: Wrapping): AsyncGenerator<Piece> {
  let needsSentinel = false;
  let atMs: number | null = null;
  for await (const piece of pieces) {
    const { event } = piece;
    ({ atMs } = piece);
    if (event === null) {
      // Half of an event, which the capture ends in; or the end of an array.
      const rest = Buffer.from(piece.bytes).toString().trim();
      if (/^[^\]]/.test(rest)) yield { ...piece, bytes: Buffer.from(`data: ${rest}`) };
      continue;
    }
    if (wrapping.precedesSentinel?.(event) === true) needsSentinel = true;
    else if (event.data === DONE_SENTINEL) needsSentinel = false;
    yield { ...piece, bytes: Buffer.from(asSse(event, wrapping)) };
  }
  if (needsSentinel) yield { bytes: Buffer.from(`data: ${DONE_SENTINEL}\n\n`), event: null, atMs };
}

function asSse({ event, data }: WireEvent, { namesEvents }: Wrapping): string {
  const payload = namesEvents && event === UNNAMED_EVENT ? parsePayload(data) : null;
  const name = payload?.type === "object" ? asString(payload.value.type) : event;
  const isNamed = name !== null && name !== UNNAMED_EVENT;
  const lines = data.split("\n").map((line) => `data: ${line}\n`);
  return `${isNamed ? `event: ${name}\n` : ""}${lines.join("")}\n`;
}
