// What single frames hold, whatever the protocol: data that is none, damaged, or of two frames; bytes that are no text.
import type { Payload } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import { findSeam } from "../watching/json-seam.ts";
import { family, type Find } from "../rule.ts";

/** Characters of the stream that a message quotes on either side of what is wrong. */
const EXCERPT_CHARACTERS = 30;
const COMMENT_SIGN = ":";
/** Events that are held back until the dialect is known. */
const MOST_HELD = 16;

/**
 * Line ends to Unicode, and so to the line splitting of some languages (such as `str.splitlines` of Python), but neither
 * to the SSE standard nor to JSON.
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
      meaning: "An event is named, but has no data, or data that is empty.",
      why: "The SSE standard drops an event without data in silence; clients that parse empty data as JSON throw.",
      remedy:
        "Send a data line with a JSON object, or, to keep the connection alive, a comment (a line that begins with a colon).",
    },
    {
      id: "invalid-json",
      severity: "error",
      meaning: "An event's data is not the JSON object that the dialect speaks.",
      why: "Whatever the event was to say is lost, and many clients throw here and lose the rest of the answer too.",
      remedy:
        "Look at the bytes at this place: data that was cut, joined or rewritten on its way, or a message that is not part of the protocol.",
    },
    {
      id: "merged-frames",
      severity: "error",
      meaning: "An event's data holds two JSON values: the border between two frames was lost.",
      why: "Both events are lost to a client that parses the data as one JSON value.",
      remedy:
        "End every event with a blank line and write each in one piece; two writers on one connection need a lock.",
    },
    {
      id: "comment-in-data",
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "An event's data is a comment (it begins with a colon) that something sent on as data.",
      why: "Clients skip comments, but parse data as JSON and throw at this one.",
      remedy: "Where events are passed on, pass comments on as they are, or drop them: never put `data:` before them.",
    },
    {
      id: "invalid-utf8",
      severity: "error",
      meaning: "The data holds bytes that are no UTF-8.",
      why: "The standard has them read as U+FFFD: the characters that they were to be cannot be known any more.",
      remedy: "Encode as UTF-8, and cut or decode a stream only between characters: one may be spread over two chunks.",
    },
    {
      id: "line-separator",
      severity: "info",
      meaning: "The data holds U+2028, U+2029 or U+0085 unescaped, which some clients take for the end of a line.",
      why: "A client that splits lines there instead of at CR and LF alone loses the rest of the event.",
      remedy:
        "Escape them in JSON (\\u2028, \\u2029, \\u0085), or make sure that clients split lines as the SSE standard says.",
    },
  ],
  watch(find) {
    /** What could not be read before the dialect was known: no fault where none will be. */
    let held: (() => void)[] = [];

    function readUndecided(event: WireEvent, payload: Payload): void {
      if (held.length >= MOST_HELD || payload.type === "object" || payload.type === "done-sentinel") return;
      // An id without data is a place to come back to: MCP's servers open a stream with one.
      if (event.data === "" && event.lastEventId !== "") return;
      const reason = payload.type === "broken-json" ? payload.reason : "it is no JSON object";
      const { index, line, offset } = event;
      findUnreadable(event, payload, reason, (rule, _place, message, difference) => {
        held.push(() => find(rule, { index, line, offset }, message, difference));
      });
    }

    return {
      defect({ type, text, index, line, offset }) {
        const place = { index, line, offset };
        if (type === "event-without-data") {
          find(type, place, `the event ${text} has no data: the standard drops it`, { expected: "data", seen: null });
        } else {
          find(type, place, `the byte at offset ${offset} is no UTF-8; the text reads: ${text}`, {
            expected: "UTF-8",
            seen: text,
          });
        }
      },
      read({ event, dialect, payload, facts }) {
        const { data } = event;
        // A string of ASCII, as most are, is told at once to hold neither of the last two.
        if (data.includes(NEXT_LINE) || data.includes(LINE_SEPARATOR) || data.includes(PARAGRAPH_SEPARATOR)) {
          findSeparator(event, find);
        }
        // Such a stream may hold anything: it is read so until an event shows its dialect, or to its end.
        if (!dialect.isKnown) return readUndecided(event, payload);
        if (held.length > 0) {
          for (const tell of held) tell();
          held = [];
        }
        if (payload.type === "object") return;
        for (const fact of facts) if (fact.type === "unreadable") findUnreadable(event, payload, fact.reason, find);
      },
    };
  },
});

type FrameRuleId = (typeof frameRules.rules)[number]["id"];

function findSeparator(event: WireEvent, find: Find<FrameRuleId>): void {
  const at = event.data.search(/[\u0085\u2028\u2029]/);
  const code = event.data.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
  find("line-separator", event, `U+${code} stands unescaped at character ${at} of the data`, {
    expected: `\\u${code.toLowerCase()}`,
    seen: `U+${code}`,
  });
}

/** Says what is wrong with data that the dialect cannot read. */
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

/** The data around a place in it. */
function excerpt(data: string, at: number): string {
  return data.slice(Math.max(at - EXCERPT_CHARACTERS, 0), at + EXCERPT_CHARACTERS);
}
