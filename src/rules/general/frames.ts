// Faults within single frames in any protocol: data that is empty, damaged or from two frames; invalid UTF-8; damaged
// binary frames.
import type { Payload } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import { findSeam } from "../watching/json-seam.ts";
import { createDialectWait } from "../watching/dialect-wait.ts";
import { family, type Find } from "../rule.ts";

/** Characters quoted on either side of a fault. */
const EXCERPT_CHARACTERS = 30;
const COMMENT_SIGN = ":";

/**
 * Line ends in Unicode, and therefore for the line splitting of some languages (such as Python's `str.splitlines`), but
 * not in the SSE standard or in JSON.
 */
const NEXT_LINE = "\u0085";
const LINE_SEPARATOR = "\u2028";
const PARAGRAPH_SEPARATOR = "\u2029";

export const frameRules = family({
  name: "frames",
  rules: [
    {
      id: "event-without-data",
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "A named event has no data, or empty data.",
      why: "The SSE standard drops an event without data, and clients that parse the empty data as JSON throw.",
      remedy:
        "Send a JSON object as data; to keep the connection alive, send a comment (a line that starts with a colon).",
    },
    {
      id: "invalid-json",
      severity: "error",
      meaning: "An event's data is not the JSON object that the protocol requires.",
      why: "The content of this event is lost, and many clients throw here and lose the rest of the response too.",
      remedy:
        "Look at the bytes at this place: the data was cut, joined or rewritten on the way, or the message is not part of the protocol.",
    },
    {
      id: "merged-frames",
      severity: "error",
      meaning: "The boundary between two events was lost: their blank line is missing, or their data is in one line.",
      why: "A client joins the data of both and parses it as one JSON value, so it loses both events.",
      remedy:
        "End every event with a blank line and write it in one piece; if a tool such as grep or a logger dropped the blank lines, capture the raw bytes.",
    },
    {
      id: "comment-in-data",
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "An event's data is an SSE comment (it starts with a colon) that was forwarded as data.",
      why: "Clients skip comments, but they parse data as JSON and throw at this one.",
      remedy: "Forward comments unchanged or drop them, but never put `data:` before them.",
    },
    {
      id: "invalid-utf8",
      severity: "error",
      meaning: "The data contains bytes that are not valid UTF-8.",
      why: "Clients decode these bytes as U+FFFD, so the original characters are lost.",
      remedy:
        "Encode the stream as UTF-8, and split or decode it only between characters: a character can span two chunks.",
    },
    {
      id: "damaged-frame",
      severity: "error",
      meaning:
        "A binary frame is cut, does not match its checksum or has unreadable headers, or other bytes are in its place.",
      // https://smithy.io/2.0/aws/amazon-eventstream.html: "must be validated"
      why: "AWS's SDKs throw at such a frame, so the rest of the response is lost.",
      remedy:
        "Look for what changes the bytes on the way, such as a proxy that decodes them as text, or a tool that joins or cuts the capture.",
    },
    {
      id: "line-separator",
      severity: "info",
      meaning: "The data contains an unescaped U+2028, U+2029 or U+0085, which some clients treat as a line end.",
      why: "A client that splits lines there, instead of only at CR and LF, loses the rest of the event.",
      remedy:
        "Escape these characters in the JSON (\\u2028, \\u2029, \\u0085), or make sure that clients split lines as the SSE standard says.",
    },
    {
      id: "chunked-coding",
      // "A message body that uses the chunked transfer coding is incomplete if the zero-sized chunk … has not been received":
      // https://www.rfc-editor.org/rfc/rfc9112#section-8
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "The chunked transfer coding of the body is damaged: a size is wrong, or the last chunk is missing.",
      why: "HTTP clients fail at such a body, even if the response in it has ended.",
      remedy:
        "Look for a server or proxy that closes the connection early or counts characters instead of bytes; a tool that was stopped also leaves out the last chunk.",
    },
  ],
  watch(find) {
    const wait = createDialectWait();

    return {
      defect({ type, text, index, line, offset }) {
        const place = { index, line, offset };
        switch (type) {
          case "event-without-data":
          case "event-cut-by-comment": {
            const cause = type === "event-without-data" ? "" : ", because a comment and a blank line cut it in two";
            const message = `the event ${text} has no data${cause}; the standard drops it`;
            const report = () => find("event-without-data", place, message, { expected: "data", seen: null });
            // An error is reported each time, not counted as a habit.
            if (text === "error") return report();
            return wait.whenKnown((dialect) => {
              if (dialect?.wire?.bareEvents?.includes(text) !== true) report();
            });
          }
          case "event-not-separated": {
            const difference = { expected: "a blank line", seen: null };
            const message = "no blank line before this event: clients read it as part of the one before it";
            return find("merged-frames", place, message, difference);
          }
          case "run-together": {
            const message = `no ${text} between this JSON value and the one before it`;
            return find("merged-frames", place, message, { expected: `a ${text}`, seen: null });
          }
          case "damaged-frame": {
            const message = `the frame at byte ${offset} is damaged: ${text}`;
            return find(type, place, message, { expected: null, seen: null });
          }
          case "wrong-chunk-size": {
            const message = `expected a chunk size at byte ${offset}, but found: ${text}`;
            return find("chunked-coding", place, message, { expected: "a chunk size", seen: text }, "error");
          }
          case "last-chunk-missing": {
            const message = `the input ends at byte ${offset}, before the last chunk (size 0)`;
            return find("chunked-coding", place, message, { expected: "0", seen: null });
          }
          case "invalid-utf8": {
            const message = `invalid UTF-8 at byte ${offset}; the text reads: ${text}`;
            return find(type, place, message, { expected: "UTF-8", seen: text });
          }
        }
      },
      read({ event, payload, facts, dialect }) {
        wait.note(dialect);
        const { data } = event;
        // Most strings are ASCII, for which the last two checks take no time.
        if (data.includes(NEXT_LINE) || data.includes(LINE_SEPARATOR) || data.includes(PARAGRAPH_SEPARATOR)) {
          findSeparator(event, find);
        }
        if (payload.type === "object") return;
        for (const fact of facts) if (fact.type === "unreadable") findUnreadable(event, payload, fact.reason, find);
      },
      end({ tally: { pending, events, bytes }, framing, stopped, recordingInterrupted }) {
        wait.end();
        if (pending === null || framing !== "aws-eventstream" || stopped || recordingInterrupted) return;
        const { line, offset } = pending;
        const message = `the frame at byte ${offset} is cut: the input ends after its first ${bytes - offset} bytes`;
        const difference = { expected: "the rest of the frame", seen: "the end of the input" };
        find("damaged-frame", { index: events, line, offset }, message, difference);
      },
    };
  },
});

