// A table on the terminal with a row for each open request, below the lines of finished ones.
import type { Source } from "../sources/source.ts";
import { NO_STATUS_LINE, type StatusLine } from "../terminal/status-line.ts";
import type { Clock } from "../timing/clock.ts";
import { createStatus, type Status } from "../views/status.ts";
import type { ViewListener } from "../views/view.ts";
import { countOf } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";

const PERIOD_MS = 200;
/** If there are more, the oldest are shown, because a request that hangs is among them. */
const MOST_ROWS = 12;
const LONGEST_PATH = 40;

/** A request that is open. */
export interface OpenRequest {
  /** Counted from 1. */
  readonly number: number;
  readonly method: string;
  /** Path and query, without secrets. */
  readonly path: string;
  readonly source: Pick<Source, "asked">;
}

export interface LiveTable {
  /** Adds a request; returns the listener for its stream. */
  add(request: OpenRequest): ViewListener;
  /** Removes a request when it is over. */
  remove(request: OpenRequest): void;
  /** Removes the table. */
  end(): void;
}

/** Used without a terminal. */
export const NO_TABLE: LiveTable = { add: () => ({}), remove() {}, end() {} };

/**
 * A table that is redrawn every 200 ms of `clock` until `end`; NO_TABLE without a terminal. `describeOthers` describes
 * the requests that are not open.
 */
export function showLiveTable(line: StatusLine, clock: Clock, describeOthers: () => string = () => ""): LiveTable {
  if (line === NO_STATUS_LINE) return NO_TABLE;
  const ended = new AbortController();
  const rows = new Map<OpenRequest, { readonly status: Status; readonly sinceMs: number }>();

  function describe(): string {
    const shown = [...rows].slice(0, MOST_ROWS).map(([{ number, method, path, source }, { status, sinceMs }]) => {
      const model = source.asked?.()?.model ?? "";
      const request = [method, cutWithSize(path, LONGEST_PATH), model].filter((part) => part !== "").join(" ");
      // The status comes first, because a narrow terminal cuts the end.
      return `#${number}  ${status.describe(clock.now() - sinceMs)}  ${request}`;
    });
    const left = rows.size - shown.length;
    const title = [`${countOf(rows.size, "request")} open`, describeOthers()].filter((part) => part !== "").join(", ");
    return [title, ...shown, ...(left > 0 ? [`and ${left} more`] : [])].join("\n");
  }

  let isDrawing = false;

  /** Draws as long as there are rows. */
  async function draw(): Promise<void> {
    if (isDrawing) return;
    isDrawing = true;
    for (;;) {
      await clock.wait(PERIOD_MS, ended.signal);
      if (rows.size === 0 || ended.signal.aborted) break;
      line.show(describe());
    }
    isDrawing = false;
  }

  return {
    add(request) {
      const sinceMs = clock.now();
      const status = createStatus(() => clock.now() - sinceMs);
      rows.set(request, { status, sinceMs });
      void draw();
      return status.watching;
    },
    remove(request) {
      rows.delete(request);
      if (rows.size === 0) line.clear();
    },
    end() {
      ended.abort();
      line.clear();
    },
  };
}
