import type { Verdict } from "../../model/verdict.ts";

/** The statuses that OpenAI gives to whatever runs, and Google's Interactions too, with the verdict that each stands for. */
export const verdictOfRunStatus: Readonly<Record<string, Verdict>> = {
  completed: "completed",
  incomplete: "incomplete",
  cancelled: "incomplete",
  failed: "failed",
  in_progress: "truncated",
  queued: "truncated",
};
