// Continues an OpenAI background response, which runs without a reader, after a sequence number:
// GET /v1/responses/{id}?stream=true&starting_after=N. https://platform.openai.com/docs/guides/background
import { TransportError } from "../errors.ts";
import { asIndex, asObject, asString, parsePayload } from "../model/payload.ts";
import type { JoinPolicy } from "./policy.ts";

/** No standard defines a delay. The response waits on the server, so the first attempt may be soon. */
const RECONNECTION_MS = 1000;

/** Ids that may become part of a URL. */
const RESPONSE_ID = /^(?!\.+$)[\w.~:-]{1,256}$/;

export const bySequenceNumber: JoinPolicy = {
  name: "sequence-number",
  firstChange: {},
  reconnectionMs: RECONNECTION_MS,
  follow() {
    let responseId: string | null = null;
    /** The highest number among the admitted events. */
    let last: number | null = null;
    /** The number that the new connection was asked to continue after; null after the first newer event. */
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
        // A server that does not support `starting_after` starts again from the beginning.
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

/** The URL of the response's stream. Other query parameters, such as Azure's api-version, stay. */
function addressOf(url: URL, id: string, startingAfter: number): URL {
  const address = new URL(url);
  const path = url.pathname.replace(/\/+$/, "");
  address.pathname = path.endsWith(`/${id}`) ? path : `${path}/${id}`;
  address.searchParams.set("stream", "true");
  address.searchParams.set("starting_after", String(startingAfter));
  return address;
}
