// A request that a replay is sent, as far as it tells what to answer.
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { asksForStream, otherRequest } from "../dialects/requests.ts";
import type { OtherRequest } from "../model/dialect-traits.ts";
import { asObject, type JsonObject } from "../model/payload.ts";
import { parseRequestBody } from "../model/request-body.ts";
import { MEBIBYTE } from "../wording/sizes.ts";
import { isResumed, type Resumption, resumptionOf } from "./resumption.ts";

export interface Asked {
  readonly method: string;
  /** What was asked for, of which only path and query are meant: may hold a key. */
  readonly address: URL;
  readonly headers: IncomingHttpHeaders;
  /** Null if there is none, or it is too large to be kept. */
  readonly body: Buffer | null;
  /** Its fields; null if it is neither JSON nor a form. */
  readonly json: JsonObject | null;
  /** False: the JSON that a stream adds up to; null: neither the request nor its API says. */
  readonly asksForStream: boolean | null;
  /** What no model answers; null if a capture does. */
  readonly other: OtherRequest | null;
  readonly resumption: Resumption;
}

const MOST_KEPT_BYTES = 32 * MEBIBYTE;

/** Reads a request to its end. Throws what breaks it off. */
export async function readRequest(request: IncomingMessage, address: URL): Promise<Asked> {
  const { method = "", headers } = request;
  const body = await readBody(request);
  const resumption = resumptionOf(request, address);
  const asking = { address, headers, body: body === null ? null : fieldsOf(body, headers["content-type"]) };
  return {
    method,
    address,
    headers,
    body,
    json: asking.body,
    asksForStream: isResumed(resumption) ? true : asksForStream(asking),
    other: otherRequest(asking),
    resumption,
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_KEPT_BYTES) chunks.push(chunk);
  }
  return bytes === 0 || bytes > MOST_KEPT_BYTES ? null : Buffer.concat(chunks);
}

/** The fields of a body. JSON that is sent as a form, as curl does by default, counts only if it speaks of a stream. */
function fieldsOf(body: Buffer, type = ""): JsonObject | null {
  const value = asObject(parseRequestBody(body, type));
  return /json|multipart/i.test(type) || typeof value?.stream === "boolean" ? value : null;
}
