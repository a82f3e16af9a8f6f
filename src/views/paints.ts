// The colour of each severity. Verdicts have theirs in their table.
import type { Severity } from "../model/finding.ts";
import type { Paint } from "../terminal/paint.ts";

export const paintOfSeverity = { error: "bad", warning: "warning", info: "dim" } as const satisfies Record<
  Severity,
  Paint
>;
