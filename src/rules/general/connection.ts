// The connection that carries a stream.
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";

export const connectionRules = family({
  name: "connection",
  rules: [
    {
      id: "break-after-end",
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "The connection broke, or did not close in time, after the response had ended.",
      why: "Nothing of the response is lost, but clients that read to the end of the body throw, and the connection is not reused.",
      remedy:
        "End the body properly (the last chunk of chunked transfer coding, or all bytes of `content-length`), and look for a worker or proxy that is killed, or keeps the connection open, after its last write.",
      noExample:
        "There is no example: a file does not show how its connection ended. A server that is killed between the last event and the end of the body breaks this rule.",
    },
  ],
  watch(find) {
    let last: Place | null = null;
    return {
      read({ event }) {
        last = event;
      },
      stretch(stretch) {
        last = stretch.last;
      },
      end({ breakAfterEnd }) {
        if (breakAfterEnd === null || last === null) return;
        find("break-after-end", last, `after the response ended: ${breakAfterEnd}`);
      },
    };
  },
});
