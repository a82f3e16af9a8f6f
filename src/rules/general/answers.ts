// Responses that end normally for the protocol, but are not what was requested. Uses only facts, so it works for every
// dialect.
import type { ItemEnd, ItemStart, ResponseEnd, Usage } from "../../model/facts.ts";
import type { Reading } from "../../model/reading.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";
import { cut } from "../../wording/cut.ts";

/** Characters of a refusal that a message quotes. */
const LONGEST_QUOTE = 120;

/** Items that hold only text; any other item counts as content. */
const TEXT_ITEM = /^(?:message|text|output_text|unknown|tool_plan|fallback|.*(?:reasoning|thinking|thought).*)$/;

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
    {
      id: "empty-answer",
      // OleksandrChekhovskyi/hax#15, google-gemini/gemini-cli#10672
      severity: "warning",
      meaning: "A response is completed without any text, call or refusal.",
      why: "The user sees nothing, and an agent has nothing to go on with, although everything looks like a success.",
      remedy:
        "Retry, or allow more output tokens if only reasoning arrived; look for a gateway that turns errors into an ordinary end.",
    },
  ],
  watch(find, { transcript }) {
    let isIncompleteFound = false;
    /** The first refusal of the current response. */
    let refusal: { place: Place; item: number; part: number } | null = null;
    let isRefusalFound = false;
    let usage: Usage | null = null;
    /** Where the current response was completed; more of it may follow. */
    let completed: { readonly place: Place; readonly status: string | null } | null = null;
    let hasContent = false;
    let hasReasoning = false;
    let nativeReason: string | null = null;

    function findEmpty(): void {
      if (completed === null || hasContent) return;
      const { place, status } = completed;
      const only = hasReasoning ? "only reasoning arrived" : "nothing arrived";
      const word = nativeReason === null || nativeReason === status ? "" : `; native_finish_reason is ${nativeReason}`;
      const message = `the response is completed (${status ?? "no reason given"}) and empty: ${only}${word}${wordsOf(usage)}`;
      const seen = nativeReason ?? (hasReasoning ? "reasoning" : null);
      find("empty-answer", place, message, { expected: "a text, a call or a refusal", seen });
    }

    function noteContent(): void {
      hasContent = true;
    }

    function noteReason({ dialect, payload }: Reading): void {
      if (hasContent || dialect.choicesOf === null || payload.type !== "object") return;
      for (const choice of dialect.choicesOf(payload.value)) nativeReason = choice.nativeReason ?? nativeReason;
    }

    function noteItem({ snapshot }: ItemStart | ItemEnd): void {
      hasContent ||= !TEXT_ITEM.test(snapshot.type);
    }

    function findIncomplete(place: Place, status: string | null, reason: string | null): void {
      if (isIncompleteFound) return;
      isIncompleteFound = true;
      // Some providers have no status besides the reason.
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

    function begin(isResumed: boolean): void {
      findEmpty();
      completed = null;
      hasContent = isResumed;
      hasReasoning = false;
      nativeReason = null;
      isIncompleteFound = false;
      isRefusalFound = false;
      refusal = null;
      usage = null;
    }

    function readEnd({ outcome, status, reason }: ResponseEnd, { event: place, dialect }: Reading): void {
      // Responses with such a status may be empty.
      const isCounted = !dialect.usage.uncountedStatuses.includes(status ?? "");
      hasContent ||= !isCounted || dialect.usage.reported === "never";
      if (refusal !== null) findRefusal(refusal.place, textOf(refusal));
      else if (outcome === "refused") findRefusal(place, reason);
      if (outcome === "incomplete") findIncomplete(place, status, reason);
      completed = outcome === "completed" ? { place, status } : null;
    }

    function textOf({ item, part }: { readonly item: number; readonly part: number }): string | null {
      return transcript.textOf(item, "refusal", part);
    }

    return {
      facts: {
        "response-start": ({ resumed }) => begin(resumed),
        "*-delta"({ type, text }) {
          if (type === "reasoning-delta" || type === "reasoning-summary-delta") hasReasoning = true;
          else hasContent ||= text !== "";
        },
        "item-start": noteItem,
        "item-end": noteItem,
        // In an unknown protocol any data may be the response.
        "data-received": noteContent,
        "media-delta": noteContent,
        "error-reported": noteContent,
        "usage-reported"(fact) {
          ({ usage } = fact);
        },
        "refusal-delta"({ item, part }, { event }) {
          refusal ??= { place: event, item, part };
        },
        "refusal-end"({ text }) {
          if (refusal !== null) findRefusal(refusal.place, text ?? textOf(refusal));
        },
        // A snapshot alone can end a response: cancelled.
        "response-update"({ outcome, status }, { event }) {
          if (outcome === "incomplete") findIncomplete(event, status, null);
        },
        "response-end": readEnd,
      },
      read: noteReason,
      stretch: ({ like }) => noteReason(like),
      end: findEmpty,
    };
  },
});

/** The tokens spent on an empty or incomplete response. */
function wordsOf(usage: Usage | null): string {
  if (usage === null || usage.outputTokens === null) return "";
  const { outputTokens, reasoningTokens } = usage;
  const reasoning = reasoningTokens === null ? "" : `, ${reasoningTokens} of them on reasoning`;
  return ` (${outputTokens} output tokens spent${reasoning})`;
}
