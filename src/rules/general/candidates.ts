// Several answers in one response, such as choices or candidates: each finishes once, at its end, and what is counted of
// them grows until then.
import type { ChoiceProgress } from "../../model/dialect-traits.ts";
import type { Reading } from "../../model/reading.ts";
import { family } from "../rule.ts";

/** Candidates of a response that are watched; there are a few at most, but a hostile stream could send any number. */
const MOST_CANDIDATES = 1000;

export const candidateRules = family({
  name: "candidates",
  concerns: ({ choicesOf }) => choicesOf !== null,
  rules: [
    {
      id: "content-after-finish",
      // Not an error: Gemini 1.0 gave every chunk a finish reason.
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "A candidate, or a choice, goes on after its finish reason.",
      why: "Clients that stop reading at the finish reason show an answer that is cut.",
      remedy: "Send the finish reason with the last chunk of a candidate. Clients should read until the stream ends.",
    },
    {
      id: "finish-reason-changed",
      severity: "error",
      meaning: "A candidate, or a choice, has one finish reason, and then another.",
      why: "A client takes a cut or refused answer for a whole one, or the other way round, depending on which it reads.",
      remedy:
        "Look for a gateway that puts together the chunks of several answers, or adds a finish reason of its own.",
    },
    {
      id: "usage-falls",
      severity: "warning",
      // Only of the output: Gemini 2.0 counts less of the input in its last chunk than in those before.
      meaning: "The output has fewer tokens than in an earlier chunk, though no hosted tool ran.",
      why: "Clients take the last usage for that of the whole answer: what is billed or budgeted by it is wrong.",
      remedy: "Count from the beginning of the answer in every chunk; gateways have to pass the counts on as they are.",
    },
  ],
  watch(find) {
    let finished = new Map<number, string>();
    /** Tokens of the output, as the last chunk that told them has it. */
    let output: number | null = null;
    let hasHosted = false;

    function readAnswer({ name, index, reason, hasContent }: ChoiceProgress, { event }: Reading): void {
      const earlier = finished.get(index);
      if (earlier === undefined) {
        if (reason !== null && finished.size < MOST_CANDIDATES) finished.set(index, reason);
        return;
      }
      if (reason !== null && reason !== earlier) {
        const message = `${name} ${index} finished with ${earlier}, and now with ${reason}`;
        find("finish-reason-changed", event, message, { expected: earlier, seen: reason });
        finished.set(index, reason);
      }
      if (!hasContent) return;
      const message = `${name} ${index} goes on after it finished with ${earlier}`;
      find("content-after-finish", event, message, { expected: `the end of the ${name}`, seen: "content" });
    }

    function readUsage(count: number | null, { event }: Reading): void {
      if (count === null) return;
      if (!hasHosted && output !== null && count < output) {
        const message = `the output is ${count} tokens, and was ${output} in an earlier chunk`;
        find("usage-falls", event, message, { expected: `at least ${output}`, seen: count });
      }
      output = count;
    }

    return {
      read(reading) {
        for (const fact of reading.facts) {
          if (fact.type === "response-start") {
            finished = new Map();
            output = null;
            hasHosted = false;
          } else if (fact.type === "item-start")
            hasHosted ||= reading.dialect.toolCalls.hostedItems?.test(fact.snapshot.type) ?? false;
          else if (fact.type === "usage-reported") readUsage(fact.usage.outputTokens, reading);
        }
        const { dialect, payload } = reading;
        if (payload.type !== "object") return;
        for (const answer of dialect.choicesOf?.(payload.value) ?? []) readAnswer(answer, reading);
      },
    };
  },
});
