// While a stream is live: what is going on, on the status line.
import { NO_STATUS_LINE, type StatusLine } from "../terminal/status-line.ts";
import { createStatus } from "../views/status.ts";
import type { Run } from "../model/stretch.ts";
import { takesRuns, type View, type Watching } from "../views/view.ts";

const STATUS_PERIOD_MS = 200;

/** The view, with a line about what is going on while it is watched, until `end`. */
export function showStatus(view: View, line: StatusLine): { readonly view: View; readonly end: () => void } {
  if (line === NO_STATUS_LINE) return { view, end: () => {} };
  const startMs = performance.now();
  const now = (): number => performance.now() - startMs;
  const status = createStatus(now);
  const timer = setInterval(() => line.show(status.describe(now())), STATUS_PERIOD_MS);
  return {
    view: { ...view, create: (page, options) => watchBoth(status.watching, view.create(page, options)) },
    end() {
      clearInterval(timer);
      line.clear();
    },
  };
}

function watchBoth(first: Watching, second: Watching): Watching {
  return {
    ...second,
    record(record, atMs) {
      first.record?.(record, atMs);
      second.record?.(record, atMs);
    },
    read(reading) {
      first.read?.(reading);
      second.read?.(reading);
    },
    ...(takesRuns(second) && {
      run(run: Run) {
        first.run?.(run);
        second.run?.(run);
      },
    }),
  };
}
