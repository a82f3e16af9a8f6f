// When events come, against when they were made.
import { isTextDelta } from "../../model/facts.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";

/** Shorter streams may be made at once. */
const FEWEST_EVENTS = 20;
const NEARLY_ALL = 0.9;
/** A server that answers sooner was not waited for. */
const LONG_AFTER_START_MS = 1000;
/** What comes within so small a part of the time that it took to come was made before. */
const MOMENT_SHARE = 0.02;
/** No model pauses as long between two words; providers send keep-alives more often. */
const STALL_MS = 10_000;

/** Events that came in one moment. */
interface Cluster {
  readonly place: Place;
  readonly startMs: number;
  endMs: number;
  events: number;
}

export const timingRules = family({
  name: "timing",
  rules: [
    {
      id: "buffered",
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "Nearly all events arrived at once, long after the request.",
      why: "Something between the model and the client holds the stream back until it is over, so users wait for the whole response and timeouts strike.",
      remedy:
        "Check each hop: `proxy_buffering off` or `X-Accel-Buffering: no` in nginx, no compression of `text/event-stream`, `Cache-Control: no-transform`, a flush after each event in the server, and `curl -N` if curl writes to a pipe.",
    },
    {
      id: "stall",
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "Nothing arrived for more than ten seconds in the middle of a text, not even a comment.",
      why: "Clients with an idle timeout give up, load balancers close the connection, and for the user the response hangs.",
      remedy:
        "Check the provider's status at that time and the same request without the proxies; a server can send a comment (`: keep-alive`) every few seconds while it waits.",
    },
  ],
  watch(find) {
    let events = 0;
    let cluster: Cluster | null = null;
    let largest: Cluster | null = null;
    let lastMs: number | null = null;
    /** The last event, where it carries a piece of a text: the next one is due. */
    let unfinished: Place | null = null;

    function note(atMs: number): void {
      const silentMs = lastMs === null ? 0 : atMs - lastMs;
      lastMs = atMs;
      if (unfinished === null || silentMs <= STALL_MS) return;
      const seconds = (silentMs / 1000).toFixed(1);
      find("stall", unfinished, `nothing came for ${seconds} s after this event, in the middle of a text`, {
        expected: "at most 10 s",
        seen: `${seconds} s`,
      });
    }

    function gather(place: Place, atMs: number, count: number): void {
      events += count;
      if (cluster === null || atMs - cluster.startMs > cluster.startMs * MOMENT_SHARE) {
        cluster = { place, startMs: atMs, endMs: atMs, events: 0 };
      }
      cluster.endMs = atMs;
      cluster.events += count;
      if (largest === null || cluster.events > largest.events) largest = cluster;
    }

    return {
      record(record, atMs) {
        if (atMs !== null && record.type !== "end") note(atMs);
      },
      read({ event, facts, atMs }) {
        if (atMs === null) return;
        gather(event, atMs, 1);
        unfinished = facts.some((fact) => isTextDelta(fact) && fact.late !== true) ? event : null;
      },
      stretch({ like: { atMs }, last, events }) {
        if (atMs === null) return;
        gather(last, atMs, events);
        unfinished = last;
      },
      end({ endMs }) {
        if (endMs !== null) note(endMs);
        if (largest === null) return;
        const { place, startMs, endMs: lastMs, events: together } = largest;
        if (together < FEWEST_EVENTS || together < events * NEARLY_ALL || startMs < LONG_AFTER_START_MS) return;
        const moment = `${together} of ${events} events came within ${Math.round(lastMs - startMs)} ms`;
        find("buffered", place, `${moment}, ${(startMs / 1000).toFixed(1)} s after the start`);
      },
    };
  },
});
