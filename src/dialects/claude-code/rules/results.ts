// The text of `result` beside the texts that came before it: it is the last one of the main agent, or the last ones.
import { asString, type JsonObject } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";
import { differ } from "../../../rules/watching/text-difference.ts";

/** Texts of a run that are compared; a hostile stream could begin one with every event. */
const MOST_TEXTS = 1000;

export const resultRules = family({
  name: "results",
  rules: [
    {
      id: "result-differs",
      // Not an error: which of the two is right cannot be told, and a hook or a wrapper may have changed one on purpose.
      severity: "warning",
      meaning: "The text of `result` is not what the agent said last in the stream.",
      why: "A script that reads `result` and a person who follows the stream see different answers.",
      remedy:
        "Look for lines that are lost, cut or changed between the CLI and the reader, such as by a wrapper or a log.",
    },
  ],
  watch(find, { transcript }) {
    /** Positions of the items with a text, in their order. */
    let texts = new Set<number>();
    /** The run is there from its first line: none of its texts was missed. */
    let isWhole = false;

    /** Whether a result is the last text, or the last ones; true where a text is not known. Spaces around it do not count. */
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
          find("result-differs", event, `the text of result is not what the agent said last: ${words}`, {
            expected,
            seen,
          });
        },
      },
    };
  },
});

/** The text of a run that went well; null if it failed, or if its result is not a text. It is empty if the run ended with a call. */
function resultOf(value: JsonObject): string | null {
  const { type, subtype, is_error: isError, result, structured_output: structured } = value;
  if (type !== "result" || subtype !== "success" || isError === true || (structured ?? null) !== null) return null;
  return asString(result) || null;
}
