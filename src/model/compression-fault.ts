// What can be wrong with compressed data.

/** How bytes are compressed. */
export type Coding = "gzip" | "deflate" | "brotli" | "zstd";

/** Compressed data that does not decompress to its end. */
export interface CompressionFault {
  readonly coding: Coding;
  /** Cut: what is there is good, and its end is missing. Damaged: it goes on, and what it says is impossible. */
  readonly type: "cut" | "damaged";
  /** In the words of the library. */
  readonly reason: string;
  /** How many bytes came out of it. */
  readonly decodedBytes: number;
}

/** The fault in one sentence. */
export function describeFault({ coding, type, reason, decodedBytes }: CompressionFault): string {
  const what = type === "cut" ? `the ${coding} data is cut` : `the ${coding} data is damaged (${reason})`;
  const came = decodedBytes === 0 ? "nothing could be decompressed" : `${decodedBytes} bytes could be decompressed`;
  return `${what}: ${came}`;
}
