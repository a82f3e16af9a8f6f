// Rules of `check` that are not about events: how reading went, and which expectations are unmet.
import type { Rule } from "../rules/rule.ts";

/** The rule of unmet expectations. */
export const EXPECTATION = "expectation";

export const outcomeRules = [
  {
    id: "not-a-stream",
    severity: "error",
    meaning: "The input is not an event stream: it is an HTML page, a JSON document, an HTTP error or empty.",
    why: "A client waits for events that never arrive, and some clients show an empty response.",
    remedy: "Read the error in the message: a wrong URL or key, a missing `stream: true`, a proxy's error page.",
  },
  {
    id: "transport-error",
    severity: "error",
    meaning: "The network failed before or while the stream was read.",
    why: "The stream is not complete, and nothing is known about the rest.",
    remedy: "Retry; if it fails again at the same time or size, look for a timeout or a limit on the way.",
  },
  {
    id: "event-too-large",
    severity: "error",
    meaning:
      "An event exceeds `--max-event-size`, or decompressed input exceeds `--max-decoded-size`; the rest was not read.",
    why: "Most clients cannot handle this size: the blank lines between events were lost, or the input is a decompression bomb.",
    remedy: "If the size is intended, raise the limit.",
    noExample: "There is no example: an event that exceeds the default limit is too large to show.",
  },
  {
    id: "unreadable-source",
    severity: "error",
    meaning: "A source could not be read.",
    why: "The source was not checked, so nothing is known about it.",
    remedy: "Check the path and its permissions; a pattern that matches no file counts as unreadable too.",
    noExample: "There is no example: a source that cannot be read has no bytes to show.",
  },
  {
    id: EXPECTATION,
    severity: "error",
    meaning: "An expectation of `--expect` is not met.",
    why: "The stream does not have what the author of the expectation relies on.",
    remedy: "Compare the value in the message with the expected one: one of the two is wrong.",
    noExample:
      "There is no example: any stream can break this rule. `ssescope check --expect tool=get_weather capture.sse` fails if the model calls no such tool.",
  },
] as const satisfies readonly Rule[];
export type OutcomeRuleId = (typeof outcomeRules)[number]["id"];
