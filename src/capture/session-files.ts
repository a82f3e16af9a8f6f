// The files of a session, which `ssescope tap --record DIR` writes and `ssescope replay DIR` serves.
import { createHash } from "node:crypto";
import type { HttpExchange } from "../model/http-head.ts";

export const REQUEST_SCHEMA = "ssescope/request@1";
/** A report a line, in the order in which exchanges ended. */
export const EXCHANGES_FILE = "exchanges.ndjson";
/** What the file of a request is called, beside the capture of that name without its extension. */
export const REQUEST_EXTENSION = ".request.json";

/** A request as it is kept, in `0001-post-v1-responses.request.json`. */
export interface KeptRequest {
  readonly schema: typeof REQUEST_SCHEMA;
  /** The file of the capture. */
  readonly capture: string;
  /** Without secrets. */
  readonly request: HttpExchange["request"];
  /** Tells equal bodies from others, whatever the order of their keys; null if there is none, or it may be shared. */
  readonly bodyHash: string | null;
  /** JSON as its value, other text as such, all else as base64; null if there is none, it is too large, or it may be shared. */
  readonly body: { readonly json: unknown } | { readonly text: string } | { readonly base64: string } | null;
}

/** Of JSON that of its value: keys in order, no spaces; of all else that of its bytes. SHA-256, in hexadecimal digits. */
export function hashOfBody(body: Uint8Array): string {
  return createHash("sha256")
    .update(canonical(parseBody(body)) ?? body)
    .digest("hex");
}

/** JSON with its keys in order; null for what is none, or is nested deeper than the stack goes. */
function canonical(value: unknown): string | null {
  if (value === undefined) return null;
  try {
    return JSON.stringify(inOrder(value));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}

/** What a JSON body holds; undefined: it is not JSON. */
export function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