type FrameRuleId = (typeof frameRules.rules)[number]["id"];

function findSeparator(event: WireEvent, find: Find<FrameRuleId>): void {
  const at = event.data.search(/[\u0085\u2028\u2029]/);
  const code = event.data.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
  find("line-separator", event, `unescaped U+${code} at character ${at} of the data`, {
    expected: `\\u${code.toLowerCase()}`,
    seen: `U+${code}`,
  });
}

/** Reports why the dialect cannot read the data. */
function findUnreadable(event: WireEvent, payload: Payload, reason: string, find: Find<FrameRuleId>): void {
  const { data } = event;
  if (data === "") {
    const difference = { expected: "a JSON object", seen: "" };
    return find("event-without-data", event, `the data of the event ${event.event} is empty`, difference);
  }
  if (data.startsWith(COMMENT_SIGN)) {
    const difference = { expected: "a JSON object", seen: excerpt(data, 0) };
    return find("comment-in-data", event, `the data is a comment: ${excerpt(data, 0)}`, difference);
  }
  const seam = payload.type === "broken-json" ? findSeam(data) : null;
  if (seam !== null) {
    find("merged-frames", event, `a second JSON value begins at character ${seam} of the data`, {
      expected: "one JSON value",
      seen: excerpt(data, seam),
    });
    return;
  }
  const difference = { expected: "a JSON object", seen: excerpt(data, 0) };
  find("invalid-json", event, `the data cannot be read: ${reason}`, difference);
}

/** An excerpt of the data around a place. */
function excerpt(data: string, at: number): string {
  return data.slice(Math.max(at - EXCERPT_CHARACTERS, 0), at + EXCERPT_CHARACTERS);
}
