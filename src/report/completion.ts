// Whether the response that came last has ended, so that whatever happens to the connection then loses nothing of it.
import type { Listener } from "../model/listener.ts";

export interface Completion extends Listener {
  /** It has had its terminal event, and `[DONE]` if the protocol requires one; or an error that the stream reports. */
  isOver(): boolean;
}

export function createCompletion(): Completion {
  let hasEnded = false;
  let isOver = false;

  return {
    facts: {
      "response-start"() {
        hasEnded = isOver = false;
      },
      "response-end"(_, { dialect }) {
        hasEnded = true;
        isOver = dialect.ending.doneSentinel !== "required";
      },
      "done-sentinel"() {
        isOver ||= hasEnded;
      },
      // What an error means in a stream of no known dialect, nobody knows.
      "error-reported"(_, { dialect }) {
        isOver ||= dialect.isKnown;
      },
    },
    isOver: () => isOver,
  };
}
