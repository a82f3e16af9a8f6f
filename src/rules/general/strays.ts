// Lines outside of any event: clients drop them, including errors that a server or proxy writes there.
import { createDialectWait } from "../watching/dialect-wait.ts";
import type { WireStray } from "../../model/wire.ts";
import { countOf } from "../../wording/counts.ts";
import { cut } from "../../wording/cut.ts";
import { describeMarkup, isMarkup } from "../../wording/markup.ts";
import { family } from "../rule.ts";

/** A field of another name with at most one word as its value: an extension such as `timestamp: 1732657164`. */
const FIELD = /^[a-z][\w-]*(?::[ ]?[^\s{["<]*)?$/i;
/** `Data: {…`: field names in the standard are case-sensitive. */
const MISCASED_FIELD = /^(?:data|event|id|retry):/i;
const INDENTED_FIELD = /^[ \t]+(?:data|event|id|retry):/;
/** Limit on the quoted characters of the lines. */
const LONGEST_QUOTE = 200;

export const strayRules = family({
  name: "strays",
  rules: [
    {
      id: "stray-line",
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning:
        "Lines of the stream are neither SSE fields nor JSON: a page, an error message, or the rest of a split event.",
      // "Otherwise: the field is ignored": https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
      why: "Clients drop such lines without a trace, so an error in them is never seen and a split event stays incomplete.",
      remedy:
        "Read the quoted lines: an error or a page comes from a proxy or server, and the rest of an event from a line end that was written into its data.",
    },
    {
      id: "unknown-field",
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "A line sets a field that the SSE standard does not have.",
      why: "Clients ignore it, so its value is lost; a misspelled field name loses an event.",
      remedy: "Use only the fields data, event, id and retry, and put everything else into the data.",
    },
  ],
  watch(find) {
    /** Index of the next event. */
    let index = 0;
    /** A reported page continues after its blank lines. */
    let isInPage = false;
    const wait = createDialectWait();

    function report(stray: WireStray): void {
      if (isInPage) return;
      const { text } = stray;
      isInPage = isMarkup(text);
      const lines = text.split("\n");
      const place = { index, line: stray.line, offset: stray.offset };
      const seen = cut(lines[0] ?? "", LONGEST_QUOTE);
      if (lines.every((line) => INDENTED_FIELD.test(line))) {
        const message = `clients ignore this field, because its line begins with a space: ${seen.trim()}`;
        return find("unknown-field", place, message, { expected: seen.trim(), seen });
      }
      if (lines.every((line) => FIELD.test(line))) {
        return wait.whenKnown((dialect) => {
          const ignored = dialect?.wire?.ignoredLines;
          if (ignored !== undefined && lines.every((line) => ignored.test(line))) return;
          find("unknown-field", place, `clients ignore this field: ${seen}`, { expected: null, seen });
        });
      }
      const quote = cut(text.replaceAll(/\s+/g, " ").trim(), LONGEST_QUOTE);
      const words = MISCASED_FIELD.test(text) ? `field names are lower case: ${quote}` : quote;
      const what = isInPage ? describeMarkup(text) : words;
      const subject = lines.length === 1 ? "this line is" : `these ${countOf(lines.length, "line")} are`;
      find("stray-line", place, `${subject} not part of an event: ${what}`, { expected: null, seen });
    }

    return {
      facts: { "response-start": (_, { dialect }) => wait.note(dialect) },
      end: () => wait.end(),
      record(record) {
        if (record.type === "stray") report(record);
        else if (record.type === "event") {
          index = record.index + 1;
          isInPage = false;
        }
      },
      stretch({ last }) {
        index = last.index + 1;
      },
    };
  },
});
