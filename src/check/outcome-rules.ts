// What only `check` finds, because it is not in the events: how the reading went, and what was expected.
import type { Verdict } from "../model/verdict.ts";
import type { Rule } from "../rules/rule.ts";

export const outcomeRules = [
  {
    id: "not-a-stream",
    severity: "error",
    meaning: "The input is no event stream: an HTML page, a JSON document, an HTTP error, nothing at all.",
    why: "A client waits for events that never come; some show an empty answer as if it were one.",
    remedy: "Read the error in the message: a wrong URL or key, a missing `stream: true`, a proxy's error page.",
  },
  {
    id: "transport-error",
    severity: "error",
    meaning: "The network failed before or while the stream was read.",
    why: "What came is not all there was; nothing can be said of the rest.",
    remedy: "Try again; where it happens again at the same time or size, look for a timeout or a limit on the way.",
  },
  {
    id: "event-too-large",
    severity: "error",
    meaning:
      "An event is larger than `--max-event-size`, or decompressed input larger than `--max-decoded-size`; what follows was not read.",
    why: "It is more than most clients can hold, or the blank lines between events were lost; compressed data may be made to fill a disk.",
    remedy: "Raise the limit where it is meant to be so large.",
    noExample: "There is no example: an event that exceeds the default limit is too large to show.",
  },
  {
    id: "unreadable-source",
    severity: "error",
    meaning: "A source could not be read.",
    why: "It was not checked, so nothing is known of it.",
    remedy: "Look at the path and its permissions; a pattern that matches no file is unreadable too.",
    noExample: "There is no example: a source that cannot be read has no bytes to show.",
  },
  {
    id: "expectation",
    severity: "error",
    meaning: "An expectation of `--expect` is not met.",
    why: "The stream is not what the one who wrote the expectation relies on.",
    remedy: "Compare the value in the message with what was expected: one of the two is wrong.",
    noExample:
      "There is no example: any stream can break it. `ssescope check --expect tool=get_weather capture.sse` fails if the model calls no such tool.",
  },
] as const satisfies readonly Rule[];
export type OutcomeRuleId = (typeof outcomeRules)[number]["id"];

/** The rule that speaks of each verdict but the good ones. What a user says of that rule holds for the verdict too. */
export const ruleOfVerdict: Readonly<Record<Verdict, string | null>> = {
  completed: null,
  ended: null,
  refused: "refusal",
  incomplete: "incomplete",
  failed: "in-band-error",
  truncated: "no-terminal",
  "transport-error": "transport-error",
  "not-a-stream": "not-a-stream",
};
