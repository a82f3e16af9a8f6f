// Faults in compressed data.

/** How bytes are compressed. */
export type Coding = "gzip" | "deflate" | "brotli" | "zstd";

/** Compressed data that does not decompress to its end. */
export interface CompressionFault {
  readonly coding: Coding;
  /** Cut: the data is good but its end is missing. Damaged: the data goes on but is invalid. */
  readonly type: "cut" | "damaged";
  /** The library's message. */
  readonly reason: string;
  /** How many bytes could be decompressed. */
  readonly decodedBytes: number;
}

/** Describes the fault in one sentence. */
export function describeFault({ coding, type, reason, decodedBytes }: CompressionFault): string {
  const what = type === "cut" ? `the ${coding} data is cut` : `the ${coding} data is damaged (${reason})`;
  const came = decodedBytes === 0 ? "nothing could be decompressed" : `${decodedBytes} bytes could be decompressed`;
  return `${what}: ${came}`;
}
