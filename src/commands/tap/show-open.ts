// While a tap runs: what is under way, on the status line.
import type { Exchange } from "../../tap/exchange.ts";
import type { StatusLine } from "../../terminal/status-line.ts";
import type { Clock } from "../../timing/clock.ts";
import { countOf } from "../../wording/counts.ts";
import { formatDuration } from "../../wording/durations.ts";

const PERIOD_MS = 200;
const MOST_SHOWN = 4;

/** Shows the exchanges that are open, redrawn every 200 ms by `clock` until `end`. */
export function showOpen(
  follower: { readonly open: ReadonlySet<Exchange> },
  line: StatusLine,
  clock: Clock,
): { readonly end: () => void } {
  const ended = new AbortController();
  const since = new Map<Exchange, number>();

  function describe(): string | null {
    const all = [...follower.open];
    for (const exchange of since.keys()) if (!all.includes(exchange)) since.delete(exchange);
    for (const exchange of all) if (!since.has(exchange)) since.set(exchange, clock.now());
    if (all.length === 0) return null;
    const shown = all.slice(0, MOST_SHOWN).map((exchange) => {
      const { number, method, path } = exchange;
      return `#${number} ${method} ${path} ${formatDuration(clock.now() - (since.get(exchange) ?? 0))}`;
    });
    const left = all.length - shown.length;
    return `${countOf(all.length, "request")} open: ${shown.join(", ")}${left > 0 ? `, and ${left} more` : ""}`;
  }

  async function redraw(): Promise<void> {
    for (;;) {
      await clock.wait(PERIOD_MS, ended.signal);
      if (ended.signal.aborted) return;
      const text = describe();
      if (text === null) line.clear();
      else line.show(text);
    }
  }

  void redraw();
  return {
    end() {
      ended.abort();
      line.clear();
    },
  };
}
