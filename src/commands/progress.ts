// The progress of a check on the status line, for many sources and for large ones.
import { statSync } from "node:fs";
import type { Clock } from "../timing/clock.ts";
import { NO_STATUS_LINE, type StatusLine } from "../terminal/status-line.ts";
import { formatCount } from "../wording/counts.ts";
import { formatDuration } from "../wording/durations.ts";
import { MEBIBYTE } from "../wording/sizes.ts";

export interface Progress {
  /** Starts the next source. */
  begin(name: string): void;
  /** Adds bytes that were read of it. */
  read(bytes: number): void;
  /** Counts a checked source, or a part of one, and its failing streams. */
  done(failing: number, isPart?: boolean): void;
  end(): void;
}

const NO_PROGRESS: Progress = { begin() {}, read() {}, done() {}, end() {} };
/** A shorter run shows nothing. */
const FIRST_SHOWN_MS = 400;
const PERIOD_MS = 100;
const LARGE_BYTES = 16 * MEBIBYTE;

/**
 * `3,412 of 10,000  7 failed  2.1 s`; for a large file also `120 of 347 MiB`. Nothing without a terminal. `total`
 * returns the number of sources; null while a list is read.
 */
export function showProgress(total: () => number | null, line: StatusLine, clock: Clock): Progress {
  if (line === NO_STATUS_LINE) return NO_PROGRESS;
  const startMs = clock.now();
  let shownMs = startMs + FIRST_SHOWN_MS - PERIOD_MS;
  let checked = 0;
  let failed = 0;
  let readBytes = 0;
  let name = "";
  /** Null: not looked up yet. */
  let sizeBytes: number | null = null;

  // Called during the work, because timers do not run while files are read.
  function show(): void {
    const nowMs = clock.now();
    if (nowMs - shownMs < PERIOD_MS) return;
    shownMs = nowMs;
    sizeBytes ??= sizeOf(name);
    const parts = [
      describeCount(checked, total()),
      readBytes >= LARGE_BYTES ? describeBytes(readBytes, sizeBytes) : null,
      failed > 0 ? `${formatCount(failed)} failed` : null,
      formatDuration(nowMs - startMs),
    ];
    line.show(parts.filter((part) => part !== null).join("  "));
  }

  return {
    begin(next) {
      name = next;
      sizeBytes = null;
      readBytes = 0;
      show();
    },
    read(bytes) {
      readBytes += bytes;
      show();
    },
    done(failing, isPart = false) {
      if (!isPart) checked += 1;
      failed += failing;
      show();
    },
    end: () => line.clear(),
  };
}

function describeCount(checked: number, total: number | null): string | null {
  if (total === null) return `${formatCount(checked)} checked`;
  return total > 1 ? `${formatCount(checked)} of ${formatCount(total)}` : null;
}

/** 0 if it is not known. */
function sizeOf(name: string): number {
  try {
    return statSync(name, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

/** Decompressed data exceeds the size of the file; then only the amount read is shown. */
function describeBytes(readBytes: number, sizeBytes: number): string {
  const read = formatCount(Math.floor(readBytes / MEBIBYTE));
  return readBytes <= sizeBytes ? `${read} of ${formatCount(Math.ceil(sizeBytes / MEBIBYTE))} MiB` : `${read} MiB`;
}
