import type { Verdict } from "../../model/verdict.ts";

/** The statuses of everything that runs in OpenAI's APIs and Google's Interactions, each with its verdict. */
export const verdictOfRunStatus: Readonly<Record<string, Verdict>> = {
  completed: "completed",
  incomplete: "incomplete",
  cancelled: "incomplete",
  failed: "failed",
  in_progress: "truncated",
  queued: "truncated",
};
