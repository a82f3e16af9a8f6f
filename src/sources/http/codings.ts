// The content codings that can be decoded (RFC 9110, 8.4.1), and how a request asks for them.
import * as zlib from "node:zlib";
import type { Coding } from "../../model/compression-fault.ts";

const ZSTD: Readonly<Record<string, Coding>> = "createZstdDecompress" in zlib ? { zstd: "zstd" } : {};

const CODINGS: Readonly<Record<string, Coding | null>> = {
  "": null,
  identity: null,
  gzip: "gzip",
  "x-gzip": "gzip",
  deflate: "deflate",
  br: "brotli",
  // From Node.js 22.15 on.
  ...ZSTD,
};

/**
 * What requests send as Accept-Encoding: all that can be decoded, as real clients do. A proxy that compresses a stream, and
 * so holds it back, does that only for a client that asks for it.
 */
export const ACCEPTED_CODINGS = ["gzip", "deflate", "br", ...Object.keys(ZSTD)].join(", ");

/** The coding of a Content-Encoding; null: not encoded; undefined: not known, or several at once. */
export function codingNamed(name: string): Coding | null | undefined {
  return Object.hasOwn(CODINGS, name) ? CODINGS[name] : undefined;
}
