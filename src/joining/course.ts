// Follows whether a stream's response is over, as its dialect defines it. If it is over, there is no reconnection.
import type { DialectName } from "../dialects/index.ts";
import { createInterpreter } from "../dialects/interpreter.ts";
import { DONE_SENTINEL, isWhole } from "../model/payload.ts";
import type { Reading } from "../model/reading.ts";
import type { PendingEvent, WireEvent } from "../model/wire.ts";

export interface Course {
  read(event: WireEvent): void;
  /** Whether the last response has ended, after a connection that broke. */
  isOverAtBreak(): boolean;
  /** The same after a clean close, maybe within an event, which the standard discards. */
  isOverAtEnd(pending: PendingEvent | null): boolean;
}

/** Follows a stream in a named or detected dialect; `onReading` gets its events, except cut ones. */
export function createCourse(dialect: DialectName | null, onReading: (reading: Reading) => void): Course {
  let hasEnded = false;
  let hasFailed = false;

  const interpreter = createInterpreter(dialect, (reading) => {
    const { facts, pending } = reading;
    for (const { type } of facts) {
      if (type === "response-start") hasEnded = hasFailed = false;
      else if (type === "response-end") hasEnded = true;
      // In a stream of an unknown dialect, an error may not end the response.
      else if (type === "error-reported") hasFailed = reading.dialect.isKnown;
    }
    if (!pending) onReading(reading);
  });

  function read(event: WireEvent, pending: boolean): void {
    interpreter.read(event, null, pending);
    // Events may be read later, while the dialect is still being detected.
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
      // After an error, an end event may or may not follow.
      return hasEnded || hasFailed;
    },
  };
}
