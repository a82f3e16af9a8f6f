// Shows the state of a live stream on the status line.
import { NO_STATUS_LINE, type StatusLine } from "../terminal/status-line.ts";
import type { Clock } from "../timing/clock.ts";
import { createStatus } from "../views/status.ts";
import { type View, watchedBy } from "../views/view.ts";

const STATUS_PERIOD_MS = 200;

/**
 * Adds a status line to the view, redrawn every 200 ms of `clock` until `end` removes it. Without a terminal
 * (`NO_STATUS_LINE`) the view is returned unchanged.
 */
export function showStatus(
  view: View,
  line: StatusLine,
  clock: Clock,
): { readonly view: View; readonly end: () => void } {
  if (line === NO_STATUS_LINE) return { view, end: () => {} };
  const startMs = clock.now();
  const now = (): number => clock.now() - startMs;
  const status = createStatus(now);
  const ended = new AbortController();

  async function redraw(): Promise<void> {
    for (;;) {
      await clock.wait(STATUS_PERIOD_MS, ended.signal);
      if (ended.signal.aborted) return;
      line.show(status.describe(now()));
    }
  }

  void redraw();
  return {
    view: watchedBy(status.watching, view),
    end() {
      ended.abort();
      line.clear();
    },
  };
}
