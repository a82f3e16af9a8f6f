// As a browser's EventSource does: the same request again, with the id of the last event.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection
import { cut } from "../wording/cut.ts";
import type { JoinPolicy } from "./policy.ts";

/** What browsers wait; the standard leaves it open, "probably in the region of a few seconds". */
const RECONNECTION_MS = 3000;
const LONGEST_SHOWN = 60;

/** NUL, CR and LF never come in an id; other control characters may, and no HTTP header can hold them. */
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
      if (value === null) return { impossible: "the last event's id has a character that is not allowed in a header" };
      return {
        change: { ...change, headers: { "last-event-id": value } },
        lastEventId,
        startingAfter: null,
        place: `after the event with the id ${cut(lastEventId, LONGEST_SHOWN)}`,
      };
    },
  }),
};

/** The UTF-8 bytes of an id, a character each, which is how headers are written; null where they cannot be sent. */
function headerValue(id: string): string | null {
  const value = Buffer.from(id).toString("latin1");
  return SENDABLE.test(value) ? value : null;
}
