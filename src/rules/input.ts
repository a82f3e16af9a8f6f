// What the input is said to be, against what it is.
import type { RuleFamily } from "./rule.ts";

/** The media types that fit each framing; a server that says another may be handled wrongly by clients. */
const MEDIA_TYPES: Record<string, readonly string[]> = {
  sse: ["text/event-stream"],
  ndjson: ["application/x-ndjson", "application/jsonl", "application/x-jsonlines", "application/json"],
};

export const inputRules: RuleFamily = {
  name: "input",
  rules: [
    { id: "content-type", severity: "warning", meaning: "The server names another content type than its body has." },
  ],
  watch(find) {
    const place = { index: 0, line: 1, offset: 0 };
    return {
      end({ tally, framing, http }) {
        const expected = MEDIA_TYPES[framing ?? ""] ?? [];
        if (http !== null && http.status < 300 && tally.events > 0) {
          const said = http.contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? null;
          if (said === null)
            find("content-type", place, `the server names no content type; ${expected[0]} is expected`);
          else if (!expected.includes(said))
            find("content-type", place, `the server says ${said}; ${expected[0]} is expected`);
        }
      },
    };
  },
};
