// What the input is said to be, against what it is.
import { family } from "./rule.ts";

/** The media types that fit each framing; a server that says another may be handled wrongly by clients. */
const MEDIA_TYPES: Readonly<Record<string, readonly string[]>> = {
  sse: ["text/event-stream"],
  ndjson: [
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonlines",
    "application/json",
  ],
};
const START = { index: 0, line: 1, offset: 0 };

export const inputRules = family({
  name: "input",
  dialects: null,
  rules: [
    {
      id: "content-type",
      // "Servers MUST return header Content-Type: text/event-stream": https://www.openresponses.org/specification#http-responses
      severity: { openai: "warning", "open-responses": "error", lenient: "info" },
      meaning: "The server names another content type than its body has, or none.",
      why: "EventSource and strict clients refuse such a stream; proxies may buffer, compress or cache it as a whole.",
      remedy: "Send `Content-Type: text/event-stream`, and see that no proxy rewrites it.",
    },
  ],
  watch(find) {
    return {
      end({ tally, framing, http }) {
        // The body of an HTTP error has no framing.
        const [expected, ...others] = MEDIA_TYPES[framing ?? ""] ?? [];
        if (expected === undefined || http === null || tally.events === 0) return;
        const seen = http.contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? null;
        if (seen === expected || (seen !== null && others.includes(seen))) return;
        const said = seen === null ? "names no content type" : `says ${seen}`;
        find("content-type", START, `the server ${said}; ${expected} is expected`, { expected, seen });
      },
    };
  },
});
