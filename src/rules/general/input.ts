// What the input is said to be, against what it is.
import { framings } from "../../framing/index.ts";
import { describeFault } from "../../model/compression-fault.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";

const START: Place = { index: 0, line: 1, offset: 0 };

export const inputRules = family({
  name: "input",
  rules: [
    {
      id: "content-type",
      // "Servers MUST return header Content-Type: text/event-stream": https://www.openresponses.org/specification#http-responses
      severity: { openai: "warning", "open-responses": "error", lenient: "info" },
      meaning: "The server names another content type than its body has, or none.",
      why: "EventSource and strict clients refuse such a stream; proxies may buffer, compress or cache it as a whole.",
      remedy: "Send `Content-Type: text/event-stream`, and see that no proxy rewrites it.",
    },
    {
      id: "truncated-compression",
      severity: "error",
      meaning: "The compressed data that the stream was read from is cut or damaged.",
      why: "What stood after that place is lost, and most tools say nothing of it: the stream looks as if it had ended there.",
      remedy:
        "Capture it again, and wait until the writer has ended: one that is killed leaves its last bytes out. Of a damaged file, compare size and checksum with the original.",
    },
  ],
  watch(find) {
    /** The last event that was read: where nothing comes any more. */
    let last: Place = START;
    return {
      record(record) {
        if (record.type === "event") last = record;
      },
      stretch(stretch) {
        ({ last } = stretch);
      },
      end({ tally, framing, http, compression }) {
        if (compression !== null) {
          const difference = { expected: `the end of the ${compression.coding} data`, seen: compression.reason };
          find("truncated-compression", last, describeFault(compression), difference);
        }
        // The body of an HTTP error has no framing.
        const [expected, ...others] = mediaTypesOf(framing);
        if (expected === undefined || http === null || tally.events === 0) return;
        const seen = http.contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? null;
        if (seen === expected || (seen !== null && others.includes(seen))) return;
        const said = seen === null ? "names no content type" : `says ${seen}`;
        find("content-type", START, `the server ${said}; ${expected} is expected`, { expected, seen });
      },
    };
  },
});

function mediaTypesOf(name: string | null): readonly string[] {
  return framings.find((framing) => framing.name === name)?.mediaTypes ?? [];
}
