// Sends a capture of bare events, such as NDJSON, the way their API does: as SSE, or in binary frames.
import { TransportError } from "../errors.ts";
import type { Source } from "../sources/source.ts";
import { dialectsAt } from "../dialects/requests.ts";
import type { DialectTraits } from "../model/dialect-traits.ts";
import { encodeFrame } from "../framing/aws-eventstream/encode-frame.ts";
import { jsonText } from "../model/json-text.ts";
import { asString, DONE_SENTINEL, parsePayload } from "../model/payload.ts";
import { UNNAMED_EVENT, type WireEvent } from "../model/wire.ts";
import type { Chosen } from "./program.ts";
import { decompressed, headOfStream, type Piece } from "./pieces.ts";

/** How an API wraps its events. */
export interface Wrapping {
  wrap(event: WireEvent): Uint8Array;
  /** Wraps the incomplete event that a capture ends in. */
  wrapHalf(text: string): Uint8Array;
  /** Whether `[DONE]` must follow this event at the end of the stream; null: the API sends no `[DONE]`. */
  readonly precedesSentinel: ((event: WireEvent) => boolean) | null;
}

/** How the API at a path wraps the bare events of a capture; null if the capture is sent as it is. */
export async function wrappingFor(path: string, chosen: Chosen): Promise<Wrapping | null> {
  const apis = dialectsAt(path).filter(({ requests }) => requests?.framing !== "ndjson");
  if (apis.length === 0 || !(await isUnwrapped(chosen.capture))) return null;
  const { dialect } = await chosen.known();
  const api = apis.find(({ name }) => name === dialect);
  if (api === undefined) return null;
  if (api.requests?.framing === "aws-eventstream") return IN_FRAMES;
  const { namesEvents, ending, choicesOf } = api;
  const hasSentinel = ending.doneSentinel === "required" && choicesOf !== null;
  return {
    wrap: (event) => Buffer.from(asSse(event, namesEvents)),
    wrapHalf: (text) => Buffer.from(`data: ${text}`),
    precedesSentinel: hasSentinel ? (event) => isFinish(event, choicesOf) : null,
  };
}

/** As AWS sends the members of a union: https://smithy.io/2.0/aws/amazon-eventstream.html#protocol-message-types */
const IN_FRAMES: Wrapping = {
  wrap({ data }) {
    const payload = parsePayload(data);
    const [name, inner] = payload.type === "object" ? (Object.entries(payload.value)[0] ?? []) : [];
    const kind = name?.endsWith("Exception") === true ? "exception" : "event";
    const headers = {
      [`:${kind}-type`]: name ?? "",
      ":content-type": "application/json",
      ":message-type": kind,
    };
    return encodeFrame(headers, Buffer.from(jsonText(inner ?? {})));
  },
  wrapHalf: (text) => Buffer.from(text),
  precedesSentinel: null,
};

function isFinish({ data }: WireEvent, choicesOf: NonNullable<DialectTraits["choicesOf"]>): boolean {
  const payload = parsePayload(data);
  return payload.type === "object" && choicesOf(payload.value).some(({ reason }) => reason !== null);
}

/** Wrappings that leave events bare. */
const BARE: ReadonlySet<string> = new Set(["ndjson", "json-array", "json-documents"]);

/** Whether the events of a capture are bare. */
async function isUnwrapped(capture: Source): Promise<boolean> {
  const { chunks } = await capture.open(new AbortController().signal);
  try {
    for await (const chunk of decompressed(capture.name, chunks)) {
      return BARE.has(headOfStream(chunk)?.wrapping ?? "");
    }
  } catch (error) {
    // The recording ended with this error before any data arrived.
    if (!(error instanceof TransportError)) throw error;
  }
  return false;
}

/** Wraps bare events as an API does. */
export async function* rewrapped(pieces: AsyncIterable<Piece>, wrapping: Wrapping): AsyncGenerator<Piece> {
  let needsSentinel = false;
  let atMs: number | null = null;
  for await (const piece of pieces) {
    const { event } = piece;
    ({ atMs } = piece);
    if (event === null) {
      // The capture ends in an incomplete event, or with the end of an array.
      const rest = Buffer.from(piece.bytes).toString().trim();
      if (/^[^\]]/.test(rest)) yield { ...piece, bytes: wrapping.wrapHalf(rest) };
      continue;
    }
    if (wrapping.precedesSentinel?.(event) === true) needsSentinel = true;
    else if (event.data === DONE_SENTINEL) needsSentinel = false;
    yield { ...piece, bytes: wrapping.wrap(event) };
  }
  if (needsSentinel) yield { bytes: Buffer.from(`data: ${DONE_SENTINEL}\n\n`), event: null, atMs };
}

function asSse({ event, data }: WireEvent, namesEvents: boolean): string {
  const payload = namesEvents && event === UNNAMED_EVENT ? parsePayload(data) : null;
  const name = payload?.type === "object" ? asString(payload.value.type) : event;
  const isNamed = name !== null && name !== UNNAMED_EVENT;
  const lines = data.split("\n").map((line) => `data: ${line}\n`);
  return `${isNamed ? `event: ${name}\n` : ""}${lines.join("")}\n`;
}
