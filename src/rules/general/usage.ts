// The token usage that is reported for a response. Uses only facts, so it works for every dialect.
import type { Usage } from "../../model/facts.ts";
import { asObject } from "../../model/payload.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";

/** Providers' names for token counts: input_tokens, totalTokens, candidatesTokenCount …, but not costs or times. */
const COUNT_KEY = /tokens?(?:_?count)?$/i;

/** Impossible numbers: the message, the expected and the actual value. */
interface Contradiction {
  readonly words: string;
  readonly expected: string | number;
  readonly seen: string | number;
}

export const usageRules = family({
  name: "usage",
  rules: [
    {
      id: "usage-missing",
      // OpenAI's own streams always report it; the schema of Open Responses has it "if available"
      // (schema/responses.tsp of openresponses/openresponses).
      severity: { openai: "warning", "open-responses": "info", lenient: "info" },
      meaning: "A response ended, complete or cut, without reporting token usage.",
      why: "Unknown usage cannot be billed or budgeted, and some clients count it as 0.",
      remedy: "Report usage at the end of the response; gateways must forward it.",
    },
    {
      id: "usage-arithmetic",
      severity: { openai: "error", "open-responses": "warning", lenient: "warning" },
      meaning: "The token counts contradict each other, or are not valid counts.",
      why: "Bills and budgets based on them are wrong, and it is unclear which number is right.",
      remedy: "Count cached tokens as part of the input, and the total as the sum of input and output.",
    },
    {
      id: "usage-part-exceeds-whole",
      // Not an error: Vercel's AI Gateway, OpenRouter and others count the reasoning of some models differently from
      // the output that includes it.
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "More tokens are reported for reasoning than for the output that includes it.",
      why: "It is unclear which of the two numbers is billed, and a share of reasoning computed from them exceeds 100 %.",
      remedy: "Count reasoning as part of the output, with the same tokenizer.",
    },
  ],
  watch(find) {
    /** Where the current response ended without usage, which some dialects report after the end. */
    let ended: Place | null = null;
    let hasUsage = false;

    function tellMissing(): void {
      if (ended !== null)
        find("usage-missing", ended, "the response ended without usage", { expected: "usage", seen: null });
      ended = null;
    }

    return {
      facts: {
        "response-start"() {
          tellMissing();
          hasUsage = false;
        },
        "usage-reported"({ usage }, { event }) {
          hasUsage = true;
          ended = null;
          for (const { words, expected, seen } of contradictions(usage)) {
            find("usage-arithmetic", event, words, { expected, seen });
          }
          const { reasoningTokens, outputTokens } = usage;
          for (const { words, expected, seen } of partBeyondWhole(
            "reasoning",
            reasoningTokens,
            "output",
            outputTokens,
          )) {
            find("usage-part-exceeds-whole", event, words, { expected, seen });
          }
        },
        "response-end"({ outcome, status }, { event, dialect }) {
          if (hasUsage) return;
          // A failed or cancelled response may not have used tokens.
          const { reported, uncountedStatuses } = dialect.usage;
          const isUncounted = outcome === "failed" || uncountedStatuses.includes(status ?? "");
          if (!isUncounted && reported === "always") ended = event;
        },
      },
      end: tellMissing,
    };
  },
});

function contradictions(usage: Usage): Contradiction[] {
  const { inputTokens: input, outputTokens: output, totalTokens: total } = usage;
  const found = impossibleCounts(usage.raw);
  if (input !== null && output !== null && total !== null && total !== input + output) {
    const words = `the total is ${total} tokens, but input + output is ${input} + ${output} = ${input + output}`;
    found.push({ words, expected: input + output, seen: total });
  }
  return [...found, ...partBeyondWhole("cached", usage.cachedInputTokens, "input", input)];
}

function partBeyondWhole(name: string, part: number | null, wholeName: string, whole: number | null): Contradiction[] {
  if (part === null || whole === null || part <= whole) return [];
  const words = `${part} ${name} tokens, but the ${wholeName} has only ${whole}`;
  return [{ words, expected: `at most ${whole}`, seen: part }];
}

/** The provider's own token counts that are negative, fractions or texts, at any depth of its object. */
function impossibleCounts(raw: unknown): Contradiction[] {
  return Object.entries(asObject(raw) ?? {}).flatMap(([key, value]): Contradiction[] => {
    const inner = asObject(value);
    return inner === null
      ? impossible(key, value)
      : Object.entries(inner).flatMap(([innerKey, count]) => impossible(innerKey, count));
  });
}

function impossible(key: string, value: unknown): Contradiction[] {
  if ((typeof value !== "number" && typeof value !== "string") || !COUNT_KEY.test(key)) return [];
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return [];
  return [{ words: `${key} is ${JSON.stringify(value)}`, expected: "a whole number from 0", seen: value }];
}
