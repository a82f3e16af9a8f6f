// Takes the recorded messages; gives each with its number and its time in ms since the request.
import { asObject, type JsonObject } from "../../../model/payload.ts";
import { asMs } from "../../../model/timing.ts";

const SECOND_MS = 1000;
/** A time further from its request is of another clock. */
const LONGEST_MS = 24 * 60 * 60 * SECOND_MS;

export interface RecordedMessage {
  readonly message: JsonObject;
  /** Its position in the recorder's list. */
  readonly index: number;
  /** In ms since the request; null if unknown. */
  readonly atMs: number | null;
}

/** The messages of a list that are objects, with the times in `time`. */
export function readMessages(list: unknown, requestMs: number, headMs: number | null): readonly RecordedMessage[] {
  const values: readonly unknown[] = Array.isArray(list) ? list : [];
  const messages = values.flatMap((value, index) => {
    const message = asObject(value);
    return message === null ? [] : [{ message, index }];
  });
  const times = timesSinceRequest(
    messages.map(({ message }) => message.time),
    requestMs,
    headMs,
  );
  return messages.map(({ message, index }, position) => ({ message, index, atMs: times[position] ?? null }));
}

/**
 * The times of messages, in ms since `requestMs`; null if there is none. Chrome writes seconds since 1970, Playwright
 * milliseconds (https://github.com/microsoft/playwright/pull/41015), or -1 for a missing time. Seconds of another clock
 * count from the first message, which is assumed to come with the response headers, `headMs` after the request.
 */
function timesSinceRequest(
  times: readonly unknown[],
  requestMs: number,
  headMs: number | null,
): readonly (number | null)[] {
  const numbers = times.map(asMs);
  const first = numbers.find((time) => time !== null) ?? 0;
  const isNear = (ms: number) => ms >= requestMs && ms - requestMs < LONGEST_MS;
  const unitMs = !isNear(first * SECOND_MS) && isNear(first) ? 1 : SECOND_MS;
  const firstMs = first * unitMs;
  const startMs = isNear(firstMs) ? requestMs : firstMs - (headMs ?? 0);
  return numbers.map((time) => (time === null ? null : asMs(Math.max(time * unitMs - startMs, 0))));
}
