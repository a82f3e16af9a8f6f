// Answers that ended as the protocol has it, and are not what was asked for. By facts, so for every dialect.
import type { ResponseEnd, Usage } from "../../model/facts.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";
import { cut } from "../../wording/cut.ts";

/** Characters of a refusal that a message quotes. */
const LONGEST_QUOTE = 120;

export const answerRules = family({
  name: "answers",
  rules: [
    {
      id: "incomplete",
      severity: "warning",
      meaning: "The response ended before the model was done, or was cancelled.",
      why: "The text stops anywhere, even inside a word or a tool call, and looks like a complete response.",
      remedy:
        "For `max_output_tokens`, allow more tokens (reasoning uses them too); for `content_filter`, review the request.",
    },
    {
      id: "refusal",
      severity: "warning",
      meaning: "The model refused to answer.",
      why: "A refusal is separate from the text, so a client that shows only text shows an empty response.",
      remedy: "Show refusals to the user, and change the request.",
    },
  ],
  watch(find, { transcript }) {
    let isIncompleteFound = false;
    /** The first refusal of the response in hand. */
    let refusal: { place: Place; item: number; part: number } | null = null;
    let isRefusalFound = false;
    let usage: Usage | null = null;

    function findIncomplete(place: Place, status: string | null, reason: string | null): void {
      if (isIncompleteFound) return;
      isIncompleteFound = true;
      // To some providers the reason is all the status that there is.
      const word = status === null || status === reason ? "incomplete" : status;
      const message = `the response is ${word}${reason === null ? "" : `: ${reason}`}${wordsOf(usage)}`;
      find("incomplete", place, message, { expected: "completed", seen: reason ?? status });
    }

    function findRefusal(place: Place, text: string | null): void {
      if (isRefusalFound) return;
      isRefusalFound = true;
      const quote = text === null ? "" : `: ${cut(text, LONGEST_QUOTE)}`;
      find("refusal", place, `the model refuses to answer${quote}`, { expected: null, seen: text });
    }

    function begin(): void {
      isIncompleteFound = false;
      isRefusalFound = false;
      refusal = null;
      usage = null;
    }

    function readEnd(place: Place, { outcome, status, reason }: ResponseEnd): void {
      if (refusal !== null) findRefusal(refusal.place, textOf(refusal));
      else if (outcome === "refused") findRefusal(place, reason);
      if (outcome === "incomplete") findIncomplete(place, status, reason);
    }

    function textOf({ item, part }: { readonly item: number; readonly part: number }): string | null {
      return transcript.textOf(item, "refusal", part);
    }

    return {
      needs: ["response-start", "response-update", "response-end", "usage-reported", "refusal-delta", "refusal-end"],
      read({ event, facts }) {
        for (const fact of facts) {
          if (fact.type === "response-start") begin();
          else if (fact.type === "usage-reported") ({ usage } = fact);
          else if (fact.type === "refusal-delta") refusal ??= { place: event, item: fact.item, part: fact.part };
          else if (fact.type === "refusal-end" && refusal !== null) {
            findRefusal(refusal.place, fact.text ?? textOf(refusal));
          }
          // A snapshot can be an end of its own: cancelled.
          else if (fact.type === "response-update" && fact.outcome === "incomplete") {
            findIncomplete(event, fact.status, null);
          } else if (fact.type === "response-end") readEnd(event, fact);
        }
      },
    };
  },
});

/** What was spent on an answer that is none. */
function wordsOf(usage: Usage | null): string {
  if (usage === null || usage.outputTokens === null) return "";
  const { outputTokens, reasoningTokens } = usage;
  const reasoning = reasoningTokens === null ? "" : `, ${reasoningTokens} of them on reasoning`;
  return ` (${outputTokens} output tokens spent${reasoning})`;
}
