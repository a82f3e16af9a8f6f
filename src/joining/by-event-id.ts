// Reconnects like a browser's EventSource: the same request, with the id of the last event.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection
import { cut } from "../wording/cut.ts";
import type { JoinPolicy } from "./policy.ts";

/** The delay of browsers; the standard leaves it open, "probably in the region of a few seconds". */
const RECONNECTION_MS = 3000;
const LONGEST_SHOWN = 60;

/** An id never contains NUL, CR or LF. It may contain other control characters, which HTTP headers cannot. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

export const byEventId: JoinPolicy = {
  name: "event-id",
  // What the standard's cache mode "no-store" sends (Fetch, 4.6).
  firstChange: { defaultHeaders: { "cache-control": "no-cache" } },
  reconnectionMs: RECONNECTION_MS,
  follow: () => ({
    admits: () => true,
    read: () => {},
    continuation(lastEventId) {
      const change = byEventId.firstChange;
      if (lastEventId === "") return { change, lastEventId: null, startingAfter: null, place: "" };
      const value = headerValue(lastEventId);
      if (value === null) return { impossible: "the last event's id has a character that HTTP headers cannot contain" };
      return {
        change: { ...change, headers: { "last-event-id": value } },
        lastEventId,
        startingAfter: null,
        place: `after the event with the id ${cut(lastEventId, LONGEST_SHOWN)}`,
      };
    },
  }),
};

/** The UTF-8 bytes of an id, one character each, as headers are written; null if they cannot be sent. */
function headerValue(id: string): string | null {
  const value = Buffer.from(id).toString("latin1");
  return SENDABLE.test(value) ? value : null;
}
