// Chunks with their times in; the block size of a buffer between server and client out.

export interface BlockMeter {
  /** Takes the next bytes and their time. Bytes with equal times are one read. */
  add(bytes: Uint8Array, atMs: number): void;
  /** Whether the read before the current one ended within a line, and so within an event. */
  endedWithinEvent(): boolean;
  /** The blocks in which the stream arrived; null if it arrived as it was written. */
  blocks(): Blocks | null;
}

export interface Blocks {
  readonly sizeBytes: number;
  /** Reads that were followed by a pause, except the last: the end of the stream ends its block early. */
  readonly reads: number;
  /** How many of them end within an event. */
  readonly readsWithinEvent: number;
}

/** A read that was followed by another one. */
interface Read {
  /** Total bytes at its end. */
  readonly end: number;
  readonly isWithinEvent: boolean;
  /** The time until the next read. */
  readonly pauseMs: number;
}

const LF = 0x0a;
const CR = 0x0d;
const KIBIBYTE = 1024;
/**
 * Usual buffer sizes: 4 KiB in curl's stdio, in Go's bufio and in nginx (`proxy_buffer_size`, 4 or 8 KiB), 8 KiB in
 * Java and PHP, 16 KiB in TLS records and HAProxy (`tune.bufsize`), 64 KiB in pipes. Largest first, because multiples
 * of a size also match the smaller sizes.
 */
const BLOCK_SIZES = [64, 32, 16, 8, 4, 2, 1].map((kibibytes) => kibibytes * KIBIBYTE);
/** Shorter pauses are not noticeable; a full pipe is also read in blocks, without pauses. */
const SHORTEST_PAUSE_MS = 20;
const NEARLY_ALL = 0.8;
/** A buffer that also holds the sizes of HTTP chunks holds that much less of the stream. */
const LEAST_FILLED = 0.88;
/** Fewer blocks of exactly that size, or reads of about the same size, may be coincidence. */
const FEWEST_WHOLE = 2;
const FEWEST_ALIKE = 3;
/** Enough to decide; further reads are not remembered. */
const MOST_READS = 4096;

export function createBlockMeter(): BlockMeter {
  const reads: Read[] = [];
  let bytesInAll = 0;
  let lastMs: number | null = null;
  /** The last byte so far is a line end. */
  let isAtLineEnd = true;
  let endedWithinEvent = false;

  return {
    add(bytes, atMs) {
      if (bytes.length === 0) return;
      if (lastMs !== null && atMs > lastMs) {
        endedWithinEvent = !isAtLineEnd;
        if (reads.length < MOST_READS) {
          reads.push({ end: bytesInAll, isWithinEvent: endedWithinEvent, pauseMs: atMs - lastMs });
        }
      }
      lastMs = atMs;
      bytesInAll += bytes.length;
      const last = bytes[bytes.length - 1];
      isAtLineEnd = last === LF || last === CR;
    },
    endedWithinEvent: () => endedWithinEvent,
    blocks: () => blocksOf(reads),
  };
}

/**
 * A stream arrives in blocks if pauses follow only whole blocks, and these end within events: a server that writes
 * whole events pauses at their ends, or not at all.
 */
function blocksOf(reads: readonly Read[]): Blocks | null {
  const awaited = reads.filter(({ pauseMs }) => pauseMs >= SHORTEST_PAUSE_MS);
  const within = awaited.filter(({ isWithinEvent }) => isWithinEvent).length;
  if (within < 2 || within < awaited.length * NEARLY_ALL) return null;
  if (isFull(reads, awaited)) return null;
  const ends = awaited.map(({ end }) => end);
  // The first block may also hold the response headers.
  const sizes = ends.slice(1).map((end, index) => end - (ends[index] ?? 0));
  const sizeBytes =
    commonSize(sizes) ??
    BLOCK_SIZES.find((size) => isOfWholeBlocks(ends[0] ?? 0, sizes, size)) ??
    BLOCK_SIZES.find((size) => isNearlyFilled(sizes, size));
  return sizeBytes === undefined ? null : { sizeBytes, reads: awaited.length, readsWithinEvent: within };
}

/** Whether no pause followed most blocks: the source is faster than its reader, like a pipe from `cat`. */
function isFull(reads: readonly Read[], awaited: readonly Read[]): boolean {
  const start = awaited[0]?.end ?? 0;
  const inBlocks = reads.filter(({ end }) => (end - start) % KIBIBYTE === 0).length;
  return inBlocks > awaited.length * 2;
}

/** TCP may join blocks, and data in several packets is followed by a pause only at its end. */
function isOfWholeBlocks(first: number, sizes: readonly number[], size: number): boolean {
  const whole = sizes.filter((bytes) => bytes % size === 0).length;
  const alike = whole + (first % size === 0 ? 1 : 0);
  return whole > 0 && whole >= sizes.length * NEARLY_ALL && alike >= FEWEST_WHOLE;
}

/** Other buffer sizes, such as the 15 KiB that HAProxy leaves for a body, but not the sizes of network packets. */
function commonSize(sizes: readonly number[]): number | undefined {
  const [size = 0] = sizes;
  if (sizes.length < FEWEST_ALIKE || size < KIBIBYTE / 2) return undefined;
  const alike = sizes.filter((bytes) => bytes === size).length;
  return alike >= sizes.length * NEARLY_ALL && (size % (KIBIBYTE / 2) === 0 || size % 1000 === 0) ? size : undefined;
}

function isNearlyFilled(sizes: readonly number[], size: number): boolean {
  const filled = sizes.filter((bytes) => bytes <= size && bytes >= size * LEAST_FILLED).length;
  return filled >= FEWEST_ALIKE && filled >= sizes.length * NEARLY_ALL;
}
