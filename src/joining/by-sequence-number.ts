// Responses that run in the background go on without a reader, and are read on from a number:
// GET /v1/responses/{id}?stream=true&starting_after=N. https://platform.openai.com/docs/guides/background
import { TransportError } from "../errors.ts";
import { asIndex, asObject, asString, parsePayload } from "../model/payload.ts";
import type { JoinPolicy } from "./policy.ts";

/** No standard names a time; the response waits, and the first try may be soon. */
const RECONNECTION_MS = 1000;

/** What an id may be that becomes part of an address. */
const RESPONSE_ID = /^(?!\.+$)[\w.~:-]{1,256}$/;

export const bySequenceNumber: JoinPolicy = {
  name: "sequence-number",
  firstChange: {},
  reconnectionMs: RECONNECTION_MS,
  follow() {
    let responseId: string | null = null;
    /** The highest number among the events that went on. */
    let last: number | null = null;
    /** At the seam: the number that was asked to go on after. It ends with the first event after that. */
    let startingAfter: number | null = null;

    return {
      admits(event) {
        if (startingAfter === null) return true;
        const payload = parsePayload(event.data);
        if (payload.type !== "object") return true;
        const id = asString(asObject(payload.value.response)?.id);
        if (id !== null && id !== responseId) {
          responseId = null;
          throw new TransportError("OTHER_RESPONSE", "the server continued a different response");
        }
        const number = asIndex(payload.value.sequence_number);
        if (number === null) return true;
        // A server that does not know `starting_after` begins anew.
        if (number <= startingAfter) return false;
        startingAfter = null;
        return true;
      },
      read({ facts, sequenceNumber }) {
        for (const fact of facts) {
          if (fact.type === "response-start") {
            responseId = fact.id;
            last = null;
          } else if (fact.type === "response-update") responseId = fact.id ?? responseId;
        }
        if (sequenceNumber !== null) last = Math.max(sequenceNumber, last ?? 0);
      },
      continuation() {
        if (responseId === null) return { impossible: "no event has the response's id" };
        if (!RESPONSE_ID.test(responseId)) return { impossible: "the response's id cannot be part of a URL" };
        if (last === null) return { impossible: "the response's events have no sequence numbers" };
        startingAfter = last;
        const [id, after] = [responseId, last];
        return {
          change: { method: "GET", url: (url) => addressOf(url, id, after), withoutBody: true },
          lastEventId: null,
          startingAfter: after,
          place: `after number ${after}`,
        };
      },
    };
  },
};

/** The address of the response's stream; what else the query says, such as Azure's api-version, stays. */
function addressOf(url: URL, id: string, startingAfter: number): URL {
  const address = new URL(url);
  const path = url.pathname.replace(/\/+$/, "");
  address.pathname = path.endsWith(`/${id}`) ? path : `${path}/${id}`;
  address.searchParams.set("stream", "true");
  address.searchParams.set("starting_after", String(startingAfter));
  return address;
}
