// JSON-RPC messages of a server: https://www.jsonrpc.org/specification#response_object
import type { JsonObject } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";
import type { Place } from "../../../model/finding.ts";

/** Limits the ids that are remembered; a hostile stream could use a new one in every event. */
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
      why: "A client settles the request with the first response, then throws at the second or drops it.",
      remedy: "Look for a server that sends both an error and a result, or for a resumed stream that repeats events.",
    },
    {
      id: "rpc-version-missing",
      // "MUST be exactly "2.0"": https://www.jsonrpc.org/specification#response_object
      severity: "error",
      meaning: "A message does not have the JSON-RPC version, `jsonrpc` with the value `2.0`.",
      why: "Clients check each message against its schema, drop this one, and wait for the response until they time out.",
      remedy: 'Send `"jsonrpc": "2.0"` in each message.',
    },
  ],
  watch(find) {
    let answered = new Set<string>();
    let isVersionFound = false;

    function readAnswer({ id, result, error }: JsonObject, place: Place): void {
      if (result === undefined && error === undefined) return;
      // Each session starts its numbers again.
      if (typeof result === "object" && result !== null && "serverInfo" in result) answered = new Set();
      // 1 and "1" are two ids. A response without an id is for an unreadable request.
      if (typeof id !== "string" && typeof id !== "number") return;
      const key = JSON.stringify(id);
      if (!answered.has(key)) {
        if (answered.size < MOST_IDS) answered.add(key);
        return;
      }
      const message = `request ${key} is answered a second time`;
      find("request-answered-twice", place, message, { expected: "one response", seen: key });
    }

    /** If a server never sends the version, only the first message is reported. */
    function readVersion({ jsonrpc, result, error, method }: JsonObject, place: Place): void {
      const isMessage = result !== undefined || error !== undefined || typeof method === "string";
      if (jsonrpc === "2.0" || !isMessage || isVersionFound) return;
      isVersionFound = true;
      const seen = typeof jsonrpc === "string" ? jsonrpc : null;
      find("rpc-version-missing", place, `the message has ${seen === null ? "no jsonrpc" : `jsonrpc ${seen}`}`, {
        expected: "2.0",
        seen,
      });
    }

    return {
      read({ event, payload }) {
        if (payload.type !== "object") return;
        readVersion(payload.value, event);
        readAnswer(payload.value, event);
      },
    };
  },
});
