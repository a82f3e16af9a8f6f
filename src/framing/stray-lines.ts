// Lines that are not SSE fields, and lines of NDJSON that are not JSON: consecutive ones become one record.
import type { WireStray } from "../model/wire.ts";
import type { Line } from "./lines.ts";

/** A longer run is passed on in parts, so that a large page is not held in memory as a whole. */
const MOST_BYTES = 64 * 1024;

export interface StrayLines {
  add(line: Line): void;
  /** Something else follows, or the input is over: passes on the lines so far, if there are any. */
  end(): void;
}

/** Collects stray lines, and calls `onRun` with each run of them. */
export function createStrayLines(onRun: (record: WireStray) => void): StrayLines {
  let lines: string[] = [];
  let bytes = 0;
  let line = 0;
  let offset = 0;

  function end(): void {
    if (lines.length === 0) return;
    const text = lines.join("\n");
    lines = [];
    bytes = 0;
    onRun({ type: "stray", text, line, offset });
  }

  return {
    add(stray) {
      if (lines.length === 0) ({ number: line, offset } = stray);
      lines.push(stray.bytes.toString("utf8", stray.start, stray.end));
      bytes += stray.end - stray.start;
      if (bytes >= MOST_BYTES) end();
    },
    end,
  };
}
