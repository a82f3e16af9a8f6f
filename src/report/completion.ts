// Tracks whether the last response has ended: if so, a broken connection afterwards loses nothing.
import type { Listener } from "../model/listener.ts";

export interface Completion extends Listener {
  /** It has its terminal event, and `[DONE]` if the protocol requires one; or the stream reports an error. */
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
      // In an unknown dialect the meaning of an error is unknown.
      "error-reported"(_, { dialect }) {
        isOver ||= dialect.isKnown;
      },
    },
    isOver: () => isOver,
  };
}
