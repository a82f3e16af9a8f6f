// The supported content codings (RFC 9110, 8.4.1), and the request header that lists them.
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
  // Since Node.js 22.15.
  ...ZSTD,
};

/**
 * The Accept-Encoding of requests: everything that can be decoded, like real clients. Some proxies compress a stream,
 * and so hold it back, only for clients that request compression; this makes such a proxy visible.
 */
export const ACCEPTED_CODINGS = ["gzip", "deflate", "br", ...Object.keys(ZSTD)].join(", ");

/** The coding of a Content-Encoding; null: not encoded; undefined: unknown, or several codings. */
export function codingNamed(name: string): Coding | null | undefined {
  return Object.hasOwn(CODINGS, name) ? CODINGS[name] : undefined;
}
