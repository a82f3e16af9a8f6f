// The files of a session: `ssescope tap --record DIR` writes them, `ssescope replay DIR` serves them.
import { createHash } from "node:crypto";
import type { HttpExchange } from "../model/http-head.ts";

export const REQUEST_SCHEMA = "ssescope/request@1";
/** One report per line, in the order in which exchanges ended. */
export const EXCHANGES_FILE = "exchanges.ndjson";
/** The extension of a request's file; it replaces that of the capture. */
export const REQUEST_EXTENSION = ".request.json";

/** A recorded request, in `0001-post-v1-responses.request.json`. */
export interface KeptRequest {
  readonly schema: typeof REQUEST_SCHEMA;
  /** The file of the capture. */
  readonly capture: string;
  /** Without secrets. */
  readonly request: HttpExchange["request"];
  /**
   * Equal for equal bodies, whatever the order of their keys; null if there is no body, or the session is shareable.
   */
  readonly bodyHash: string | null;
  /**
   * JSON as its value, other text as text, the rest as base64; null if absent, too large, or the session is shareable.
   */
  readonly body: { readonly json: unknown } | { readonly text: string } | { readonly base64: string } | null;
}

/** SHA-256, in hexadecimal digits: for JSON of its value, with sorted keys and no spaces; otherwise of the bytes. */
export function hashOfBody(body: Uint8Array): string {
  return createHash("sha256")
    .update(canonical(parseBody(body)) ?? body)
    .digest("hex");
}

/** JSON with sorted keys; null if it is not JSON, or is nested too deep for the stack. */
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

/** The value of a JSON body; undefined: not JSON. */
export function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
