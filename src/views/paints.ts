// How what is said looks: the worse, the louder.
import type { Severity } from "../model/finding.ts";
import type { Paint } from "../terminal/paint.ts";
import type { Verdict } from "../model/verdict.ts";

export const paintOfVerdict = {
  completed: "good",
  ended: "good",
  refused: "warning",
  incomplete: "warning",
  truncated: "bad",
  failed: "bad",
  "transport-error": "bad",
  "not-a-stream": "bad",
} as const satisfies Record<Verdict, Paint>;

export const paintOfSeverity = { error: "bad", warning: "warning", info: "dim" } as const satisfies Record<
  Severity,
  Paint
>;
