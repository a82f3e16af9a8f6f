// Several candidates or choices in one response: each must finish once, at its end, and token counts must not fall.
import type { ChoiceProgress } from "../../model/dialect-traits.ts";
import type { Reading } from "../../model/reading.ts";
import { family } from "../rule.ts";

/** Limit on watched candidates of a response; there are usually a few, but a hostile stream could send any number. */
const MOST_CANDIDATES = 1000;

export const candidateRules = family({
  name: "candidates",
  concerns: ({ choicesOf }) => choicesOf !== null,
  rules: [
    {
      id: "content-after-finish",
      // Not an error: Gemini 1.0 gave every chunk a finish reason.
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "A candidate or choice continues after its finish reason.",
      why: "Clients that stop reading at the finish reason show a cut response.",
      remedy: "Send the finish reason in the last chunk of a candidate; clients should read to the end of the stream.",
    },
    {
      id: "finish-reason-changed",
      severity: "error",
      meaning: "A candidate or choice has two different finish reasons.",
      why: "A client treats a cut or refused response as complete, or the opposite, depending on which reason it reads.",
      remedy: "Look for a gateway that joins the chunks of several responses, or that adds a finish reason of its own.",
    },
    {
      id: "usage-falls",
      severity: "warning",
      // Only the output: Gemini 2.0 reports fewer input tokens in its last chunk than in earlier ones.
      meaning: "The output token count is lower than in an earlier chunk, although no hosted tool ran.",
      why: "Clients take the last usage as the total, so bills and budgets based on it are wrong.",
      remedy: "Count from the start of the response in every chunk; gateways must forward the counts unchanged.",
    },
  ],
  watch(find) {
    let finished = new Map<number, string>();
    /** Output tokens in the last chunk that reported them. */
    let output: number | null = null;
    let hasHosted = false;

    function readAnswer({ name, index, reason, hasContent }: ChoiceProgress, { event }: Reading): void {
      const earlier = finished.get(index);
      if (earlier === undefined) {
        if (reason !== null && finished.size < MOST_CANDIDATES) finished.set(index, reason);
        return;
      }
      if (reason !== null && reason !== earlier) {
        const message = `${name} ${index} finished with ${earlier}, and later with ${reason}`;
        find("finish-reason-changed", event, message, { expected: earlier, seen: reason });
        finished.set(index, reason);
      }
      if (!hasContent) return;
      const message = `${name} ${index} continues after it finished with ${earlier}`;
      find("content-after-finish", event, message, { expected: `the end of the ${name}`, seen: "content" });
    }

    function readUsage(count: number | null, { event }: Reading): void {
      if (count === null) return;
      if (!hasHosted && output !== null && count < output) {
        const message = `the output is ${count} tokens, but was ${output} in an earlier chunk`;
        find("usage-falls", event, message, { expected: `at least ${output}`, seen: count });
      }
      output = count;
    }

    return {
      facts: {
        "response-start"() {
          finished = new Map();
          output = null;
          hasHosted = false;
        },
        "item-start"({ snapshot }, { dialect }) {
          hasHosted ||= dialect.toolCalls.hostedItems?.test(snapshot.type) ?? false;
        },
        "usage-reported": ({ usage }, reading) => readUsage(usage.outputTokens, reading),
      },
      read(reading) {
        const { dialect, payload } = reading;
        if (payload.type !== "object") return;
        for (const answer of dialect.choicesOf?.(payload.value) ?? []) readAnswer(answer, reading);
      },
    };
  },
});
