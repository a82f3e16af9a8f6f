// A body in chunked transfer coding, as tools that record raw bytes leave it in a capture.
import { beginsChunked } from "./chunks.ts";
import type { Framing } from "./framing.ts";
import { createHeadedFramer } from "./headed-body.ts";

export const chunked: Framing = {
  name: "chunked",
  title: "a raw HTTP body in chunked transfer coding, without its headers",
  mediaTypes: [],
  detect: (head, complete) => beginsChunked(Buffer.from(head.buffer, head.byteOffset, head.byteLength), complete),
  create: (open, options) =>
    createHeadedFramer(chunked.name, () => ({ start: 0, http: options.http, isChunked: true }), open, options),
};
