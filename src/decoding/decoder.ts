import type { CompressionFault } from "../model/compression-fault.ts";

/** Decompresses chunk by chunk. */
export interface Decoder {
  /** Decodes the next bytes; yields all that they complete. Yields nothing after a fault. */
  push(bytes: Uint8Array): AsyncIterable<Uint8Array>;
  end(): AsyncIterable<Uint8Array>;
  readonly fault: CompressionFault | null;
}
