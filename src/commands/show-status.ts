// While a stream is live: what is going on, on the status line.
import { NO_STATUS_LINE, type StatusLine } from "../terminal/status-line.ts";
import { createStatus } from "../views/status.ts";
import { callInTurn } from "../model/listener.ts";
import { takesStretches, type View, type ViewListener } from "../views/view.ts";

const STATUS_PERIOD_MS = 200;

/** The view, with a line about what is going on while it is watched, until `end`. */
export function showStatus(view: View, line: StatusLine): { readonly view: View; readonly end: () => void } {
  if (line === NO_STATUS_LINE) return { view, end: () => {} };
  const startMs = performance.now();
  const now = (): number => performance.now() - startMs;
  const status = createStatus(now);
  const timer = setInterval(() => line.show(status.describe(now())), STATUS_PERIOD_MS);
  return {
    view: { ...view, create: (page, options) => followBoth(status.watching, view.create(page, options)) },
    end() {
      clearInterval(timer);
      line.clear();
    },
  };
}

function followBoth(first: ViewListener, second: ViewListener): ViewListener {
  const { record, read, stretch } = callInTurn([first, second]);
  return { ...second, record, read, ...(takesStretches(second) && { stretch }) };
}
