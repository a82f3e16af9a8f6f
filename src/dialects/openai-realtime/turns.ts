// Orders responses that overlap, such as one outside of the conversation: events of another response wait until the
// current one ends.
// https://platform.openai.com/docs/guides/realtime-conversations#create-responses-outside-the-default-conversation
import { asId, asObject, type JsonObject } from "../../model/payload.ts";

export interface Turns {
  /** Takes an event; gives the events to read now, in order. */
  take(value: JsonObject, length: number): readonly JsonObject[];
  /** The events that still wait when the input is over. */
  rest(): readonly JsonObject[];
}

/** Maximum events and characters that wait; beyond it, events are read as they come. */
const MOST_EVENTS = 20_000;
const MOST_CHARACTERS = 2 ** 23;

export function createTurns(): Turns {
  /** The current response; null between two. */
  let current: string | null = null;
  /** By response, in the order in which they began. */
  const waiting = new Map<string, JsonObject[]>();
  let events = 0;
  let characters = 0;

  function note(value: JsonObject): void {
    if (value.type === "response.created") current = responseOf(value);
    else if (value.type === "response.done") current = null;
  }

  function hold(id: string, value: JsonObject, length: number): void {
    const values = waiting.get(id);
    if (values === undefined) waiting.set(id, [value]);
    else values.push(value);
    events += 1;
    characters += length;
  }

  /** The events of the next response so far; if it has ended, also those of the ones after it. */
  function next(): JsonObject[] {
    const taken: JsonObject[] = [];
    for (const [id, values] of waiting) {
      if (current !== null) break;
      waiting.delete(id);
      for (const value of values) {
        note(value);
        taken.push(value);
      }
    }
    if (waiting.size === 0) events = characters = 0;
    return taken;
  }

  function rest(): JsonObject[] {
    const values = [...waiting.values()].flat();
    waiting.clear();
    events = characters = 0;
    return values;
  }

  return {
    rest,
    take(value, length) {
      const id = responseOf(value);
      const isOther = id !== null && current !== null && id !== current;
      if (isOther && (waiting.has(id) || value.type === "response.created")) {
        const isFull = events >= MOST_EVENTS || characters + length > MOST_CHARACTERS;
        if (!isFull) {
          hold(id, value, length);
          return [];
        }
        const all = [...rest(), value];
        all.forEach(note);
        return all;
      }
      note(value);
      return current === null && waiting.size > 0 ? [value, ...next()] : [value];
    },
  };
}

/** The response of an event; null if it has none. */
function responseOf(value: JsonObject): string | null {
  return asId(value.response_id) ?? asId(asObject(value.response)?.id);
}
