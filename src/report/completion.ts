// Whether the response that came last has ended, so that whatever happens to the connection then loses nothing of it.
import type { Fact } from "../model/facts.ts";
import type { Listener } from "../model/listener.ts";
import type { Reading } from "../model/reading.ts";

export interface Completion extends Listener {
  /** It has had its terminal event, and `[DONE]` if the protocol requires one; or an error that the stream reports. */
  isOver(): boolean;
}

export function createCompletion(): Completion {
  let hasEnded = false;
  let isOver = false;

  function note({ type }: Fact, { dialect }: Reading): void {
    if (type === "response-start") hasEnded = isOver = false;
    else if (type === "response-end") {
      hasEnded = true;
      isOver = dialect.ending.doneSentinel !== "required";
    } else if (type === "done-sentinel") isOver ||= hasEnded;
    // What an error means in a stream of no known dialect, nobody knows.
    else if (type === "error-reported") isOver ||= dialect.isKnown;
  }

  return {
    needs: ["response-start", "response-end", "done-sentinel", "error-reported"],
    read(reading) {
      for (const fact of reading.facts) note(fact, reading);
    },
    isOver: () => isOver,
  };
}
