// JSON-RPC messages of a server: https://www.jsonrpc.org/specification#response_object
import type { JsonObject } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";
import type { Place } from "../../../model/finding.ts";

/** Ids that are remembered; a hostile stream could answer one with every event. */
const MOST_IDS = 10_000;

export const rpcRules = family({
  name: "rpc",
  rules: [
    {
      id: "request-answered-twice",
      // "The request ID MUST NOT have been previously used by the requestor within the same session", and a response has
      // the id of its request: https://modelcontextprotocol.io/specification/2025-11-25/basic#requests
      severity: "error",
      meaning: "Two responses have the same id, so a request is answered twice.",
      why: "A client settles the request with the first response, and throws at the second or drops it.",
      remedy: "Look for a server that sends both an error and a result, or for a resumed stream that repeats events.",
    },
  ],
  watch(find) {
    let answered = new Set<string>();

    function readAnswer({ id, result, error }: JsonObject, place: Place): void {
      if (result === undefined && error === undefined) return;
      // With a session numbers begin anew.
      if (typeof result === "object" && result !== null && "serverInfo" in result) answered = new Set();
      // 1 and "1" are two ids. Without one it is an answer to what could not be read.
      if (typeof id !== "string" && typeof id !== "number") return;
      const key = JSON.stringify(id);
      if (!answered.has(key)) {
        if (answered.size < MOST_IDS) answered.add(key);
        return;
      }
      const message = `the request ${key} has been answered, and is answered again`;
      find("request-answered-twice", place, message, { expected: "one response", seen: key });
    }

    return {
      read({ event, payload }) {
        if (payload.type === "object") readAnswer(payload.value, event);
      },
    };
  },
});
