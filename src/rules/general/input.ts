// Compares what headers, path and compression promise with the actual input.
import type { DialectTraits } from "../../model/dialect-traits.ts";
import { framings } from "../../framing/index.ts";
import { describeFault } from "../../model/compression-fault.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";

/**
 * A value that a recorder put in place of a header, which says nothing about the server: `**REDACTED**`,
 * `[REDACTED:content-type]`, `<FILTERED>`.
 */
const IS_REDACTED = /^[^/]*(?:redacted|filtered|scrubbed|masked|removed)[^/]*$/i;

const START: Place = { index: 0, line: 1, offset: 0 };

export const inputRules = family({
  name: "input",
  rules: [
    {
      id: "content-type",
      // "Servers MUST return header Content-Type: text/event-stream": https://www.openresponses.org/specification#http-responses
      severity: { openai: "warning", "open-responses": "error", lenient: "info" },
      meaning: "The content type header is missing or does not match the body.",
      why: "EventSource and strict clients refuse such a stream, and proxies may buffer, compress or cache it.",
      remedy: "Send `Content-Type: text/event-stream`, and check that no proxy rewrites it.",
    },
    {
      id: "unexpected-protocol",
      severity: "warning",
      meaning: "The path of the request belongs to one API, and the stream speaks the protocol of another.",
      why: "The program expects the protocol of the path that it calls: it reads nothing of such a stream, or the wrong thing.",
      remedy:
        "Check the base URL, and whether a gateway on the way forwards the request to another API without translating the stream.",
    },
    {
      id: "truncated-compression",
      severity: "error",
      meaning: "The compressed data is cut or damaged.",
      why: "Everything after this place is lost, and most tools do not report it: the stream seems to end there.",
      remedy:
        "Capture it again and let the writer finish (a killed writer leaves out its last bytes); if a file is damaged, compare its size and checksum with the original.",
    },
  ],
  watch(find) {
    /** The last event that was read: the place of faults at the end of the input. */
    let last: Place = START;
    let dialect: DialectTraits | null = null;
    return {
      facts: {
        "response-start"(_, reading) {
          ({ dialect } = reading);
        },
      },
      record(record) {
        if (record.type === "event") last = record;
      },
      stretch(stretch) {
        ({ last } = stretch);
      },
      end({ tally, framing, http, protocolsOfPath, compression }) {
        if (dialect?.isKnown === true && protocolsOfPath.length > 0 && !protocolsOfPath.includes(dialect)) {
          const expected = protocolsOfPath.map(({ name }) => name).join(" or ");
          const message = `the request path belongs to ${expected}, but the stream is ${dialect.name}`;
          find("unexpected-protocol", START, message, { expected, seen: dialect.name });
        }
        if (compression !== null) {
          const difference = { expected: `the end of the ${compression.coding} data`, seen: compression.reason };
          find("truncated-compression", last, describeFault(compression), difference);
        }
        if (http === null || tally.events === 0) return;
        // An HTTP error's body has no framing.
        const [expected, ...others] = [...mediaTypesOf(framing), ...(dialect?.wire?.mediaTypes ?? [])];
        if (expected === undefined) return;
        const seen = http.contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? null;
        if (seen === expected || (seen !== null && (others.includes(seen) || IS_REDACTED.test(seen)))) return;
        const sent = seen === null ? "sent no content type" : `sent content type ${seen}`;
        find("content-type", START, `the server ${sent}; expected ${expected}`, { expected, seen });
      },
    };
  },
});

function mediaTypesOf(name: string | null): readonly string[] {
  return framings.find((framing) => framing.name === name)?.mediaTypes ?? [];
}
