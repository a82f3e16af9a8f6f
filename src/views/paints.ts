// The colours of severities and kinds. The verdict table holds those of verdicts.
import type { Kind } from "../event-words/kinds.ts";
import type { Fact } from "../model/facts.ts";
import type { Severity } from "../model/finding.ts";
import { verdictTable } from "../model/verdict.ts";
import type { Paint } from "../terminal/paint.ts";

export const paintOfSeverity = { error: "bad", warning: "warning", info: "dim" } as const satisfies Record<
  Severity,
  Paint
>;

const paints: Readonly<Record<Kind, Paint>> = {
  error: "bad",
  broken: "bad",
  end: "good",
  start: "name",
  tool: "accent",
  refusal: "warning",
  text: "plain",
  reasoning: "dim",
  code: "plain",
  media: "plain",
  item: "name",
  part: "name",
  citation: "name",
  status: "name",
  usage: "plain",
  timing: "plain",
  cost: "plain",
  data: "plain",
  unknown: "warning",
  done: "dim",
  ping: "dim",
  empty: "dim",
  comment: "dim",
  retry: "dim",
  stray: "warning",
  finding: "plain",
};

/** The colour of a kind; for an end, that of its outcome. */
export function paintOfKind(kind: Kind, facts: readonly Fact[] = []): Paint {
  const end = kind === "end" ? facts.find((fact) => fact.type === "response-end") : undefined;
  return end === undefined ? paints[kind] : verdictTable[end.outcome].tone;
}
