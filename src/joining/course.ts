// Whether a stream is over, which is for its dialect to say: where it is, nothing is joined to it.
import type { DialectName } from "../dialects/index.ts";
import { createInterpreter } from "../dialects/interpreter.ts";
import { DONE_SENTINEL, isWhole } from "../model/payload.ts";
import type { Reading } from "../model/reading.ts";
import type { PendingEvent, WireEvent } from "../model/wire.ts";

export interface Course {
  read(event: WireEvent): void;
  /** Whether the response that came last has had its end, now that a connection is broken. */
  isOverAtBreak(): boolean;
  /** The same for a connection that ends in order, maybe within an event, which the standard discards. */
  isOverAtEnd(pending: PendingEvent | null): boolean;
}

/** Follows a stream in the dialect named, or else detected; `onReading` is given its events, those that were cut aside. */
export function createCourse(dialect: DialectName | null, onReading: (reading: Reading) => void): Course {
  let hasEnded = false;
  let hasFailed = false;

  const interpreter = createInterpreter(dialect, (reading) => {
    const { facts, pending } = reading;
    for (const { type } of facts) {
      if (type === "response-start") hasEnded = hasFailed = false;
      else if (type === "response-end") hasEnded = true;
      // What it means in a stream of no known dialect, nobody knows.
      else if (type === "error-reported") hasFailed = reading.dialect.isKnown;
    }
    if (!pending) onReading(reading);
  });

  function read(event: WireEvent, pending: boolean): void {
    interpreter.read(event, null, pending);
    // Events of an unknown dialect may be read only later.
    if (event.data.trimEnd() === DONE_SENTINEL) hasEnded = true;
  }

  return {
    read: (event) => read(event, false),
    isOverAtBreak: () => hasEnded,
    isOverAtEnd(pending) {
      // Some servers forget the blank line after their last event.
      if (pending !== null && isWhole(pending.data)) {
        read({ type: "event", ...pending, lastEventId: "", index: 0, length: 0 }, true);
      }
      // After an error there may be an end to come, or none.
      return hasEnded || hasFailed;
    },
  };
}
