// Compares the text of `result` with the texts before it: it is the main agent's last text, or its last texts joined.
import { asString, type JsonObject } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";
import { differ } from "../../../rules/watching/text-difference.ts";

/** Limits the compared texts of a run; a hostile stream could start one with every event. */
const MOST_TEXTS = 1000;

export const resultRules = family({
  name: "results",
  rules: [
    {
      id: "result-differs",
      // Not an error: either text may be right, and a hook or a wrapper may have changed one on purpose.
      severity: "warning",
      meaning: "The text of `result` differs from the agent's last text in the stream.",
      why: "A script that reads `result` and a user who follows the stream see different answers.",
      remedy: "Look for lines lost, cut or changed between the CLI and the reader, for example in a wrapper or a log.",
    },
  ],
  watch(find, { transcript }) {
    /** Positions of the items with a text, in order. */
    let texts = new Set<number>();
    /** The capture has the run from its first line, so no text is missing. */
    let isWhole = false;

    /**
     * Whether a result is the last text, or the last texts joined; true if a text is unknown. Ignores outer whitespace.
     */
    function isSaid(result: string): boolean {
      let rest = result.trimEnd();
      let isLast = true;
      for (const item of [...texts].toReversed()) {
        const text = transcript.textOf(item, "text", 0);
        if (text === null) return true;
        const said = isLast ? text.trimEnd() : text;
        isLast = false;
        if (said.trimStart() === rest.trimStart()) return true;
        if (!rest.endsWith(said)) return false;
        rest = rest.slice(0, rest.length - said.length);
      }
      return rest.trim() === "";
    }

    return {
      facts: {
        "response-start"(_, { payload }) {
          texts = new Set();
          isWhole = payload.type === "object" && payload.value.type === "system";
        },
        "text-delta"({ item }) {
          if (texts.size < MOST_TEXTS) texts.add(item);
        },
      },
      payloads: {
        result(value, { event }) {
          const result = resultOf(value);
          if (result === null || !isWhole || texts.size === 0 || texts.size >= MOST_TEXTS) return;
          if (isSaid(result)) return;
          const last = transcript.textOf([...texts].at(-1) ?? 0, "text", 0) ?? "";
          const { words, expected, seen } = differ(last.trim(), result.trim());
          find("result-differs", event, `the text of result differs from the agent's last text: ${words}`, {
            expected,
            seen,
          });
        },
      },
    };
  },
});

/** The text of a successful run; null if it failed or has no text result. Empty if the run ended with a call. */
function resultOf(value: JsonObject): string | null {
  const { type, subtype, is_error: isError, result, structured_output: structured } = value;
  if (type !== "result" || subtype !== "success" || isError === true || (structured ?? null) !== null) return null;
  return asString(result) || null;
}
