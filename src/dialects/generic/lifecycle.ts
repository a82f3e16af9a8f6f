// The start and end of a run in an unknown protocol, by event names: RUN_STARTED and RUN_FINISHED, workflow_started and
// workflow_finished, stream-start and stream-end. A run without an end is truncated in any protocol.
import { asObject, asString, type JsonObject } from "../../model/payload.ts";

export interface Mark {
  /** The name of the run: `run`, `workflow`; empty if the event is just `start` or `done`. */
  readonly subject: string;
  readonly isStart: boolean;
}

const START = /^(.*?)[._\- ]?(?:start|started|begin|began)$/i;
const END =
  /^(.*?)[._\- ]?(?:finish|finished|end|ended|complete|completed|done|stop|stopped|failed|cancelled|canceled)$/i;

/** The names of an event: the SSE event name, and names within the payload. */
export function namesOf(value: JsonObject, eventName: string): string[] {
  return [value.type, value.event, value.event_type, eventName].map((name) => asString(name) ?? "").filter(Boolean);
}

/** The mark of an event by one of its names; null if it is neither a start nor an end. */
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

/** Whether the end of a run reports a failure, in its own status or, as in Dify, in that of its data. */
export function hasFailed(value: JsonObject): boolean {
  return [value, asObject(value.data) ?? {}].some(({ status }) => FAILURES.has(status));
}
