// The parts of a request that decide how a replay responds.
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { asksForStream, otherRequest } from "../dialects/requests.ts";
import type { OtherRequest } from "../model/dialect-traits.ts";
import { asObject, type JsonObject } from "../model/payload.ts";
import { parseRequestBody } from "../model/request-body.ts";
import { MEBIBYTE } from "../wording/sizes.ts";
import { isResumed, type Resumption, resumptionOf } from "./resumption.ts";

export interface Asked {
  readonly method: string;
  /** The requested URL; only its path and query count. It may contain a key. */
  readonly address: URL;
  readonly headers: IncomingHttpHeaders;
  /** Null if the request has none, or it is too large to keep. */
  readonly body: Buffer | null;
  /** The body's fields; null if it is neither JSON nor a form. */
  readonly json: JsonObject | null;
  /** False: the client wants one JSON document; null: neither the request nor its API decides. */
  readonly asksForStream: boolean | null;
  /** A request that is not for a model response; null if a capture answers it. */
  readonly other: OtherRequest | null;
  readonly resumption: Resumption;
}

const MOST_KEPT_BYTES = 32 * MEBIBYTE;

/** Reads a request to its end. Throws the error that ends the connection early. */
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

/** The fields of a body. JSON sent as a form, as curl does by default, counts only if it has a boolean `stream`. */
function fieldsOf(body: Buffer, type = ""): JsonObject | null {
  const value = asObject(parseRequestBody(body, type));
  return /json|multipart/i.test(type) || typeof value?.stream === "boolean" ? value : null;
}
