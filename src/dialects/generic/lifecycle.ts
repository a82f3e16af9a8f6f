// The beginning and the end of a run in an unknown protocol, by the names of its events: RUN_STARTED and RUN_FINISHED,
// workflow_started and workflow_finished, stream-start and stream-end. A run that never ends is cut, whatever it speaks.
import { asObject, asString, type JsonObject } from "../../model/payload.ts";

export interface Mark {
  /** What begins or ends: `run`, `workflow`; empty where the event is called `start` or `done` alone. */
  readonly subject: string;
  readonly isStart: boolean;
}

const START = /^(.*?)[._\- ]?(?:start|started|begin|began)$/i;
const END =
  /^(.*?)[._\- ]?(?:finish|finished|end|ended|complete|completed|done|stop|stopped|failed|cancelled|canceled)$/i;

/** The names of an event: that of the SSE event, and those within the payload. */
export function namesOf(value: JsonObject, eventName: string): string[] {
  return [value.type, value.event, value.event_type, eventName].map((name) => asString(name) ?? "").filter(Boolean);
}

/** What an event marks by one of its names; null: neither a beginning nor an end. */
export function markOf(names: readonly string[]): Mark | null {
  for (const name of names) {
    const start = START.exec(name)?.[1];
    if (start !== undefined) return { subject: start.toLowerCase(), isStart: true };
    const end = END.exec(name)?.[1];
    if (end !== undefined) return { subject: end.toLowerCase(), isStart: false };
  }
  return null;
}

const FAILURES: ReadonlySet<unknown> = new Set(["failed", "error"]);

/** Whether the end of a run says that the run failed: in its own status, or, as Dify has it, in that of its data. */
export function hasFailed(value: JsonObject): boolean {
  return [value, asObject(value.data) ?? {}].some(({ status }) => FAILURES.has(status));
}
