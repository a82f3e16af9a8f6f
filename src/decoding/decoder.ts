import type { CompressionFault } from "../model/compression-fault.ts";

/** Decompresses chunk by chunk. */
export interface Decoder {
  /** Decodes the next bytes; all that they complete is given at once. After a fault it gives nothing. */
  push(bytes: Uint8Array): AsyncIterable<Uint8Array>;
  end(): AsyncIterable<Uint8Array>;
  readonly fault: CompressionFault | null;
}
